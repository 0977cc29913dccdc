package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a semaphore lie. All but the wait words, and a party's words of its own, change under the lock.
 *
 * <pre>
 *   byte of the body
 *      0 | LOCK          see RobustLockLayout
 *     48 | TOTAL i64     truth: permits that were ever made, be they available or held
 *     56 | AVAILABLE i64 index: TOTAL less what the living hold
 *     64 | LIMIT i64     of AVAILABLE, constant
 *     72 | LAST i64      the last place in line that was given out
 *     80 | FAIR i32 0/1, constant | SEEN i32: deaths that AVAILABLE takes account of
 *     88 | WAIT_ONE u32  where those sleep who want one permit; in a fair one nobody
 *     92 | WAIT_MANY u32 where the others sleep
 *     96 | HELD          truth: party cells, permits held
 *        | LINE          if fair: party cells, 1 while a thread of the party stands in line
 *        | PLACES        if fair: {place:40 | permits wanted:24} for each slot, written before its word in LINE
 * </pre>
 *
 * <p>acquire publishes its cell in HELD; release takes from that cell, and publishes what is beyond it in TOTAL before: a
 * process that is killed in between leaves a cell that counts for nothing, which makes the same sum.
 */
final class SemaphoreLayout {
    static final int KIND = SegmentKind.of("SEMA");
    static final int VERSION = 1;

    static final int LOCK = 0;
    static final int TOTAL = LOCK + RobustLock.BYTES;
    static final int AVAILABLE = TOTAL + Long.BYTES;
    static final int LIMIT = AVAILABLE + Long.BYTES;
    static final int LAST = LIMIT + Long.BYTES;
    static final int FAIR = LAST + Long.BYTES;
    static final int SEEN = FAIR + Integer.BYTES;
    static final int WAIT_ONE = SEEN + Integer.BYTES;
    static final int WAIT_MANY = WAIT_ONE + WaitWord.BYTES;
    static final int HELD = WAIT_MANY + WaitWord.BYTES;

    /** The limit of a semaphore that is not bounded. */
    static final int NO_LIMIT = Integer.MAX_VALUE;

    static final int WANTED_BITS = 24;

    private SemaphoreLayout() {}

    static long line(int capacity) {
        return HELD + PartyCells.bytes(capacity);
    }

    static long place(int capacity, int slot) {
        return line(capacity) + PartyCells.bytes(capacity) + (long) slot * Long.BYTES;
    }

    static long bodyBytes(int capacity, boolean fair) {
        return fair ? place(capacity, capacity) : line(capacity);
    }
}
