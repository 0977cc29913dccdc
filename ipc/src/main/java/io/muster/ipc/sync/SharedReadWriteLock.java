package io.muster.ipc.sync;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * A lock that many threads of many processes hold for reading, or one for writing: what
 * {@link java.util.concurrent.locks.ReentrantReadWriteLock} is inside one process.
 *
 * <pre>{@code
 *     try (var reading = lock.holdRead()) {
 *         show(array);
 *     }
 * }</pre>
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same lock there; its two {@link Lock}s do not travel by
 * themselves. The process that made it ends it for all by {@link #close()}.
 *
 * <p><b>Threads.</b> Each thread may take again what it holds, also read while a writer waits; who holds the write lock may take the
 * read lock and then release the write lock (downgrade). Who holds only the read lock and wants to write is refused
 * at once with an {@code IllegalStateException}, as it would wait for itself. Neither lock has conditions.
 *
 * <p><b>Order.</b> Barging, and nobody starves: readers that come while a writer waits for those inside are kept out until it
 * is done, and a reader that writers have passed by twice takes its turn among them.
 *
 * <p>Thread-safe. Death: a killed reader does not hold up a writer beyond its judgement (10 ms of its visible end where its parent
 * lives, else 250 ms). When a writer is killed the others go on, and {@link #isAbandoned()} is true until another
 * writer has released in order: until then what the lock guards may be half done. A holder that is stopped is waited
 * for.
 *
 * <p>All methods, of the two locks too, throw {@link io.muster.ipc.memory.ClosedObjectException} once the lock or this
 * handle is closed.
 */
public interface SharedReadWriteLock extends ReadWriteLock, AutoCloseable {

    /**
     * Makes a lock that nobody holds, in this process's session.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedReadWriteLock create() {
        return ReadWriteLockHandle.create();
    }

    /** The lock for reading. Its {@code newCondition} is not supported. */
    @Override
    Lock readLock();

    /** The lock for writing. Its {@code newCondition} is not supported. */
    @Override
    Lock writeLock();

    /** Takes the read lock for a block of code: {@code try (var reading = lock.holdRead()) { ... }}. */
    Hold holdRead();

    /** Takes the write lock for a block of code. */
    Hold holdWrite();

    /**
     * Whether a process died while it had, or was about to get, the write lock, and no writer has released it in order
     * since: by whoever holds one of the two locks.
     */
    boolean isAbandoned();

    /** Whether this thread holds the write lock. */
    boolean isWriteLockedByCurrentThread();

    /** How often this thread holds the read lock. */
    int getReadHoldCount();

    /** Ends the use of this handle; in the process that made the lock, ends it for all. Twice is harmless. */
    @Override
    void close();

    /** A lock that is given back at the end of a block, by the same thread. */
    interface Hold extends AutoCloseable {
        /** Gives it back; does nothing the second time, or if the lock is not there any more. */
        @Override
        void close();
    }
}
