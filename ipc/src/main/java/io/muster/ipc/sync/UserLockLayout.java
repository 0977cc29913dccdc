package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of a lock that users see lie in its cell. Processes map these bytes: a change here is a change of
 * {@link #LOCK_VERSION} and {@link #SEMAPHORE_VERSION}.
 *
 * <pre>
 *   byte of the cell's body, which is 16 behind a multiple of 64
 *      0 | LOCK      48 bytes: a RobustLock; with the cell's head it fills a cache line
 *     48 | NAME      32 bytes: name of the thread that holds it, for messages
 *     80 | TOKEN i64 of a binary semaphore: acquisitions so far
 *     88 | WATCHERS  of a binary semaphore: whose bells ring when it is free
 * </pre>
 */
final class UserLockLayout {
    /** Of a reentrant lock. */
    static final int LOCK_KIND = SegmentKind.of("LOCK");
    /** Of a binary semaphore. */
    static final int SEMAPHORE_KIND = SegmentKind.of("BSEM");

    static final int LOCK_VERSION = 1;
    static final int SEMAPHORE_VERSION = 2;

    static final int LOCK = 0;
    static final int NAME = LOCK + RobustLock.BYTES;
    static final int TOKEN = NAME + ThreadName.BYTES;
    /** Of a reentrant lock. */
    static final int LOCK_SIZE = TOKEN + Long.BYTES;

    static final int WATCHERS = TOKEN + Long.BYTES;
    /** Of a binary semaphore. */
    static final int SEMAPHORE_SIZE = WATCHERS + Watchers.BYTES;

    private UserLockLayout() {}
}
