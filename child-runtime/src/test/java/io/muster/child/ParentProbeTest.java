package io.muster.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    /** The lifeline's end comes a moment before the id changes: one look is not enough. */
    @Test
    void looksAgainUntilTheKernelHasGivenUsAway(@TempDir Path directory) throws Exception {
        Path stat = Files.writeString(directory.resolve("stat"), "42 (java) S 4711 42");
        ParentProbe probe = new ParentProbe(4711, stat.toFile());
        assertFalse(probe.parentGone());
        FutureTask<Boolean> looks = new FutureTask<>(probe::goneSoon);
        Thread looker = new Thread(looks);
        looker.start();
        while (looker.getState() != Thread.State.TIMED_WAITING) {
            assertTrue(looker.isAlive(), "looked once and believed it");
            Thread.onSpinWait();
        }
        Files.writeString(stat, "42 (java) S 1 42 42");
        assertTrue(looks.get(20, TimeUnit.SECONDS));
    }

    @Test
    void stopsToLookWhenItLivesOnOrWhenInterrupted(@TempDir Path directory) throws Exception {
        Path stat = Files.writeString(directory.resolve("stat"), "42 (java) S 4711 42");
        ParentProbe probe = new ParentProbe(4711, stat.toFile());
        assertFalse(probe.goneSoon());
        Thread.currentThread().interrupt();
        assertFalse(probe.goneSoon());
        assertFalse(Thread.interrupted(), "the interrupt ended the sleep");
    }
}
