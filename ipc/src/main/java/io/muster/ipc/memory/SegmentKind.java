package io.muster.ipc.memory;

/**
 * What a segment holds, as a number of four letters that can be read in a hex dump and in messages. Whoever owns a
 * layout names its kind: {@code static final int KIND = SegmentKind.of("LOCK")}.
 */
public final class SegmentKind {
    private SegmentKind() {}

    /**
     * @param letters exactly four printable ASCII characters
     */
    public static int of(String letters) {
        if (letters.length() != Integer.BYTES) {
            throw new IllegalArgumentException("a segment kind has 4 letters: '" + letters + "'");
        }
        int kind = 0;
        for (int i = Integer.BYTES - 1; i >= 0; i--) {
            char letter = letters.charAt(i);
            if (letter <= ' ' || letter > '~') {
                throw new IllegalArgumentException("a segment kind has printable ASCII letters: '" + letters + "'");
            }
            kind = kind << Byte.SIZE | letter;
        }
        return kind;
    }

    /** The letters, quoted, or the number in hex where it is no such kind. */
    public static String toString(int kind) {
        StringBuilder letters = new StringBuilder("'");
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int letter = kind >>> shift & 0xFF;
            if (letter <= ' ' || letter > '~') {
                return "0x" + Integer.toHexString(kind);
            }
            letters.append((char) letter);
        }
        return letters.append('\'').toString();
    }
}
