package io.muster.internal.inherit;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits option texts into words, with the two grammars Java has: that of argument files ({@code java @file}) and that
 * of the environment variables {@code JDK_JAVA_OPTIONS}, {@code JAVA_TOOL_OPTIONS} and {@code _JAVA_OPTIONS}.
 */
final class OptionWords {
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;

    private OptionWords() {}

    /** Either quote holds a word together; a backslash is an ordinary character. */
    static List<String> ofVariable(String text) {
        OptionWords result = new OptionWords();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : result.keep(c, quote);
            } else if (c == '"' || c == '\'') {
                quote = c;
                result.inWord = true;
            } else if (isSpace(c)) {
                result.endWord();
            } else {
                result.keep(c, quote);
            }
        }
        result.endWord();
        return result.words;
    }

    /** As above, with comments, and with backslash escapes and line continuation inside quotes. */
    static List<String> ofArgumentFile(String text) {
        OptionWords result = new OptionWords();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c == '\\' && i + 1 < text.length()) {
                i = result.escape(text, i + 1);
            } else if (quote != 0) {
                quote = c == quote || c == '\n' ? 0 : result.keep(c, quote);
            } else if (c == '"' || c == '\'') {
                quote = c;
                result.inWord = true;
            } else if (c == '#') {
                result.endWord();
                i = endOfLine(text, i);
            } else if (isSpace(c)) {
                result.endWord();
            } else {
                result.keep(c, quote);
            }
        }
        result.endWord();
        return result.words;
    }

    private char keep(char c, char quote) {
        word.append(c);
        inWord = true;
        return quote;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }

    /** Takes the escape whose letter is at {@code i}; returns the position of its last character. */
    private int escape(String text, int i) {
        char c = text.charAt(i);
        switch (c) {
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 't' -> word.append('\t');
            case 'f' -> word.append('\f');
            case '\n', '\r' -> {
                int next = i + 1;
                while (next < text.length() && isSpace(text.charAt(next))) {
                    next++;
                }
                return next - 1;
            }
            default -> word.append(c);
        }
        return i;
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    }
}
