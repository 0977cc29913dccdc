package io.muster.child;

import java.nio.charset.StandardCharsets;

/**
 * The few encodings of the bootstrap record, over a growing byte array. Plain loops, as this runs before the target's
 * first statement; everything is big-endian.
 */
final class Bytes {
    private byte[] array;
    private int position;
    private final int limit;

    private Bytes(byte[] array, int limit) {
        this.array = array;
        this.limit = limit;
    }

    static Bytes forWriting() {
        return new Bytes(new byte[512], Integer.MAX_VALUE);
    }

    static Bytes forReading(byte[] array) {
        return new Bytes(array, array.length);
    }

    byte[] toArray() {
        byte[] result = new byte[position];
        System.arraycopy(array, 0, result, 0, position);
        return result;
    }

    void putByte(int value) {
        reserve(1);
        array[position++] = (byte) value;
    }

    void putInt(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            array[position++] = (byte) (value >>> shift);
        }
    }

    void putLong(long value) {
        putInt((int) (value >>> 32));
        putInt((int) value);
    }

    void putBytes(byte[] value) {
        putInt(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, array, position, value.length);
        position += value.length;
    }

    void putString(String value) {
        putBytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void putStrings(String[] values) {
        putInt(values.length);
        for (String value : values) {
            putString(value);
        }
    }

    byte getByte() {
        need(1);
        return array[position++];
    }

    int getInt() {
        need(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | array[position++] & 0xff;
        }
        return value;
    }

    long getLong() {
        long high = getInt();
        return high << 32 | getInt() & 0xffff_ffffL;
    }

    byte[] getBytes() {
        int length = getInt();
        need(length);
        byte[] value = new byte[length];
        System.arraycopy(array, position, value, 0, length);
        position += length;
        return value;
    }

    String getString() {
        int length = getInt();
        need(length);
        String value = new String(array, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    String[] getStrings() {
        int count = getInt();
        need(count);
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            values[i] = getString();
        }
        return values;
    }

    private void reserve(int more) {
        int wanted = Math.addExact(position, more);
        if (wanted > array.length) {
            byte[] larger = new byte[(int) Math.min(Math.max((long) array.length * 2, wanted), Integer.MAX_VALUE - 8L)];
            System.arraycopy(array, 0, larger, 0, position);
            array = larger;
        }
    }

    private void need(int length) {
        if (length < 0 || length > limit - position) {
            throw new IllegalStateException("bootstrap record damaged: " + length + " bytes wanted at " + position
                    + ", the record has " + limit);
        }
    }
}
