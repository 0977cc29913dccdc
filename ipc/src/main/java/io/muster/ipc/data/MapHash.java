package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Keys are hashed and compared as words of 8 bytes, the last one padded with zeros. The seed is drawn for each map, so that
 * nobody can choose keys that collide.
 */
final class MapHash {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long FINAL = 0xE7037ED1A0B428DBL;

    private MapHash() {}

    static long of(byte[] key, int length, long seed) {
        long hash = seed ^ length * FINAL;
        for (int i = 0; i < length; i += Long.BYTES) {
            hash = mix(hash ^ (long) WORDS.get(key, i));
        }
        return mix(hash ^ FINAL);
    }

    static long of(Memory memory, long offset, int length, long seed) {
        long hash = seed ^ length * FINAL;
        for (int i = 0; i < length; i += Long.BYTES) {
            hash = mix(hash ^ memory.getLong(offset + i));
        }
        return mix(hash ^ FINAL);
    }

    static boolean equal(byte[] key, int length, Memory memory, long offset) {
        for (int i = 0; i < length; i += Long.BYTES) {
            if ((long) WORDS.get(key, i) != memory.getLong(offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** The same for bytes that are not padded. */
    static boolean equalBytes(byte[] bytes, int length, Memory memory, long offset) {
        int words = length & -Long.BYTES;
        boolean equal = equal(bytes, words, memory, offset);
        for (int i = words; equal && i < length; i++) {
            equal = bytes[i] == memory.getByte(offset + i);
        }
        return equal;
    }

    /** Both halves of a product: every bit of the input reaches every bit of the result. */
    private static long mix(long word) {
        return Math.multiplyHigh(word, FACTOR) ^ word * FACTOR;
    }
}
