package io.muster.samples.pipeline;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Counts that are added up. */
final class Totals {
    private static final int WORDS_IN_A_PART = 2_000;

    private final Map<String, Long> words = new HashMap<>();
    private long files;
    private long lines;

    void add(Counts counts) {
        files += counts.files();
        lines += counts.lines();
        counts.words().forEach((word, times) -> words.merge(word, times, Long::sum));
    }

    /** The same in parts that are not too large for a queue. */
    void giveOn(Sink<Counts> next) throws InterruptedException {
        Map<String, Long> some = new HashMap<>();
        next.put(new Counts(files, lines, some));
        for (Map.Entry<String, Long> each : words.entrySet()) {
            some.put(each.getKey(), each.getValue());
            if (some.size() == WORDS_IN_A_PART) {
                next.put(new Counts(0, 0, some));
                some.clear();
            }
        }
        next.put(new Counts(0, 0, some));
    }

    /** The summary, and the most frequent words, at most {@code top} of them; equally frequent ones by the alphabet. */
    Stream<String> lines(int top) {
        long all = words.values().stream().mapToLong(Long::longValue).sum();
        String summary = String.format(
                Locale.ROOT, "%,d files, %,d lines, %,d words, %,d different ones", files, lines, all, words.size());
        Comparator<Map.Entry<String, Long>> byFrequency = Map.Entry.comparingByValue(Comparator.reverseOrder());
        List<Map.Entry<String, Long>> sorted = words.entrySet().stream()
                .sorted(byFrequency.thenComparing(Map.Entry.comparingByKey()))
                .limit(top)
                .toList();
        Function<Map.Entry<String, Long>, String> line =
                each -> String.format("%9d %s", each.getValue(), each.getKey());
        return Stream.concat(Stream.of(summary), sorted.stream().map(line));
    }

    /** Where parts go. */
    interface Sink<T> {
        void put(T item) throws InterruptedException;
    }
}
