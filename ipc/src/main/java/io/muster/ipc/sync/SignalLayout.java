package io.muster.ipc.sync;

import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a signal lie.
 *
 * <pre>
 *   byte of the body
 *      0 | COUNT i64    the truth: posts that nobody has taken
 *      8 | WAIT u32     where waiters sleep
 * </pre>
 */
final class SignalLayout {
    static final int KIND = SegmentKind.of("SGNL");
    static final int VERSION = 1;

    static final int COUNT = 0;
    static final int WAIT = COUNT + Long.BYTES;
    static final int SIZE = WAIT + WaitWord.BYTES;

    private SignalLayout() {}
}
