package io.muster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page docs/errors.md as its test sees it: the quoted text below each heading, and the table of exit codes. */
final class ErrorsPage {
    private static final String QUOTE = "> ";

    private final Map<String, String> quotes = new LinkedHashMap<>();
    private final Map<String, String> exitCodes = new LinkedHashMap<>();

    private ErrorsPage() {}

    static ErrorsPage read() throws IOException {
        var page = new ErrorsPage();
        String heading = "";
        for (String line : Files.readAllLines(Path.of("..", "docs", "errors.md"))) {
            if (line.startsWith("#")) {
                heading = line.replaceFirst("#+ ", "");
            } else if (line.startsWith(QUOTE)) {
                page.quotes.merge(heading, line.substring(QUOTE.length()), (a, b) -> a + " " + b);
            } else if (line.matches("\\| \\d+ \\|.*")) {
                String[] cells = line.replace("\\|", "\0").split("\\|");
                page.exitCodes.put(
                        cells[1].strip(), cells[2].strip().replace('\0', '|').replace("`", ""));
            }
        }
        return page;
    }

    /** Heading to quoted text, in the order of the page. */
    Map<String, String> quotes() {
        return quotes;
    }

    /** Code to meaning. */
    Map<String, String> exitCodes() {
        return exitCodes;
    }

    /** The first part of a quoted text that a message does not have behind the parts before it; null if it has all. */
    static String missing(String quote, String message) {
        String flat = flat(message);
        int at = 0;
        for (String part : fragments(quote)) {
            int found = flat.indexOf(part, at);
            if (found < 0) {
                return part;
            }
            at = found + part.length();
        }
        return null;
    }

    /** What stands between the dots. */
    private static List<String> fragments(String quote) {
        List<String> fragments = new ArrayList<>();
        for (String part : quote.split("\\.\\.\\.")) {
            if (!part.isBlank()) {
                fragments.add(part.strip());
            }
        }
        return fragments;
    }

    static String flat(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
