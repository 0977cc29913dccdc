package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of a latch lie.
 *
 * <pre>
 *   byte of the body
 *      0 | STATE i64    the truth: 1 + what is left to count; so a zeroed latch is none, and not one that is open
 *      8 | WAIT u32     where waiters sleep
 *     16 | WATCHERS     see Watchers
 * </pre>
 */
final class LatchLayout {
    static final int KIND = SegmentKind.of("LTCH");
    static final int VERSION = 2;

    static final int STATE = 0;
    static final int WAIT = STATE + Long.BYTES;
    static final int WATCHERS = WAIT + Long.BYTES;
    static final int SIZE = WATCHERS + Watchers.BYTES;

    /** The state in which nobody waits any more. */
    static final long OPEN = 1;

    private LatchLayout() {}
}
