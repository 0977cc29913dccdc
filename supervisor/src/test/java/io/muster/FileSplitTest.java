package io.muster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSplitTest {
    @TempDir
    private Path dir;

    @Test
    void piecesHoldEveryByteOnceAndEndAtLineEnds() throws IOException {
        Random random = new Random(42);
        for (int round = 0; round < 200; round++) {
            byte[] content = randomLines(random, random.nextInt(400));
            Path file = Files.write(dir.resolve("lines"), content);
            List<FileSplit> pieces = FileSplit.of(file, 1 + random.nextInt(50));
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (FileSplit piece : pieces) {
                assertEquals(all.size(), piece.offset());
                all.write(read(piece));
                boolean atLineEnd = content[all.size() - 1] == '\n';
                assertTrue(atLineEnd || all.size() == content.length, () -> "cut inside a line: " + piece);
            }
            assertArrayEquals(content, all.toByteArray());
        }
    }

    @Test
    void aWantedBorderThatIsALineEndIsTaken() throws IOException {
        Path file = Files.writeString(dir.resolve("exact"), "aaa\nbbb\nccc\n");
        assertEquals(
                List.of(4L, 4L, 4L),
                FileSplit.of(file, 4).stream().map(FileSplit::length).toList());
    }

    @Test
    void aLineLongerThanAPieceStaysWhole() throws IOException {
        String line = "x".repeat(100_000);
        Path file = Files.writeString(dir.resolve("long"), "short\n" + line + "\nend");
        assertEquals(
                List.of(100_007L, 3L),
                FileSplit.of(file, 10).stream().map(FileSplit::length).toList());
    }

    @Test
    void anEmptyFileHasNoPieces() throws IOException {
        assertEquals(List.of(), FileSplit.of(Files.createFile(dir.resolve("empty")), 10));
    }

    @Test
    void gzipStaysInOnePiece() throws IOException {
        Path file = dir.resolve("text.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(randomLines(new Random(1), 5_000));
        }
        List<FileSplit> pieces = FileSplit.of(file, 10);
        assertEquals(1, pieces.size());
        assertEquals(Files.size(file), pieces.get(0).length());
    }

    @Test
    void aFileThatHasShrunkEndsEarlyInsteadOfFailing() throws IOException {
        Path file = Files.writeString(dir.resolve("shrinks"), "one\ntwo\nthree\n");
        FileSplit last = FileSplit.of(file, 4).get(2);
        Files.writeString(file, "one\ntwo\nth");
        assertEquals("th", new String(read(last), StandardCharsets.UTF_8));
    }

    @Test
    void aPieceTravels() throws IOException, ClassNotFoundException {
        Path file = Files.writeString(dir.resolve("a b%20#ü"), "one\ntwo\n");
        FileSplit piece = FileSplit.of(file, 1).get(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(piece);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            FileSplit arrived = (FileSplit) in.readObject();
            assertEquals(piece, arrived);
            assertEquals("two\n", new String(read(arrived), StandardCharsets.UTF_8));
        }
    }

    @Test
    void refusesWhatMakesNoSense() throws IOException {
        Path file = Files.createFile(dir.resolve("f"));
        assertThrows(IllegalArgumentException.class, () -> FileSplit.of(file, 0));
        assertThrows(NullPointerException.class, () -> FileSplit.of(null, 1));
        assertThrows(NoSuchFileException.class, () -> FileSplit.of(dir.resolve("absent"), 1));
        assertThrows(IOException.class, () -> FileSplit.of(dir, 1 << 20));
    }

    private static byte[] read(FileSplit piece) throws IOException {
        try (InputStream in = piece.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] randomLines(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(20) == 0 ? '\n' : 'a' + random.nextInt(26));
        }
        return bytes;
    }
}
