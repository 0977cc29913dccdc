package io.muster.samples.wordcount;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordScannerTest {
    /** Letters of one to four bytes, upper and lower, and ones whose lower case is of another length or another script. */
    private static final String ALPHABET =
            "abzABZ éÉßẞñ ΑΣΐςσ Жжщ İıſK ﬁŉ Ωա ⅷ 漢字かナ 한글 𐐀𐐨𝔘 .,-_\n\t 0123٣ \u0301\u200d\ufeff\ufffd";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "one",
                "The the THE",
                "naïve Straße ÉCOLE école",
                "ΟΔΥΣΣΕΥΣ ΣΑΣ Σ",
                "İstanbul DIŞ K\u212A",
                "cafe\u0301s don't e-mail x2y",
                "\ufeffbom",
                "漢字 かな 한글 𐐀𐐁"
            })
    void countsAsTheDefinitionSays(String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        assertEquals(NaiveCount.words(content), scan(new ByteArrayInputStream(content)));
    }

    @Test
    void bytesThatAreNotUtf8StandBetweenWords() throws IOException {
        byte[] latin = "caf\u00e9s".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(Map.of("caf", 1L, "s", 1L), scan(new ByteArrayInputStream(latin)));
        byte[] utf16 = "word".getBytes(StandardCharsets.UTF_16LE);
        assertEquals(Map.of("w", 1L, "o", 1L, "r", 1L, "d", 1L), scan(new ByteArrayInputStream(utf16)));
    }

    @Test
    void agreesWithTheDefinitionOnRandomTextInAnySlices() throws IOException {
        Random random = new Random(7);
        int[] alphabet = ALPHABET.codePoints().toArray();
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
            assertEquals(NaiveCount.words(content), scan(new Slices(content, random)), text::toString);
        }
    }

    @Test
    void agreesWithTheDefinitionOnRandomBytesInAnySlices() throws IOException {
        Random random = new Random(11);
        byte[] likely = {
            'a', 'Z', ' ', (byte) 0xc3, (byte) 0x89, (byte) 0xe0, (byte) 0xa4, (byte) 0xed, (byte) 0xf0, 0x41
        };
        for (int round = 0; round < 20_000; round++) {
            byte[] content = new byte[random.nextInt(24)];
            for (int i = 0; i < content.length; i++) {
                content[i] = random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt(256);
            }
            assertEquals(NaiveCount.words(content), scan(new Slices(content, random)), () -> Arrays.toString(content));
        }
    }

    @Test
    void aWordMayBeLongerThanABlock() throws IOException {
        String word = "x".repeat(700_000);
        byte[] content = (word + " " + word.toUpperCase() + "y").getBytes(StandardCharsets.US_ASCII);
        assertEquals(Map.of(word, 1L, word + "y", 1L), scan(new ByteArrayInputStream(content)));
    }

    @Test
    void anEndlessRunOfLettersIsRefusedBeforeItFillsTheHeap() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] target, int from, int count) {
                Arrays.fill(target, from, from + count, (byte) 'a');
                return count;
            }
        };
        WordTable table = new WordTable();
        assertThrows(IOException.class, () -> new WordScanner(table).scan(endless));
        assertEquals(0, table.total());
    }

    @Test
    void wordsBeforeAReadErrorAreCounted() {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream("one two ".getBytes(StandardCharsets.US_ASCII)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("a bad sector");
                    }
                });
        WordTable table = new WordTable();
        assertThrows(IOException.class, () -> new WordScanner(table).scan(broken));
        assertEquals(Map.of("one", 1L, "two", 1L), NaiveCount.words(table));
    }

    private static Map<String, Long> scan(InputStream in) throws IOException {
        WordTable table = new WordTable();
        new WordScanner(table).scan(in);
        Map<String, Long> words = NaiveCount.words(table);
        assertEquals(words.values().stream().mapToLong(Long::longValue).sum(), table.total());
        assertEquals(words.size(), table.distinct());
        return words;
    }

    /** Hands out a few bytes at a time, so that every letter meets the end of a block somewhere. */
    private static final class Slices extends InputStream {
        private final byte[] content;
        private final Random random;
        private int at;

        Slices(byte[] content, Random random) {
            this.content = content;
            this.random = random;
        }

        @Override
        public int read() {
            return at == content.length ? -1 : content[at++] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int count) {
            if (at == content.length) {
                return -1;
            }
            int slice = Math.min(Math.min(count, 1 + random.nextInt(5)), content.length - at);
            System.arraycopy(content, at, target, from, slice);
            at += slice;
            return slice;
        }
    }
}
