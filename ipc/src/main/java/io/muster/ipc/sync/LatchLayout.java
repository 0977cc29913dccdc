package io.muster.ipc.sync;

import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a latch lie.
 *
 * <pre>
 *   byte of the body
 *      0 | STATE i64    the truth: 1 + what is left to count; so a zeroed latch is none, and not one that is open
 *      8 | WAIT u32     where waiters sleep
 * </pre>
 */
final class LatchLayout {
    static final int KIND = SegmentKind.of("LTCH");
    static final int VERSION = 1;

    static final int STATE = 0;
    static final int WAIT = STATE + Long.BYTES;
    static final int SIZE = WAIT + WaitWord.BYTES;

    /** The state in which nobody waits any more. */
    static final long OPEN = 1;

    private LatchLayout() {}
}
