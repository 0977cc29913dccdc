package io.muster.ipc.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashPoint.Unpublished;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTest {
    private static final int KIND = SegmentKind.of("TEST");
    private static final int OTHER_KIND = SegmentKind.of("OTHR");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("thing");
    }

    private String corrupt() {
        return assertThrows(CorruptSegmentException.class, () -> Segment.open(file, KIND, 3))
                .getMessage();
    }

    private void patch(long position, byte[] bytes) throws Exception {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(position);
            out.write(bytes);
        }
    }

    @Test
    void twoMappingsShareTheirBytes() {
        Memory made = Segment.create(file, KIND, 3, 1000).memory();
        Memory opened = Segment.open(file, KIND, 3).memory();
        assertEquals(1000, made.size());
        assertEquals(1000, opened.size());
        made.putLongVolatile(992, 42);
        assertEquals(42, opened.getLongVolatile(992));
    }

    @Test
    void bytesAreAllocatedNotSparse() throws Exception {
        Segment.create(file, KIND, 3, 1 << 20);
        long blocks = Long.parseLong(run("stat", "-c", "%b", file.toString()).strip());
        assertTrue(blocks * 512 >= 1 << 20, blocks + " blocks of 512 bytes");
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor());
        return output;
    }

    @Test
    void headerIsWhatIsDrawn() throws Exception {
        Segment.create(file, KIND, 3, 8);
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(72, bytes.length);
        assertEquals("MusterSg", new String(bytes, 0, 8));
        assertEquals("TEST", new String(bytes, 12, 4));
        assertArrayEquals(new byte[] {3, 0, 0, 0, 0, 0, 0, 0, 8}, Arrays.copyOfRange(bytes, 16, 25));
    }

    @Test
    void otherKindIsRefusedByName() {
        Segment.create(file, OTHER_KIND, 3, 8);
        assertTrue(corrupt().contains("it holds 'OTHR', expected 'TEST'"), corrupt());
    }

    @Test
    void otherVersionIsRefused() {
        Segment.create(file, KIND, 4, 8);
        assertTrue(corrupt().contains("version is 0x4, expected 0x3"), corrupt());
    }

    @Test
    void foreignFileIsRefused() throws Exception {
        Files.writeString(file, "x".repeat(200));
        assertTrue(corrupt().contains("not made by Muster"), corrupt());
    }

    @Test
    void fileCutAnywhereIsRefused() throws Exception {
        Segment.create(file, KIND, 3, 100);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(corrupt().contains(length + " bytes"), corrupt());
        }
    }

    @Test
    void absurdLengthInTheHeaderIsRefused() throws Exception {
        Segment.create(file, KIND, 3, 100);
        patch(SegmentHeader.BODY_BYTES + 7, new byte[] {(byte) 0x80});
        assertTrue(corrupt().contains("promises"), corrupt());
    }

    @Test
    void closedByItsMakerIsRefusedAndMappedBytesStay() {
        Segment made = Segment.create(file, KIND, 3, 100);
        Segment opened = Segment.open(file, KIND, 3);
        made.memory().putInt(0, 5);
        made.unlink();
        made.unlink();
        assertFalse(Files.exists(file));
        assertEquals(5, opened.memory().getInt(0));
        SegmentException gone = assertThrows(SegmentException.class, () -> Segment.open(file, KIND, 3));
        assertTrue(gone.getMessage().contains(file.toString()), gone.getMessage());
    }

    @Test
    void useAfterCloseIsAnException() {
        Segment segment = Segment.create(file, KIND, 3, 100);
        segment.close();
        assertThrows(IllegalStateException.class, segment::memory);
    }

    @Test
    void moreThanTheDiskHasIsRefusedWithTheNumbersAndNothingIsLeft() throws Exception {
        long asked = Long.MAX_VALUE / 2;
        NoSpaceException full = assertThrows(NoSpaceException.class, () -> Segment.create(file, KIND, 3, asked));
        assertEquals(asked + SegmentHeader.BYTES, full.askedBytes());
        assertEquals(directory, full.directory());
        assertTrue(full.getMessage().contains(directory.toString()), full.getMessage());
        assertTrue(full.getMessage().contains(Long.toString(asked + SegmentHeader.BYTES)), full.getMessage());
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void sizeZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Segment.create(file, KIND, 3, 0));
    }

    @Test
    void interruptIsNeitherLostNorInTheWay() {
        Thread.currentThread().interrupt();
        Segment.create(file, KIND, 3, 100_000).memory().putInt(0, 1);
        assertTrue(Thread.currentThread().isInterrupted());
        assertEquals(1, Segment.open(file, KIND, 3).memory().getInt(0));
        assertTrue(Thread.interrupted());
    }

    @Test
    void makerKilledAnywhereLeavesAWholeSegmentOrNone() {
        int[] number = new int[1];
        int deaths = new CrashEnumeration<Path>(
                        () -> directory.resolve("s" + number[0]++),
                        (path, point) -> Segment.create(path, KIND, 3, 5000, point))
                .die(path -> {
                    if (Files.exists(path)) {
                        assertEquals(5000, Segment.open(path, KIND, 3).memory().size());
                    }
                });
        assertTrue(deaths >= 2 * Unpublished.values().length, "deaths tried: " + deaths);
    }

    @Test
    void truncatedUnderItsUsersIsAnExceptionAndNoCrash() throws Exception {
        Memory memory = Segment.create(file, KIND, 3, 1 << 20).memory();
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(0);
        }
        SegmentException gone = assertThrows(SegmentException.class, () -> readUntilFault(memory));
        assertTrue(gone.getMessage().contains("truncated"), gone.getMessage());
    }

    /** Late on 17: the error comes with whatever the thread does next. */
    private void readUntilFault(Memory memory) {
        try {
            long sum = 0;
            for (int i = 0; i < 1 << 20; i += 8) {
                sum += memory.getLong(i);
            }
            assertEquals(0, sum);
            Thread.onSpinWait();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, file);
        }
    }
}
