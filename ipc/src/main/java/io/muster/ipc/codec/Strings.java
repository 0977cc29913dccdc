package io.muster.ipc.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Strings: a varint {@code length << 1 | wide}, then one byte (Latin-1) or two (UTF-16) a character. Which of the two is a
 * function of the characters, so equal strings have equal bytes.
 */
final class Strings {
    /** From here on a scan and a block copy beat a loop that does both. */
    private static final int LONG = 64;

    private Strings() {}

    static void write(CodecOutput out, String value) {
        int length = value.length();
        int start = out.position();
        writeHeader(out, length, false);
        out.ensure(length);
        if (!(length < LONG ? copyShort(out, value, length) : copyLong(out, value, length))) {
            out.truncate(start);
            writeWide(out, value, length);
        }
    }

    private static boolean copyShort(CodecOutput out, String value, int length) {
        byte[] target = out.array();
        int position = out.position();
        int seen = 0;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            seen |= c;
            target[position + i] = (byte) c;
        }
        out.advance(length);
        return seen <= 0xff;
    }

    private static boolean copyLong(CodecOutput out, String value, int length) {
        byte[] latin = value.getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(latin);
        return !hasQuestionMark(latin) || isLatin(value, length);
    }

    /** The encoder puts '?' for what is not Latin-1, so without one all was; a vectorized scan, unlike charAt in a loop. */
    private static boolean hasQuestionMark(byte[] latin) {
        boolean found = false;
        for (byte b : latin) {
            found |= b == '?';
        }
        return found;
    }

    private static boolean isLatin(String value, int length) {
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= value.charAt(i);
        }
        return seen <= 0xff;
    }

    private static void writeWide(CodecOutput out, String value, int length) {
        if (length > Integer.MAX_VALUE / 4) {
            throw new EncodeException("a string of " + length + " characters is too long to send", String.class, null);
        }
        writeHeader(out, length, true);
        out.ensure(length * 2);
        byte[] target = out.array();
        int position = out.position();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            target[position++] = (byte) c;
            target[position++] = (byte) (c >> 8);
        }
        out.advance(length * 2);
    }

    private static void writeHeader(CodecOutput out, int length, boolean wide) {
        // A length above 2^30 would lose its top bit here; the varint then holds all 32 bits and the shift back is
        // unsigned.
        out.writeVarInt(length << 1 | (wide ? 1 : 0));
    }

    static String read(CodecInput in) {
        int header = in.readVarInt();
        int length = header >>> 1;
        if ((header & 1) == 0) {
            return latin(in, length);
        }
        return wide(in, length);
    }

    @SuppressWarnings("deprecation") // new String(byte[], 0, off, len) is Latin-1 exactly, without a charset lookup
    private static String latin(CodecInput in, int length) {
        int start = in.take(length);
        return new String(in.array(), 0, start, length);
    }

    private static String wide(CodecInput in, int length) {
        int start = in.take(length > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : length * 2);
        char[] chars = new char[length];
        ByteBuffer view = in.view();
        for (int i = 0; i < length; i++) {
            chars[i] = view.getChar(start + 2 * i);
        }
        return new String(chars);
    }
}
