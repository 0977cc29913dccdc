package io.muster.ipc.data;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Primitives in words of 8 bytes, at offsets in bytes that are multiples of their widths. */
final class WordAccess {
    private WordAccess() {}

    /** (long[] words, int offset) to a primitive of that type. */
    static MethodHandle getter(Class<?> type) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findStatic(WordAccess.class, type + "At", MethodType.methodType(type, long[].class, int.class));
    }

    /** (long[] words, int offset, primitive) to nothing; what is there must be 0. */
    static MethodHandle putter(Class<?> type) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findStatic(WordAccess.class, "put", MethodType.methodType(void.class, long[].class, int.class, type));
    }

    private static long bitsAt(long[] words, int offset) {
        return words[offset / Long.BYTES] >>> offset % Long.BYTES * Byte.SIZE;
    }

    private static void putBits(long[] words, int offset, long bits) {
        words[offset / Long.BYTES] |= bits << offset % Long.BYTES * Byte.SIZE;
    }

    static boolean booleanAt(long[] words, int offset) {
        return (bitsAt(words, offset) & 1) != 0;
    }

    static void put(long[] words, int offset, boolean value) {
        putBits(words, offset, value ? 1 : 0);
    }

    static byte byteAt(long[] words, int offset) {
        return (byte) bitsAt(words, offset);
    }

    static void put(long[] words, int offset, byte value) {
        putBits(words, offset, value & 0xFFL);
    }

    static short shortAt(long[] words, int offset) {
        return (short) bitsAt(words, offset);
    }

    static void put(long[] words, int offset, short value) {
        putBits(words, offset, value & 0xFFFFL);
    }

    static char charAt(long[] words, int offset) {
        return (char) bitsAt(words, offset);
    }

    static void put(long[] words, int offset, char value) {
        putBits(words, offset, value);
    }

    static int intAt(long[] words, int offset) {
        return (int) bitsAt(words, offset);
    }

    static void put(long[] words, int offset, int value) {
        putBits(words, offset, Integer.toUnsignedLong(value));
    }

    static long longAt(long[] words, int offset) {
        return bitsAt(words, offset);
    }

    static void put(long[] words, int offset, long value) {
        putBits(words, offset, value);
    }

    static float floatAt(long[] words, int offset) {
        return Float.intBitsToFloat((int) bitsAt(words, offset));
    }

    static void put(long[] words, int offset, float value) {
        putBits(words, offset, Integer.toUnsignedLong(Float.floatToRawIntBits(value)));
    }

    static double doubleAt(long[] words, int offset) {
        return Double.longBitsToDouble(bitsAt(words, offset));
    }

    static void put(long[] words, int offset, double value) {
        putBits(words, offset, Double.doubleToRawLongBits(value));
    }
}
