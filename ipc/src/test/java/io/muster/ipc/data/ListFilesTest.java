package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.Superuser;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a list: real ones, damaged ones, and too many for their file system. */
class ListFilesTest {
    @TempDir
    Path directory;

    private ListFiles files() {
        return ListFiles.of(new CellRef(directory.toString(), "cells", 64, 1));
    }

    @AfterEach
    void unmount() {
        Superuser.run("umount", "-l", directory.toString());
    }

    @Test
    void eachGenerationIsAFileOfItsOwn() {
        files().create(1, 1_000).putLongVolatile(0, 11);
        files().create(2, 1_000).putLongVolatile(0, 22);
        assertEquals(11, files().open(1).getLongVolatile(0));
        Memory open = files().open(2);
        files().remove(2);
        files().remove(2);
        assertEquals(22, open.getLongVolatile(0), "who has it mapped keeps it");
        assertThrows(SegmentException.class, () -> files().open(2));
        assertArrayEquals(new String[] {"list-cells-64-1-1"}, directory.toFile().list());
    }

    @Test
    void aFileThatWasNeverPublishedIsReplaced() {
        files().create(1, 1_000).putLongVolatile(0, 11);
        assertEquals(0, files().create(1, 500).getLongVolatile(0));
        assertEquals(500, files().open(1).size());
    }

    @Test
    void damagedAndForeignFilesAreRefused() throws IOException {
        files().create(1, 10_000);
        Path path = directory.resolve("list-cells-64-1-1");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(5_000);
        }
        assertThrows(CorruptSegmentException.class, () -> files().open(1));
        Segment.create(path, ListLayout.KIND, ListLayout.VERSION, 10_000);
        assertThrows(CorruptSegmentException.class, () -> files().open(1));
        Segment.create(path, ListLayout.FILE_KIND, ListLayout.VERSION + 1, 10_000);
        assertThrows(CorruptSegmentException.class, () -> files().open(1));
        Segment.create(path, ListLayout.FILE_KIND, ListLayout.VERSION, 8);
        Memory tooSmall = files().open(1);
        assertThrows(CorruptSegmentException.class, () -> ListRegion.over(1, tooSmall));
    }

    @Test
    void roomThatOnlyAFormerGenerationTakesIsFoundAgain() {
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=1m", "muster-test", directory.toString());
        ListFiles files = files();
        for (long generation = 1; generation <= 8; generation++) {
            assertEquals(600_000, files.create(generation, 600_000).size());
            files.remove(generation);
        }
    }

    @Test
    void whereThereReallyIsNoRoomItSaysSo() {
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=1m", "muster-test", directory.toString());
        ListFiles files = files();
        files.create(1, 600_000);
        files.create(2, 100_000);
        files.remove(2);
        NoSpaceException full = assertThrows(NoSpaceException.class, () -> files.create(3, 600_000));
        assertTrue(full.getMessage().contains("asked for 600064 bytes"), full.getMessage());
        assertArrayEquals(new String[] {"list-cells-64-1-1"}, directory.toFile().list());
    }
}
