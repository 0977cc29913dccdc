package io.muster.samples.wordcount;

/** UTF-8 by the book: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {
    static final int INVALID = -1;
    static final int UNFINISHED = -2;

    private Utf8() {}

    /**
     * How many bytes the code point at {@code at} has.
     *
     * @return 2 to 4; {@link #INVALID} if there is none; {@link #UNFINISHED} if what is there may begin one, but
     *     {@code end} comes first
     */
    static int lengthAt(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xff;
        int length = lead < 0xc2 || lead > 0xf4 ? INVALID : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        for (int i = 1; i < length; i++) {
            if (at + i == end) {
                return UNFINISHED;
            }
            int next = bytes[at + i] & 0xff;
            int least = i > 1 ? 0x80 : lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
            int most = i > 1 ? 0xbf : lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
            if (next < least || next > most) {
                return INVALID;
            }
        }
        return length;
    }

    /** The code point in {@code length} valid bytes. */
    static int codePoint(byte[] bytes, int at, int length) {
        int point = bytes[at] & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            point = point << 6 | bytes[at + i] & 0x3f;
        }
        return point;
    }
}
