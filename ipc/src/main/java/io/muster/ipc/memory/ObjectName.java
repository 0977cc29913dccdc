package io.muster.ipc.memory;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Turns the names that users give to places and to objects in them into names of files, and back. A name may hold any
 * characters: letters, digits, {@code _}, {@code -} and dots stand for themselves, each byte of the UTF-8 of all else
 * is written as {@code %XX}. No two names give the same file.
 */
public final class ObjectName {
    /** A file system has room for 255; the rest is for prefixes, and for the name that a file has until it is complete. */
    public static final int MOST_BYTES = 180;

    private static final String HEX = "0123456789ABCDEF";

    private ObjectName() {}

    /**
     * @param name any text that is not empty
     * @return at most {@link #MOST_BYTES} ASCII characters, none of them a separator
     * @throws IllegalArgumentException if it is empty, too long, or no valid Unicode
     */
    public static String encode(String name) {
        Objects.requireNonNull(name, "name");
        StringBuilder file = new StringBuilder(name.length());
        for (byte b : utf8(name)) {
            if (isPlain(b)) {
                file.append((char) b);
            } else {
                file.append('%').append(HEX.charAt(b >> 4 & 0xF)).append(HEX.charAt(b & 0xF));
            }
        }
        if (file.isEmpty()) {
            throw new IllegalArgumentException("an empty name: give the place or the object one");
        }
        if (file.length() > MOST_BYTES) {
            throw new IllegalArgumentException("the name '" + name.substring(0, Math.min(40, name.length()))
                    + "...' takes " + file.length() + " bytes as a file name, and " + MOST_BYTES
                    + " is the most (what is no ASCII letter or digit takes 3 or more): choose a shorter one");
        }
        return file.toString();
    }

    /**
     * The name that was encoded so, or null if no name is.
     *
     * @param file what {@link #encode} gave
     */
    public static String decode(String file) {
        byte[] bytes = new byte[file.length()];
        int length = 0;
        for (int i = 0; i < file.length(); i++) {
            char c = file.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
                continue;
            }
            int high = i + 2 < file.length() ? HEX.indexOf(file.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : HEX.indexOf(file.charAt(i + 2));
            if (low < 0) {
                return null;
            }
            bytes[length++] = (byte) (high << 4 | low);
            i += 2;
        }
        String name = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return !name.isEmpty() && isEncodedSo(name, file) ? name : null;
    }

    private static boolean isEncodedSo(String name, String file) {
        try {
            return encode(name).equals(file);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isPlain(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_' || b == '-' || b == '.';
    }

    /** A lone surrogate has no bytes: two names with one would be the same. */
    private static byte[] utf8(String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the name '" + name + "' holds half a character", e);
        }
    }
}
