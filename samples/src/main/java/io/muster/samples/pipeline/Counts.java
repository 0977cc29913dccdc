package io.muster.samples.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What was counted, of a piece or of many.
 *
 * @param files how many begin in it
 * @param lines line feeds
 * @param words how often each occurs
 */
record Counts(long files, long lines, Map<String, Long> words) {
    private static final int CASE_BIT = 0x20;

    /** A word is a run of the letters a to z, upper and lower case being the same; all else is between words. */
    static Counts of(Piece piece) {
        Map<String, Long> words = new HashMap<>();
        byte[] text = piece.text().clone();
        long lines = 0;
        int begin = -1;
        for (int i = 0; i <= text.length; i++) {
            if (i < text.length && isLetter(text[i])) {
                text[i] |= CASE_BIT;
                begin = begin < 0 ? i : begin;
                continue;
            }
            if (begin >= 0) {
                words.merge(new String(text, begin, i - begin, StandardCharsets.US_ASCII), 1L, Long::sum);
                begin = -1;
            }
            lines += i < text.length && text[i] == '\n' ? 1 : 0;
        }
        return new Counts(piece.isFirst() ? 1 : 0, lines, words);
    }

    static boolean isLetter(byte character) {
        int lower = character | CASE_BIT;
        return lower >= 'a' && lower <= 'z';
    }
}
