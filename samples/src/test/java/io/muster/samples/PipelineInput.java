package io.muster.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Files for the pipeline, and what is in them, counted in the plainest way. */
final class PipelineInput {
    private static final int FILES = 60;
    private static final int LARGE_EVERY = 10;

    private PipelineInput() {}

    /** Writes files of all sizes around that of a piece, some in a directory below, and returns what is in them. */
    static List<String> write(Path dir) throws IOException {
        Random random = new Random(42);
        List<String> texts = new ArrayList<>();
        Path below = Files.createDirectories(dir.resolve("below/deeper"));
        for (int i = 0; i < FILES; i++) {
            String text =
                    text(random, i % LARGE_EVERY == 0 ? 32_766 + random.nextInt(5) + i * 3_000 : random.nextInt(2_000));
            texts.add(text);
            Files.writeString((i % 2 == 0 ? dir : below).resolve("text" + i), text, StandardCharsets.ISO_8859_1);
        }
        texts.add("");
        Files.createFile(dir.resolve("empty"));
        return texts;
    }

    static Map<String, Long> words(List<String> texts) {
        Map<String, Long> words = new TreeMap<>();
        for (String text : texts) {
            Pattern.compile("[A-Za-z]+")
                    .matcher(text)
                    .results()
                    .forEach(word -> words.merge(word.group().toLowerCase(Locale.ROOT), 1L, Long::sum));
        }
        return words;
    }

    static String summary(List<String> texts) {
        Map<String, Long> words = words(texts);
        long lines = texts.stream()
                .flatMapToInt(String::chars)
                .filter(each -> each == '\n')
                .count();
        long all = words.values().stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "%,d files, %,d lines, %,d words, %,d different ones",
                texts.size(),
                lines,
                all,
                words.size());
    }

    /** Words and what is no word, bytes above 127 included. */
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            int letters = 1 + random.nextInt(3);
            for (int i = 0; i < letters; i++) {
                text.append((char) ((random.nextBoolean() ? 'a' : 'A') + random.nextInt(26)));
            }
            text.append(" \n\r\n1_\u00e9\u0000".charAt(random.nextInt(8)));
        }
        text.setLength(length);
        return text.toString();
    }
}
