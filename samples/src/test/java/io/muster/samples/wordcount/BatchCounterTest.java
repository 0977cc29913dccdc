package io.muster.samples.wordcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.FileSplit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a tree of files to counts, all in one process. */
class BatchCounterTest {
    @TempDir
    private Path dir;

    @Test
    void piecesOfABigFileCountAsTheWholeDoes() throws IOException {
        byte[] content = randomText(300_000);
        Path file = Files.write(dir.resolve("big"), content);
        for (int pieceBytes : new int[] {1, 7, 1_000, 100_000}) {
            Tally tally = new Tally();
            for (FileSplit piece : FileSplit.of(file, pieceBytes)) {
                Batch batch = new Batch(List.of(piece), piece.length());
                tally.add(batch, BatchCounter.count(batch));
            }
            assertEquals(NaiveCount.words(content), NaiveCount.words(tally.words()));
            assertEquals(1, tally.files());
            assertEquals(content.length, tally.textBytes());
        }
    }

    @Test
    void aTreeCountsAsItsFilesDo() throws IOException {
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            byte[] content = randomText(i * 300);
            Path file = dir.resolve("d" + i % 7).resolve(i % 3 == 0 ? i + ".gz" : i + ".txt");
            Files.createDirectories(file.getParent());
            Files.write(file, i % 3 == 0 ? gzip(content) : content);
            NaiveCount.words(content).forEach((word, count) -> expected.merge(word, count, Long::sum));
        }
        Tally tally = count(false, dir);
        assertEquals(expected, NaiveCount.words(tally.words()));
        assertEquals(60, tally.files());
        assertEquals(List.of(), tally.problems());
    }

    @Test
    void aFileNamedGzipThatIsNoneIsReadAsItIs() throws IOException {
        Files.writeString(dir.resolve("plain.gz"), "plain words");
        assertEquals(
                Map.of("plain", 1L, "words", 1L),
                NaiveCount.words(count(false, dir).words()));
    }

    @Test
    void damagedGzipIsReportedAndTheRestCounts() throws IOException {
        byte[] whole = gzip(randomText(200_000));
        Files.write(dir.resolve("broken.gz"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(dir.resolve("good"), "xyzzyplugh");
        Tally tally = count(false, dir);
        assertEquals(1, tally.problems().size());
        assertTrue(tally.problems().get(0).path().endsWith("broken.gz"));
        assertEquals(1L, NaiveCount.words(tally.words()).get("xyzzyplugh"));
    }

    @Test
    void linksFoundOnTheWayAreFollowedOnlyWhenAskedAndNeverInCircles() throws IOException {
        Path sub = Files.createDirectory(dir.resolve("sub"));
        Files.writeString(sub.resolve("a"), "word");
        Files.createSymbolicLink(sub.resolve("up"), dir);
        Files.createSymbolicLink(dir.resolve("again"), sub.resolve("a"));
        Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("nowhere"));
        Path outside = Files.createTempDirectory(dir, "x");
        Files.writeString(outside.resolve("b"), "other");

        Tally plain = count(false, sub);
        assertEquals(Map.of("word", 1L), NaiveCount.words(plain.words()));
        assertEquals(List.of(), plain.problems());

        Tally followed = count(true, sub);
        assertEquals(Map.of("word", 1L, "other", 1L), NaiveCount.words(followed.words()));
        assertFalse(followed.problems().isEmpty());

        Tally throughLink = count(false, dir.resolve("again"));
        assertEquals(Map.of("word", 1L), NaiveCount.words(throughLink.words()));
    }

    @Test
    void aNamedPathThatIsNotThereIsReported() {
        Batcher batcher = new Batcher(false, Set.of(), batch -> {});
        assertFalse(batcher.walk(dir.resolve("absent")));
        assertEquals("no such file", batcher.problems().get(0).reason());
    }

    private static Tally count(boolean followLinks, Path path) {
        Tally tally = new Tally();
        Batcher batcher = new Batcher(followLinks, Set.of(), batch -> tally.add(batch, BatchCounter.count(batch)));
        batcher.walk(path);
        batcher.finish();
        tally.addEmptyFiles(batcher.emptyFiles());
        tally.addProblems(batcher.problems());
        return tally;
    }

    private static byte[] randomText(int length) {
        Random random = new Random(length);
        String[] syllables = {"the", "Ab", "é", "Σ", "字", " ", " ", " ", "\n", "-", "\u0301", "𐐀"};
        List<String> text = new ArrayList<>();
        for (int i = 0; i < length / 2; i++) {
            text.add(syllables[random.nextInt(syllables.length)]);
        }
        return String.join("", text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
