package io.muster.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whose child we are. */
class ParentProbeTest {
    private static long parentIn(String stat) {
        byte[] line = stat.getBytes(StandardCharsets.UTF_8);
        return ParentProbe.parentIn(line, line.length);
    }

    @Test
    void readsTheParentBehindAnyCommandName() {
        assertEquals(41, parentIn("42 (java) S 41 42 42 0 -1"));
        assertEquals(7, parentIn("42 (a ) S 99 (b)) R 7 42 42 0 -1"));
    }

    @Test
    void seesOurOwnParent() {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        assertFalse(new ParentProbe(parent).parentGone());
        assertTrue(new ParentProbe(parent + 1_000_000_000L).parentGone());
    }
}
