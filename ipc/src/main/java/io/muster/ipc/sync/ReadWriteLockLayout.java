package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a read-write lock lie.
 *
 * <pre>
 *   byte of the body
 *      0 | WRITER          truth: who writes or is about to, see RobustLockLayout
 *     48 | READ_WAIT u32   where readers sleep
 *     52 | DRAIN_WAIT u32  where the writer sleeps until the readers are out
 *     56 | READERS         truth: party cells, threads of that party that read
 * </pre>
 *
 * <p>A reader adds to its cell, then looks at WRITER, and takes back what it added if there is one; a writer takes WRITER,
 * then looks at the cells: one of the two sees the other.
 */
final class ReadWriteLockLayout {
    static final int KIND = SegmentKind.of("RWLK");
    static final int VERSION = 1;

    static final int WRITER = 0;
    static final int READ_WAIT = WRITER + RobustLock.BYTES;
    static final int DRAIN_WAIT = READ_WAIT + WaitWord.BYTES;
    static final int READERS = DRAIN_WAIT + WaitWord.BYTES;

    private ReadWriteLockLayout() {}

    static long bodyBytes(int capacity) {
        return READERS + PartyCells.bytes(capacity);
    }
}
