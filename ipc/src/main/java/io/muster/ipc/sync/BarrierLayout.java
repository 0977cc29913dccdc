package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Lease;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a barrier lie. All but WAIT, and a party's word in LEASES, change under the lock.
 *
 * <pre>
 *   byte of the body
 *      0 | LOCK          see RobustLockLayout
 *     48 | STATE i64     the truth, see below
 *     56 | BREAKER i64   party id of the dead that broke it, 0: another cause; for messages
 *     64 | PARTIES i32, constant | SEEN i32: deaths that were looked at
 *     72 | WAIT u32      where parties sleep | zeros
 *     80 | LEASES        party cells of who may be missed, see Lease
 *        | ARRIVALS      party id of who came, for each place; written before STATE counts it
 *
 *   STATE {generation:30 | outcomes:16 | phase:2 | arrived:16}
 *
 *   {g, FILLING, n}      -> {g, FILLING, n + 1}      one came
 *   {g, FILLING, n}      -> {g + 1, FILLING, 0}, 1   the last came, without an action
 *   {g, FILLING, n}      -> {g, TRIPPING, n}         the last came, and runs an action; it has the last place
 *   {g, TRIPPING, n}     -> {g + 1, FILLING, 0}, 1   the action is done
 *   {g, not BROKEN, n}   -> {g + 1, BROKEN, 0}, 0    broken
 *   {g, *, *}            -> {g + 1, FILLING, 0}, 0   reset
 *
 *   outcomes: the bit behind each line above is shifted in from below; it tells a pass from the rest also to one who wakes late
 * </pre>
 */
final class BarrierLayout {
    static final int KIND = SegmentKind.of("BARR");
    static final int VERSION = 1;

    static final int LOCK = 0;
    static final int STATE = LOCK + RobustLock.BYTES;
    static final int BREAKER = STATE + Long.BYTES;
    static final int PARTIES = BREAKER + Long.BYTES;
    static final int SEEN = PARTIES + Integer.BYTES;
    static final int WAIT = SEEN + Integer.BYTES;
    static final int LEASES = WAIT + 2 * WaitWord.BYTES;

    static final int FILLING = 0;
    static final int TRIPPING = 1;
    static final int BROKEN = 2;

    private static final int ARRIVED_BITS = 16;
    private static final int PHASE_BITS = 2;
    private static final int OUTCOME_BITS = 16;
    private static final int PHASE_SHIFT = ARRIVED_BITS;
    private static final int OUTCOME_SHIFT = PHASE_SHIFT + PHASE_BITS;
    private static final int GENERATION_SHIFT = OUTCOME_SHIFT + OUTCOME_BITS;
    private static final long GENERATION_MASK = (1L << Long.SIZE - GENERATION_SHIFT) - 1;
    private static final int OUTCOME_MASK = (1 << OUTCOME_BITS) - 1;

    private BarrierLayout() {}

    static long arrivals(int capacity) {
        return LEASES + Lease.bytes(capacity);
    }

    static long bodyBytes(int capacity, int parties) {
        return arrivals(capacity) + (long) parties * Long.BYTES;
    }

    static int arrived(long state) {
        return (int) state & (1 << ARRIVED_BITS) - 1;
    }

    static int phase(long state) {
        return (int) (state >>> PHASE_SHIFT) & (1 << PHASE_BITS) - 1;
    }

    static long generation(long state) {
        return state >>> GENERATION_SHIFT;
    }

    private static int outcomes(long state) {
        return (int) (state >>> OUTCOME_SHIFT) & OUTCOME_MASK;
    }

    /** The same generation in another phase, with one more that came. */
    static long tripping(long state) {
        return state + 1 | (long) TRIPPING << PHASE_SHIFT;
    }

    /** The next generation, nobody there. */
    static long next(long state, boolean passed, int phase) {
        long generation = generation(state) + 1 & GENERATION_MASK;
        int outcomes = (outcomes(state) << 1 | (passed ? 1 : 0)) & OUTCOME_MASK;
        return generation << GENERATION_SHIFT | (long) outcomes << OUTCOME_SHIFT | (long) phase << PHASE_SHIFT;
    }

    /** How a generation before this state ended; one that is too long ago to tell counts as not passed. */
    static boolean hasPassed(long generation, long state) {
        long behind = generation(state) - generation & GENERATION_MASK;
        return behind <= OUTCOME_BITS && (outcomes(state) >>> behind - 1 & 1) != 0;
    }
}
