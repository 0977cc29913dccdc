package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainFileTest {
    @TempDir
    Path directory;

    @Test
    void itsBytesAreThoseThatWereWritten() throws IOException {
        Path file = directory.resolve("file");
        for (int length : new int[] {0, 1, 1 << 20, (3 << 20) + 5, 7}) {
            byte[] bytes = new byte[length + 3];
            new Random(length).nextBytes(bytes);
            PlainFile.write(file, bytes, length, FileSteps.UNWATCHED);
            byte[] read = PlainFile.read(file, length);
            assertArrayEquals(Arrays.copyOf(bytes, length), read);
            PlainFile.force(file);
        }
        Files.delete(file);
        assertNull(PlainFile.read(file, 7));
        PlainFile.force(file);
    }

    /** As when a process has no file descriptor left: a value that is there must not look removed. */
    @Test
    void oneThatIsThereAndCannotBeOpenedIsAnError() throws IOException {
        Path file = Files.createDirectory(directory.resolve("file"));
        SegmentException failed = assertThrows(SegmentException.class, () -> PlainFile.read(file, 7));
        assertTrue(failed.getMessage().contains(file.toString()), failed.getMessage());
        assertThrows(SegmentException.class, () -> PlainFile.force(file));
    }

    @Test
    void anotherLengthIsAnError() {
        Path file = directory.resolve("file");
        PlainFile.write(file, new byte[10], 10, FileSteps.UNWATCHED);
        assertThrows(CorruptSegmentException.class, () -> PlainFile.read(file, 9));
    }
}
