package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of a signal lie.
 *
 * <pre>
 *   byte of the body
 *      0 | COUNT i64    the truth: posts that nobody has taken
 *      8 | WAIT u32     where waiters sleep
 *     16 | WATCHERS     see Watchers
 * </pre>
 */
final class SignalLayout {
    static final int KIND = SegmentKind.of("SGNL");
    static final int VERSION = 2;

    static final int COUNT = 0;
    static final int WAIT = COUNT + Long.BYTES;
    static final int WATCHERS = WAIT + Long.BYTES;
    static final int SIZE = WATCHERS + Watchers.BYTES;

    private SignalLayout() {}
}
