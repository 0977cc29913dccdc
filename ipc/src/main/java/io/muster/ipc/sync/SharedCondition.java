package io.muster.ipc.sync;

import java.io.Serializable;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * Where threads of any process wait until another one, which holds the same {@link SharedLock}, says that something has
 * changed: a full {@link Condition}. The handle carries its lock along, so one object is enough to give away.
 *
 * <pre>{@code
 *     try (Held held = open.lock().hold()) {                 // in one process
 *         open.waitFor(() -> flags.get(0) == 1, Duration.ofSeconds(5));
 *     }
 *     try (Held held = open.lock().hold()) {                 // in another one
 *         flags.set(0, 1);
 *         open.signal(3);
 *     }
 * }</pre>
 *
 * <p><b>Exact.</b> {@code signal(n)} lets the n go on that have waited longest, no more; there are no spurious wake-ups. A wait
 * that timed out or was interrupted is not notified, and one that was notified has not timed out. Nothing is stored when
 * nobody waits: a later waiter does not hear of it. As with any lock that can be barged into, what was true at the signal
 * need not be true any more when the waiter has its lock again: look again, or use {@link #waitFor}.
 *
 * <p><b>Death.</b> A waiter that is killed is forgotten. If it had been notified already but not returned, its notification goes to
 * the one that has waited longest of the others that waited then; within 10 ms of the visible end of the process where its
 * parent is a Muster process that lives, else within about a quarter of a second. What was left by one that died holding the lock is told
 * by {@link SharedLock#abandonedOwner()} once a wait has ended, too. A waiter that is merely stopped keeps its notification.
 *
 * <p><b>Reentrant holds</b> are all given back for the wait, and are all there again afterwards, however the wait ends; except if the
 * lock is closed.
 *
 * <p><b>Threads.</b> Any, virtual ones too. All methods but {@link #waiters}, {@link #lock} and {@link #close} want the lock held, else
 * they throw {@code IllegalMonitorStateException} and do nothing. When the condition or its lock is closed, waiters and later callers get
 * a {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedCondition extends Condition, AutoCloseable, Serializable {
    /** How many threads can wait at one time if nothing else is said. */
    int DEFAULT_WAITERS = 256;

    /** The most that can be asked for. */
    int MOST_WAITERS = 1_000_000;

    /** A new condition with a lock of its own, for {@value #DEFAULT_WAITERS} waiters; both go when it is closed. */
    static SharedCondition create() {
        return create(DEFAULT_WAITERS);
    }

    /**
     * A new condition with a lock of its own; both go when it is closed.
     *
     * @param mostWaiters how many threads can wait at one time, in all processes; each takes 24 bytes
     * @throws IllegalArgumentException if that is less than 1 or more than {@value #MOST_WAITERS}
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedCondition create(int mostWaiters) {
        return ConditionHandle.createWithLock(mostWaiters);
    }

    /** The lock that it belongs to; closing what this returns ends neither. */
    SharedLock lock();

    /**
     * Gives the lock back, waits until notified, and returns with the lock.
     *
     * @throws InterruptedException if the thread was interrupted on entry, or while it waited and before it was notified;
     *     one that was notified first returns, with its flag set
     * @throws IllegalStateException if as many threads wait as it was made for; nothing was done
     */
    @Override
    void await() throws InterruptedException;

    /**
     * The same, and no longer than that.
     *
     * @param wait zero or negative: lets others have the lock for a moment
     * @return false if the time was over before it was notified
     */
    boolean await(Duration wait) throws InterruptedException;

    /** {@link #await(Duration)} as the JDK spells it. */
    @Override
    boolean await(long time, TimeUnit unit) throws InterruptedException;

    /** {@link #await(Duration)}; returns the nanoseconds that were left, 0 or less if the time was over. */
    @Override
    long awaitNanos(long nanosTimeout) throws InterruptedException;

    /** {@link #await(Duration)} up to a moment on the wall clock as it is now; setting that later changes nothing. */
    @Override
    boolean awaitUntil(Date deadline) throws InterruptedException;

    /** {@link #await()}, but an interrupt only leaves its flag. */
    @Override
    void awaitUninterruptibly();

    /**
     * Waits until the predicate is true; it is asked with the lock held, before the first wait and after each.
     *
     * @param ready may throw, which ends the wait with the lock held
     */
    void waitFor(BooleanSupplier ready) throws InterruptedException;

    /**
     * The same with one deadline for all of it.
     *
     * @param wait zero or negative: ask once
     * @return what the predicate said last: false only once the time was over
     */
    boolean waitFor(BooleanSupplier ready, Duration wait) throws InterruptedException;

    /** Notifies the one that has waited longest, if there is one. */
    @Override
    void signal();

    /** Notifies all that wait now. */
    @Override
    void signalAll();

    /**
     * Notifies those that have waited longest.
     *
     * @param most how many at most; 0 or more
     * @return how many there were
     */
    int signal(int most);

    /** How many threads wait and are not notified yet, in all processes; exact if the lock is held, else outdated at once. */
    int waiters();

    /** Ends the use of this handle, and of the condition if this handle made it; a second call does nothing. */
    @Override
    void close();
}
