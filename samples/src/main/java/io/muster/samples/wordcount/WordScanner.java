package io.muster.samples.wordcount;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Finds the words in a stream of bytes. A word is a maximal run of letters ({@link Character#isLetter(int)}, so the JDK's
 * version of Unicode decides about rare scripts) in UTF-8,
 * lower-cased as {@link String#toLowerCase(Locale)} does it in {@link Locale#ROOT}; bytes that are not valid UTF-8 stand
 * between words, as everything else that is no letter, so that a file in any encoding is read without complaint.
 *
 * <p>Most text is ASCII, so that path looks at bytes only; all others are decoded. For one thread.
 */
final class WordScanner {
    /** A run of letters this long is not text, and must not fill the heap. */
    static final int MAX_WORD_BYTES = 16 << 20;

    private static final int BLOCK_BYTES = 256 * 1024;
    private static final byte BETWEEN = 0;
    private static final byte NOT_ASCII = -1;

    /** For each byte: the lower-cased ASCII letter, or one of the two marks above. */
    private static final byte[] KIND = new byte[256];

    static {
        Arrays.fill(KIND, 128, 256, NOT_ASCII);
        for (byte letter = 'a'; letter <= 'z'; letter++) {
            KIND[letter] = letter;
            KIND[letter - 'a' + 'A'] = letter;
        }
    }

    private final WordTable table;
    private final byte[] block = new byte[BLOCK_BYTES];

    /** The word so far; it may go on in the next block. */
    private byte[] word = new byte[256];

    private int length;
    private int hash;
    /** The word has a letter that is not ASCII: its hash is still to be made. */
    private boolean hasOthers;
    /** One of those is not in lower case. */
    private boolean hasUpperOthers;

    private long bytesRead;

    WordScanner(WordTable table) {
        this.table = table;
    }

    /** Bytes read since the beginning, also of streams that failed later. */
    long bytesRead() {
        return bytesRead;
    }

    /**
     * Counts the words of one stream, up to its end or its first error.
     *
     * @throws IOException if it cannot be read further; the words before that are counted
     */
    void scan(InputStream in) throws IOException {
        int kept = 0;
        try {
            for (int read; (read = in.read(block, kept, block.length - kept)) >= 0; ) {
                bytesRead += read;
                int end = kept + read;
                kept = 0;
                int done = scanBlock(end, false);
                // At most three bytes: a letter whose end is still to come.
                kept = end - done;
                System.arraycopy(block, done, block, 0, kept);
            }
        } finally {
            scanBlock(kept, true);
            endWord();
        }
    }

    /** Scans the block up to {@code end}; returns where it stopped: there or before an unfinished letter. */
    private int scanBlock(int end, boolean atEnd) throws IOException {
        int at = 0;
        while (at < end) {
            at = scanAscii(at, end);
            if (at < end) {
                int bytes = scanOther(at, end, atEnd);
                if (bytes == 0) {
                    return at;
                }
                at += bytes;
            }
        }
        return at;
    }

    /** Runs over ASCII; returns the place of the first byte that is not, or {@code end}. */
    private int scanAscii(int from, int end) throws IOException {
        byte[] source = block;
        int at = from;
        while (at < end) {
            ensureRoom(end - at);
            byte[] target = word;
            int n = length;
            int h = hash;
            byte kind = BETWEEN;
            while (at < end && (kind = KIND[source[at] & 0xff]) > 0) {
                target[n++] = kind;
                h = WordTable.hash(h, kind);
                at++;
            }
            length = n;
            hash = h;
            if (at == end || kind == NOT_ASCII) {
                return at;
            }
            endWord();
            do {
                at++;
            } while (at < end && KIND[source[at] & 0xff] == BETWEEN);
        }
        return at;
    }

    /** Takes one letter that is not ASCII, or one byte that is none; returns its bytes, 0 if its end is still to come. */
    private int scanOther(int at, int end, boolean atEnd) throws IOException {
        int bytes = Utf8.lengthAt(block, at, end);
        if (bytes == Utf8.UNFINISHED) {
            if (!atEnd) {
                return 0;
            }
            bytes = Utf8.INVALID;
        }
        if (bytes == Utf8.INVALID) {
            endWord();
            return 1;
        }
        int letter = Utf8.codePoint(block, at, bytes);
        if (!Character.isLetter(letter)) {
            endWord();
            return bytes;
        }
        ensureRoom(bytes);
        System.arraycopy(block, at, word, length, bytes);
        length += bytes;
        hasOthers = true;
        hasUpperOthers |= Character.toLowerCase(letter) != letter;
        return bytes;
    }

    private void ensureRoom(int more) throws IOException {
        if (length + more > word.length) {
            if (length > MAX_WORD_BYTES) {
                length = 0;
                endWord();
                throw new IOException(
                        "more than " + (MAX_WORD_BYTES >> 20) + " MiB of letters in a row: this is not text");
            }
            word = Arrays.copyOf(word, Math.max(length + more, word.length * 2));
        }
    }

    private void endWord() {
        if (length > 0) {
            if (hasUpperOthers) {
                String lower = new String(word, 0, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
                byte[] bytes = lower.getBytes(StandardCharsets.UTF_8);
                table.add(bytes, 0, bytes.length, WordTable.hash(bytes, bytes.length), 1);
            } else {
                table.add(word, 0, length, hasOthers ? WordTable.hash(word, length) : hash, 1);
            }
            length = 0;
        }
        hash = 0;
        hasOthers = false;
        hasUpperOthers = false;
    }
}
