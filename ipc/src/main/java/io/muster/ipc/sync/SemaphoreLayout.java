package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a semaphore lie. The lock is for the line and for recounting: acquire and release do without.
 *
 * <pre>
 *   byte of the body
 *      0 | LOCK          see RobustLockLayout
 *     48 | TOTAL i64     truth: permits that were ever made, be they available or held
 *     56 | AVAILABLE i64 {epoch:32 | count:32}    index: TOTAL less what the living hold; odd epoch: being recounted
 *     64 | LIMIT i64     of AVAILABLE, constant
 *     72 | LAST i64      the last place in line that was given out
 *     80 | FAIR i32 0/1, constant | SEEN i32: deaths that AVAILABLE takes account of
 *     88 | WAIT_ONE u32  where those sleep who want one permit; in a fair one nobody
 *     92 | WAIT_MANY u32 where the others sleep
 *     96 | WATCHERS      see Watchers
 *    160 | HELD          truth: party cells, permits held
 *        | LINE          if fair: party cells, 1 while a thread of the party stands in line
 *        | PLACES        if fair: {place:40 | permits wanted:24} for each slot, written before its word in LINE
 * </pre>
 *
 * <p>acquire: its cell in HELD, then AVAILABLE. release: TOTAL, by what is beyond its cell; AVAILABLE; then its cell. A process
 * that is killed in between leaves AVAILABLE right or too low, never too high, and a cell that is not empty, which counts for
 * nothing: the next one that misses permits finds that it is dead by that, and recounts.
 *
 * <p>AVAILABLE changes by CAS, and a recount changes the epoch before it begins and when it is done: so whoever began before
 * it finds that, and has it counted once more, as its cell may have been counted or not. Only whoever recounts changes a word
 * with an odd epoch.
 */
final class SemaphoreLayout {
    static final int KIND = SegmentKind.of("SEMA");
    static final int VERSION = 3;

    static final int LOCK = 0;
    static final int TOTAL = LOCK + RobustLock.BYTES;
    static final int AVAILABLE = TOTAL + Long.BYTES;
    static final int LIMIT = AVAILABLE + Long.BYTES;
    static final int LAST = LIMIT + Long.BYTES;
    static final int FAIR = LAST + Long.BYTES;
    static final int SEEN = FAIR + Integer.BYTES;
    static final int WAIT_ONE = SEEN + Integer.BYTES;
    static final int WAIT_MANY = WAIT_ONE + WaitWord.BYTES;
    static final int WATCHERS = WAIT_MANY + WaitWord.BYTES;
    static final int HELD = WATCHERS + Watchers.BYTES;

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

    static int count(long available) {
        return (int) available;
    }

    static int epoch(long available) {
        return (int) (available >>> Integer.SIZE);
    }

    static boolean isRecounted(long available) {
        return (epoch(available) & 1) != 0;
    }

    static long available(int epoch, long count) {
        return (long) epoch << Integer.SIZE | count & 0xFFFF_FFFFL;
    }

    /** The same epoch, and so many more; or less, if negative. */
    static long plus(long available, int permits) {
        return available(epoch(available), count(available) + permits);
    }
}
