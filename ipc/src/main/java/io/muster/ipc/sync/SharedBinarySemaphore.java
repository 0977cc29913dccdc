package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.wait.Waitable;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * A lock that another thread or process may release: Python's {@code Lock}. It is not reentrant, and it knows by which
 * process it is held, but not by which thread.
 *
 * <pre>{@code
 *     turn.acquire();               // here
 *     child.start(() -> {
 *         work();
 *         turn.release();           // there
 *     });
 * }</pre>
 *
 * <p><b>Death.</b> If the process that acquired it is killed, or ends, the next one that wants it gets it, as with {@link SharedLock},
 * and is told by {@link #abandonedOwner()}. So a process that acquires it for another one must live until that one has
 * released it. A holder that lives, be it stopped, is never robbed.
 *
 * <p><b>Order.</b> Barging, and who has waited 2 ms is next. <b>Handle, memory, threads.</b> As with {@link SharedLock}.
 *
 * <p>For a {@code WaitSet} it {@linkplain Waitable#isReady is ready} while nobody holds it, or whoever does is dead: {@link
 * #tryAcquire()} would take it, unless another is faster.
 */
public interface SharedBinarySemaphore extends AutoCloseable, Serializable, Waitable {

    /**
     * A new one that nobody holds.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for its 192 bytes
     */
    static SharedBinarySemaphore create() {
        return new BinarySemaphoreHandle(BinarySemaphoreCore.create(Participants.ofSession()), true);
    }

    /**
     * Waits until it is this process's.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited: nothing was taken
     * @throws io.muster.ipc.memory.ClosedObjectException if it is closed, now or while this thread waits; the same for all
     *     methods
     */
    void acquire() throws InterruptedException;

    /** The same, and an interrupt only leaves its flag. */
    void acquireUninterruptibly();

    /** Takes it if nobody holds it; does not wait, and passes by those who do. */
    boolean tryAcquire();

    /**
     * Waits no longer than that, by one deadline on the monotonic clock.
     *
     * @param wait zero or negative: try once
     * @return whether it was taken
     * @throws InterruptedException if the thread was interrupted on entry or while it waited: nothing was taken
     */
    boolean tryAcquire(Duration wait) throws InterruptedException;

    /**
     * Makes it free, whoever holds it.
     *
     * @throws IllegalStateException if nobody does; nothing was changed
     */
    void release();

    /**
     * The same, and the next one is told that it was abandoned: for a holder that could not repair what it found, or could
     * not complete its own change.
     *
     * @throws IllegalStateException if this process does not hold it; nothing was changed
     */
    void releaseAbandoned();

    /** {@link #acquireUninterruptibly()} for {@code try (Held held = semaphore.hold())}. */
    Held hold();

    /** Whether anybody holds it, a dead process included; may be outdated at once. */
    boolean isHeld();

    /** Whether this process holds it. */
    boolean isHeldByThisProcess();

    /**
     * The number of this process's latest acquisition; no two acquisitions of whatever process have the same, and later
     * ones have higher ones.
     *
     * @throws IllegalStateException if this process does not hold it
     */
    long fencingToken();

    /**
     * Who died holding it, or gave it up half done, if nobody has released it in order since.
     *
     * @throws IllegalStateException if this process does not hold it
     */
    Optional<AbandonedOwner> abandonedOwner();

    /** Whether {@link #abandonedOwner()} has something to tell. */
    default boolean wasAbandoned() {
        return abandonedOwner().isPresent();
    }

    /** Ends the use of this handle, and of the semaphore if this handle made it; a second call does nothing. */
    @Override
    void close();
}
