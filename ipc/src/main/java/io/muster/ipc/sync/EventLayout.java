package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of an event lie.
 *
 * <pre>
 *   byte of the body
 *      0 | STATE i64 {generation:63 | set:1}    the truth; each set() steps the generation
 *      8 | WAIT u32                             where waiters sleep
 *     16 | WATCHERS                             see Watchers
 * </pre>
 *
 * A waiter leaves once the generation has moved, so one that saw the flag unset cannot miss a set that was cleared again.
 */
final class EventLayout {
    static final int KIND = SegmentKind.of("EVNT");
    static final int VERSION = 2;

    static final int STATE = 0;
    static final int WAIT = STATE + Long.BYTES;
    static final int WATCHERS = WAIT + Long.BYTES;
    static final int SIZE = WATCHERS + Watchers.BYTES;

    static final long SET = 1;
    static final long GENERATION_STEP = 2;

    private EventLayout() {}

    /** What {@code set} makes of a state that is not set. */
    static long whenSet(long clear) {
        return clear + GENERATION_STEP | SET;
    }
}
