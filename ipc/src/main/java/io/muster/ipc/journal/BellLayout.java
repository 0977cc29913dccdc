package io.muster.ipc.journal;

import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a journal's bell lie. The truth is in the log: this only wakes who waits for more of it.
 *
 * <pre>
 *   byte of the body
 *      0 | CURSOR i64   work queue: the last entry that somebody was given for the first time, plus one; 0 before
 *      8 | INTENT i64   work queue: the same for the one that is being given
 *     16 | DUE i64      work queue: no entry comes back before this time, by itself
 *     24 | WAIT u32     where consumers and subscribers sleep
 * </pre>
 */
final class BellLayout {
    static final int KIND = SegmentKind.of("JRNL");
    static final int VERSION = 1;

    static final int CURSOR = 0;
    static final int INTENT = CURSOR + Long.BYTES;
    static final int DUE = INTENT + Long.BYTES;
    static final int WAIT = DUE + Long.BYTES;
    static final int SIZE = WAIT + WaitWord.BYTES;

    private BellLayout() {}
}
