package io.muster.ipc.data;

/** A record that cannot be made of two halves: each component says what the others are. */
record Mirrored(
        byte low, long value, boolean even, double asDouble, int negative, char letter, short twice, float half) {
    Mirrored {
        boolean whole = low == (byte) value
                && even == (value % 2 == 0)
                && asDouble == value
                && negative == -value
                && letter == (char) value
                && twice == (short) (2 * value)
                && half == value / 2f;
        if (!whole && value != 0) {
            throw new IllegalArgumentException("torn: " + low + " " + value + " " + asDouble + " " + negative);
        }
    }

    static Mirrored of(long value) {
        return new Mirrored(
                (byte) value,
                value,
                value % 2 == 0,
                value,
                (int) -value,
                (char) value,
                (short) (2 * value),
                value / 2f);
    }

    Mirrored next() {
        return of(value + 1);
    }
}
