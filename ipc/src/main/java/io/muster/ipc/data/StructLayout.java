package io.muster.ipc.data;

import io.muster.ipc.internal.lock.RobustLock;

/**
 * Where the parts of a shared record lie, alone in its cell or in an array of them. Processes map these bytes: a change here
 * is a change of {@link #VERSION}.
 *
 * <pre>
 *   slot of one record, of W words, see RecordShape
 *      0 | SET i64: how often it was set; its lowest bit says which copy counts   the publishing word: under the lock
 *      8 | copy 0: W i64                                                         stored while SET is odd
 *        | copy 1: W i64                                                         stored while SET is even
 *
 *   body of a cell, 16 behind a multiple of 64
 *      0 | LOCK: see RobustLockLayout                                            of whoever sets
 *     48 | SHAPE i64: fingerprint of how the record lies                         written before the cell is published
 *     56 | one slot
 *
 *   body of an array's segment
 *      0 | STATE i32: see ArrayLayout
 *      8 | SHAPE i64: the same; 0 while the array is being made
 *     64 | 16 LOCKs, 64 bytes each                                               slot i belongs to lock i mod 16
 *   1088 | slots, as many as there is room for
 * </pre>
 *
 * A reader takes the copy that counts, and looks at SET again: if that has not moved, nobody has stored there meanwhile. A
 * writer that dies has stored into the copy that does not count, or has moved SET: so there is nothing to repair.
 */
final class StructLayout {
    static final int VERSION = 1;

    static final int LOCK = 0;
    static final int SHAPE = LOCK + RobustLock.BYTES;
    static final int SLOT = SHAPE + Long.BYTES;

    static final int ARRAY_SHAPE = ArrayLayout.STATE + Long.BYTES;
    static final int ARRAY_LOCKS = 64;
    static final int LOCK_COUNT = 16;
    private static final int LOCK_STRIDE = 64;
    static final int ARRAY_SLOTS = ARRAY_LOCKS + LOCK_COUNT * LOCK_STRIDE;

    private static final int SET = 0;
    private static final int COPIES = SET + Long.BYTES;

    private static final long MOST_BYTES = Long.MAX_VALUE >> 2;

    private StructLayout() {}

    static long slotBytes(int words) {
        return COPIES + 2L * words * Long.BYTES;
    }

    static long set(long slot) {
        return slot + SET;
    }

    /** Offset of the copy that counts when SET is this. */
    static long copy(long slot, int words, long set) {
        return slot + COPIES + (set & 1) * words * Long.BYTES;
    }

    static long cellBodyBytes(int words) {
        return SLOT + slotBytes(words);
    }

    static long arrayLock(int index) {
        return ARRAY_LOCKS + (long) index * LOCK_STRIDE;
    }

    static long arrayBodyBytes(long length, int words) {
        long most = MOST_BYTES / slotBytes(words);
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("length=" + length + " is less than 0 or more than " + most
                    + ", what addresses of 64 bits can reach");
        }
        return arraySlot(length, words);
    }

    static long arraySlot(long index, int words) {
        return ARRAY_SLOTS + index * slotBytes(words);
    }

    static long arrayLength(long bodyBytes, int words) {
        return (bodyBytes - ARRAY_SLOTS) / slotBytes(words);
    }
}
