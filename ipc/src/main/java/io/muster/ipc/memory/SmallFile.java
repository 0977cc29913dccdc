package io.muster.ipc.memory;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads small text files of the kernel, such as those under {@code /proc}. By streams, as channels would close when the
 * thread is interrupted, and load more classes.
 */
final class SmallFile {
    private static final int MOST_BYTES = 16 * 1024;

    private SmallFile() {}

    static String read(String path) throws IOException {
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    /** Its text without surrounding white space, or null if it cannot be read. */
    static String readOrNull(String path) {
        try {
            return read(path).strip();
        } catch (IOException e) {
            return null;
        }
    }

    /** The first number after {@code key} and white space or a colon in the text; {@code missing} if there is none. */
    static long numberAfter(String text, String key, long missing) {
        int at = text == null ? -1 : text.indexOf(key);
        return at < 0 ? missing : leadingNumber(text, at + key.length(), missing);
    }

    static long leadingNumber(String text, int from, long missing) {
        int start = from;
        while (start < text.length() && (Character.isWhitespace(text.charAt(start)) || text.charAt(start) == ':')) {
            start++;
        }
        int end = start;
        while (end < text.length() && Character.digit(text.charAt(end), 10) >= 0) {
            end++;
        }
        try {
            return end == start ? missing : Long.parseLong(text, start, end, 10);
        } catch (NumberFormatException e) {
            return missing;
        }
    }
}
