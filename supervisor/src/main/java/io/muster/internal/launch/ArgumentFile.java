package io.muster.internal.launch;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file that stands for a command line which would be too long: one word may have 128 KiB on Linux. */
final class ArgumentFile {
    /** Well below the limit of any system we know; the smallest is 32 KiB for the whole line. */
    private static final int FROM_CHARS = 24 * 1024;
    /** In what the launcher reads such files: the system's encoding, not Java's. */
    private static final Charset CHARSET = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private ArgumentFile() {}

    static boolean fits(List<String> words) {
        int length = 0;
        for (String word : words) {
            length += word.length() + 1;
        }
        return length < FROM_CHARS;
    }

    static void write(Path file, List<String> words) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            text.append(quoted(word)).append('\n');
        }
        Files.write(file, text.toString().getBytes(CHARSET));
    }

    static String quoted(String word) {
        StringBuilder quoted = new StringBuilder(word.length() + 16).append('"');
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\f' -> quoted.append("\\f");
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
