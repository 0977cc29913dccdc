package io.muster.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a child writes is what its parent reads. */
class StatusFileTest {
    @TempDir
    Path directory;

    private Path path;
    private StatusFile parent;
    private StatusFile child;

    @BeforeEach
    void both() throws IOException {
        path = directory.resolve("status");
        parent = StatusFile.create(path.toString());
        child = StatusFile.open(path.toString());
    }

    @Test
    void beginsWithNothingSaid() throws IOException {
        assertEquals(StatusFile.STARTING, parent.phase());
        assertEquals(StatusFile.NONE, parent.mark().how());
        assertFalse(parent.mark().hooksRan());
        assertEquals(StatusFile.SIZE, Files.size(path));
    }

    @Test
    void saysReadyAndHowItEnds() throws IOException {
        child.ready();
        assertEquals(StatusFile.READY, parent.phase());
        child.mark(StatusFile.SIGNAL_SEEN, 15);
        child.hooksRun();
        assertEquals(StatusFile.SIGNAL_SEEN, parent.mark().how());
        assertEquals(15, parent.mark().code());
        assertTrue(parent.mark().hooksRan());
        assertEquals(StatusFile.READY, parent.phase());
    }

    @Test
    void saysWhyItRefusesInUpTo64KiB() throws IOException {
        child.refused("no class ü");
        assertEquals(StatusFile.REFUSED, parent.phase());
        assertEquals("no class ü", parent.text());
        child.refused("x".repeat(1_000_000));
        assertEquals(64 * 1024, parent.text().length());
    }

    @Test
    void aFileCutShortReadsAsNothingSaid() throws IOException {
        child.ready();
        Files.write(path, new byte[3]);
        assertEquals(StatusFile.STARTING, parent.phase());
        assertEquals("", parent.text());
    }
}
