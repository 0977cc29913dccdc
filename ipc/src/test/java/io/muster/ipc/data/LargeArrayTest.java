package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.Superuser;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays of more than a buffer can show. */
class LargeArrayTest {
    private static final long GIB = 1L << 30;

    /** A file that says it is 2.5 GiB and has hardly any bytes: elements on both sides of each border are what is used. */
    @Test
    void elementsOnBothSidesOfEveryPieceAreReached(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("large");
        long length = (5 * GIB / 2 - ArrayLayout.ELEMENTS) / Short.BYTES;
        long bodyBytes = ArrayLayout.bodyBytes(length, Short.BYTES);
        Path small = directory.resolve("small");
        Segment.create(small, ElementType.SHORT.kind(), ArrayLayout.VERSION, 64);
        sparseCopy(small, file, bodyBytes);
        SharedShortArray array = SharedShortArray.open(Participants.ofSession(), file);
        assertEquals(length, array.length());
        useBorders(array);
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> array.asBuffer(border(1) - 1, 2),
                "a buffer does not cross a border");
        assertEquals(2, array.asBuffer(border(1), 2).limit());
        assertThrows(IndexOutOfBoundsException.class, array::asBuffer);
    }

    /** Patches the size into a header: a segment whose bytes were not allocated, for this test alone. */
    private static void sparseCopy(Path small, Path file, long bodyBytes) throws Exception {
        Files.copy(small, file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(64 + bodyBytes);
            out.seek(24);
            out.writeLong(Long.reverseBytes(bodyBytes));
        }
    }

    private static long border(int piece) {
        return (piece * (long) Memory.PIECE_BYTES - ArrayLayout.ELEMENTS) / Short.BYTES;
    }

    private static void useBorders(SharedShortArray array) {
        for (int piece = 1; piece <= 2; piece++) {
            long border = border(piece);
            array.set(border - 1, new short[] {1, 2, 3});
            array.set(border - 3, new short[] {8, 9});
            assertEquals(2, array.get(border));
            assertEquals(1, array.getAndAdd(border - 1, 10));
            assertTrue(array.compareAndSet(border, (short) 2, (short) 22));
            short[] back = new short[5];
            array.get(border - 3, back);
            assertArrayEquals(new short[] {8, 9, 11, 22, 3}, back);
            SharedShortArray slice = array.slice(border - 1, 2);
            assertEquals(33, slice.stream().sum());
            slice.fill((short) 5);
            assertEquals(5, array.get(border - 1));
            assertEquals(5, array.get(border));
            assertEquals(3, array.get(border + 1));
        }
        array.set(array.length() - 1, (short) 7);
        assertEquals(7, array.getVolatile(array.length() - 1));
    }

    /** A file system that is really full, and not only said to be. */
    @Test
    void aFullDirectoryRefusesAnArrayAndKeepsTheOthers(@TempDir Path mount) {
        Superuser.assumeAble(
                "mount a small tmpfs", "mount", "-t", "tmpfs", "-o", "size=1m", "muster-test", mount.toString());
        try {
            Participant participant = Participants.ofSession();
            SharedDoubleArray small = SharedDoubleArray.in(participant, mount.resolve("small"), 60_000);
            assertThrows(
                    NoSpaceException.class, () -> SharedDoubleArray.in(participant, mount.resolve("large"), 100_000));
            assertArrayEquals(new String[] {"small"}, mount.toFile().list());
            small.fill(1);
            assertEquals(60_000, small.stream().sum());
        } finally {
            Superuser.run("umount", "-l", mount.toString());
        }
    }

    @Tag("storm")
    @Test
    void moreThanTwoGibibytesAreAllocatedAndUsed() {
        Participant participant = Participants.ofSession();
        long length = 9 * GIB / 4 / Short.BYTES;
        assumeTrue(
                participant.directory().toFile().getUsableSpace() > 3 * GIB,
                "needs 3 GiB of room in " + participant.directory());
        try (SharedShortArray array = SharedShortArray.create(length)) {
            useBorders(array);
            assertEquals(0, array.get(length / 3));
            assertEquals(array, Travel.copy(array));
        } catch (NoSpaceException e) {
            assumeTrue(false, e.getMessage());
        }
    }
}
