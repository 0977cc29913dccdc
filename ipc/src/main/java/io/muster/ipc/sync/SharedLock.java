package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Participants;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * A reentrant lock for all threads of all processes of the session: a full {@link Lock}, with conditions, that survives
 * the death of whoever holds it.
 *
 * <pre>{@code
 *     try (SharedLock lock = SharedLock.create();
 *             ProcessPool pool = ProcessPool.workers(4)) {
 *         pool.map(line -> {
 *             try (Held held = lock.hold()) {
 *                 return append(file, line);
 *             }
 *         }, lines);
 *     }
 * }</pre>
 *
 * <p><b>Handle.</b> Captured by a task or passed as an argument it means the same lock there. Closing the handle that
 * made the lock ends it for everybody: who waits gets a {@link io.muster.ipc.memory.ClosedObjectException}, and who holds
 * it just then goes on undisturbed, its unlock has nothing left to do. Closing any other handle ends only that one.
 * What nobody closes goes with the session.
 *
 * <p><b>Death.</b> If a process is killed while one of its threads holds the lock, the next one that wants it gets it: within
 * 10 ms of the visible end of the process where its parent is a Muster process that lives, else within a quarter of a
 * second. It is told by {@link #abandonedOwner()}, as what the lock protects may be half changed; so is the one after it,
 * until somebody unlocks in order. A holder that lives, be it stopped or swapped out, is never robbed. A thread that
 * ends without unlocking keeps the lock as long as its process lives, as in the JDK.
 *
 * <p><b>Order.</b> Barging: a lock that is free goes to whoever comes first, which is what makes it fast. But who has waited 2 ms is
 * next: the lock is set aside for it at the next unlock. So nobody starves.
 *
 * <p><b>Memory.</b> What a thread did before it unlocked is seen by whoever locks next, in whatever process. <b>Threads.</b> All
 * methods may be called by any thread, virtual ones too: they park and hold up nobody. An uncontended lock and unlock
 * allocates nothing.
 */
public interface SharedLock extends Lock, AutoCloseable, Serializable {

    /**
     * A new lock, free, known to nobody else yet.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for its 128 bytes
     */
    static SharedLock create() {
        return new LockHandle(LockCore.create(Participants.ofSession()), true);
    }

    /**
     * Waits until the lock is this thread's, or counts one hold more if it is already. An interrupt does not end the wait
     * and leaves its flag.
     *
     * @throws io.muster.ipc.memory.ClosedObjectException if it is closed, now or while this thread waits; the same for all
     *     methods
     */
    @Override
    void lock();

    /**
     * The same, but an interrupt ends it.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited: nothing was taken
     */
    @Override
    void lockInterruptibly() throws InterruptedException;

    /**
     * Takes the lock if nobody holds it, or counts one hold more; does not wait, and passes by those who do. A holder that
     * is dead may be noticed only by a try some 20 ms later, if no parent has announced its death.
     *
     * @return whether this thread holds it now
     */
    @Override
    boolean tryLock();

    /**
     * Waits no longer than that, by one deadline on the monotonic clock.
     *
     * @param wait zero or negative: try once
     * @return whether this thread holds it now
     * @throws InterruptedException if the thread was interrupted on entry or while it waited: nothing was taken
     */
    boolean tryLock(Duration wait) throws InterruptedException;

    /** {@link #tryLock(Duration)} as the JDK spells it. */
    @Override
    boolean tryLock(long time, TimeUnit unit) throws InterruptedException;

    /**
     * Takes back one hold; with the last one the lock is free, and is said to have been left in order: {@link
     * #abandonedOwner()} is empty for the next one.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it; nothing was changed
     */
    @Override
    void unlock();

    /**
     * Takes back the last hold, and the next one is told that it was abandoned: for an owner that could not repair what it
     * found, or could not complete its own change.
     *
     * @throws IllegalMonitorStateException if this thread does not hold it, or more than once; nothing was changed
     */
    void unlockAbandoned();

    /** {@link #lock()} for {@code try (Held held = lock.hold())}; one small object is allocated. */
    Held hold();

    /** Whether this very thread holds it. */
    boolean isHeldByCurrentThread();

    /** How often this thread holds it; 0 if it does not. */
    int holdCount();

    /** Whether any thread of any process holds it, a dead one included; may be outdated at once. */
    boolean isLocked();

    /**
     * The number of this acquisition: higher than that of all before, in whatever process. A resource that remembers the
     * highest one it has seen can refuse what comes late from an owner of the past.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock
     */
    long fencingToken();

    /**
     * Who died holding it, or gave it up half done, if nobody has unlocked it in order since: look whether what the lock
     * protects is whole.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock
     */
    Optional<AbandonedOwner> abandonedOwner();

    /** A condition of this lock for at most {@value SharedCondition#DEFAULT_WAITERS} threads that wait at one time. */
    @Override
    SharedCondition newCondition();

    /**
     * A condition of this lock. It goes when this process closes it, or closes the lock.
     *
     * @param mostWaiters how many threads can wait in it at one time, in all processes; each takes 24 bytes
     * @throws IllegalArgumentException if that is less than 1 or more than {@value SharedCondition#MOST_WAITERS}
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    SharedCondition newCondition(int mostWaiters);

    /** Ends the use of this handle, and of the lock if this handle made it; a second call does nothing. */
    @Override
    void close();
}
