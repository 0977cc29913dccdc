package io.muster.ipc.sync;

import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a condition lie in its cell. Processes map these bytes: a change here is a change of {@link #VERSION}.
 *
 * <pre>
 *   byte of the cell's body
 *      0 | PLACES i32: how many threads can wait    | LIMIT i32: places from here on are FREE   PLACES is constant
 *      8 | LAST_TICKET i64                          |
 *     16 | place 0, place 1, ..., each 24 bytes     |
 *
 *   byte of a place
 *      0 | STATE i64 {party id:52 | zeros:9 | phase:3}    the truth
 *      8 | TICKET i64  of its waiter, the lower the longer it waits; of a place that is MOVED: who is notified in its stead
 *     16 | WAIT u32    where the waiter sleeps, nobody else does
 *     20 |
 *
 *   FREE -> WAITING(me)      await, before it lets go of the lock
 *   WAITING -> NOTIFIED      signal: those with the lowest tickets that are not dead
 *   NOTIFIED(me) -> FREE     await returns
 *   WAITING(me) -> FREE      time-out or interrupt
 *   WAITING(dead) -> FREE    repair
 *   NOTIFIED(dead) -> FREE   repair, if nobody else waits
 *   NOTIFIED(dead) -> MOVED  repair: TICKET names the one that is notified now; when it is, or is not WAITING any more:
 *   MOVED -> FREE
 * </pre>
 *
 * All is changed by holders of the condition's lock alone. The index: LIMIT, raised before a place beyond it is used.
 */
final class ConditionLayout {
    static final int KIND = SegmentKind.of("COND");
    static final int VERSION = 1;

    static final int PLACES = 0;
    static final int LIMIT = PLACES + Integer.BYTES;
    static final int LAST_TICKET = LIMIT + Integer.BYTES;
    static final int FIRST = LAST_TICKET + Long.BYTES;

    static final int STATE = 0;
    static final int TICKET = STATE + Long.BYTES;
    static final int WAIT = TICKET + Long.BYTES;
    static final int PLACE_BYTES = WAIT + WaitWord.BYTES + Integer.BYTES;

    /** The whole state then, as it names nobody. */
    static final int FREE = 0;

    static final int WAITING = 1;
    static final int NOTIFIED = 2;
    static final int MOVED = 3;
    private static final long PHASE_MASK = 7;
    private static final int PARTY_SHIFT = Long.SIZE - PartyId.BITS;

    private ConditionLayout() {}

    static long place(int index) {
        return FIRST + (long) index * PLACE_BYTES;
    }

    static long bodyBytes(int places) {
        return place(places);
    }

    static long state(int phase, long partyId) {
        return partyId << PARTY_SHIFT | phase;
    }

    static int phase(long state) {
        return (int) (state & PHASE_MASK);
    }

    static long party(long state) {
        return state >>> PARTY_SHIFT;
    }
}
