package io.muster.samples.wordcount;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The definition of a word, written down as plainly as possible: what the fast scanner is compared with. */
final class NaiveCount {
    private NaiveCount() {}

    /** Decodes all of it (bytes that are not UTF-8 become U+FFFD, no letter), then goes over the code points. */
    static Map<String, Long> words(byte[] content) {
        Map<String, Long> counts = new TreeMap<>();
        StringBuilder word = new StringBuilder();
        new String(content, StandardCharsets.UTF_8).codePoints().forEach(point -> {
            if (Character.isLetter(point)) {
                word.appendCodePoint(point);
            } else {
                end(word, counts);
            }
        });
        end(word, counts);
        return counts;
    }

    private static void end(StringBuilder word, Map<String, Long> counts) {
        if (!word.isEmpty()) {
            counts.merge(word.toString().toLowerCase(Locale.ROOT), 1L, Long::sum);
            word.setLength(0);
        }
    }

    static Map<String, Long> words(WordTable table) {
        Map<String, Long> counts = new TreeMap<>();
        for (WordTable.Count each : table.top(Integer.MAX_VALUE)) {
            counts.put(each.word(), each.count());
        }
        return counts;
    }
}
