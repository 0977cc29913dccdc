package io.muster.ipc.sync;

import io.muster.ipc.wait.Waitable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A number of permits for all threads of all processes: {@link java.util.concurrent.Semaphore}, and the permits that a process
 * holds come back when it dies.
 *
 * <pre>{@code
 *     SharedSemaphore two = SharedSemaphore.create(2);
 *     ChildProcess.start(() -> {
 *         try (var permit = two.hold()) {
 *             sing();
 *         }
 *     });
 * }</pre>
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same permits there. The process that made it ends it for
 * all by {@link #close()}.
 *
 * <p><b>Order.</b> {@link #create} and {@link #createBounded} are barging: a permit goes to whoever comes first, which is
 * fast; requests for several permits may starve while others take single ones. {@link #createFair} serves processes in the
 * order in which they began to wait, and the threads of a process in theirs, whatever they ask for; a process that is stopped
 * while it is its turn is passed by after a moment. The {@code tryAcquire} methods without a time-out always barge.
 *
 * <p><b>Who holds.</b> A permit is held by the process that acquired it. {@link #release} gives back what the calling process
 * holds; whatever is beyond that is new, as the JDK and Python allow anybody to release. So do not use it as a signal (A
 * acquires, B releases): B's release makes a permit while A still holds one, and A's comes back too when A dies. For that
 * there is {@link SharedSignal}.
 *
 * <p>Thread-safe. Death: the permits that a killed process held are there again, within 10 ms of its visible end where its parent
 * lives, else within 250 ms. A release that it was in is done or not. A process that is stopped keeps what it holds.
 *
 * <p>For a {@code WaitSet} it {@linkplain Waitable#isReady is ready} while a permit is available; in a fair one others may stand in
 * line for it.
 *
 * <p>All methods throw {@link io.muster.ipc.memory.ClosedObjectException} once the semaphore or this handle is closed.
 */
public interface SharedSemaphore extends AutoCloseable, Waitable {
    /** The most permits that the threads of one process can hold together. */
    int MOST_HELD = (1 << 24) - 1;

    /**
     * Makes a barging semaphore in this process's session.
     *
     * @param permits 0 or more
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedSemaphore create(int permits) {
        return SemaphoreHandle.create(permits, SemaphoreLayout.NO_LIMIT, false);
    }

    /** The same, serving those who wait in order. */
    static SharedSemaphore createFair(int permits) {
        return SemaphoreHandle.create(permits, SemaphoreLayout.NO_LIMIT, true);
    }

    /**
     * The same as {@link #create}, and a release that would make more than {@code permits} available is an error: Python's
     * {@code BoundedSemaphore}. What comes back from a dead process is cut off there too.
     */
    static SharedSemaphore createBounded(int permits) {
        return SemaphoreHandle.create(permits, permits, false);
    }

    /**
     * Takes one permit, and waits until there is one.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing was taken
     * @throws IllegalStateException if this process held more than {@link #MOST_HELD} then
     */
    void acquire() throws InterruptedException;

    /** The same for that many at once, 0 or more. */
    void acquire(int permits) throws InterruptedException;

    /** {@link #acquire()}, but an interrupt only leaves its flag. */
    void acquireUninterruptibly();

    /** {@link #acquire(int)}, but an interrupt only leaves its flag. */
    void acquireUninterruptibly(int permits);

    /**
     * Takes one permit if there is one, also if others wait. If a process was stopped in the middle of a change of this
     * semaphore, it waits for that one, a quarter of a second at most, and takes none then.
     */
    boolean tryAcquire();

    /** The same for that many at once. */
    boolean tryAcquire(int permits);

    /**
     * Takes one permit, and waits for it at most that long; zero and less try once.
     *
     * @return whether it was taken
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing was taken
     */
    boolean tryAcquire(Duration timeout) throws InterruptedException;

    /** The same for that many at once. */
    boolean tryAcquire(int permits, Duration timeout) throws InterruptedException;

    /** {@link #tryAcquire(Duration)} as the JDK's semaphore has it. */
    boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException;

    /** {@link #tryAcquire(int, Duration)} as the JDK's semaphore has it. */
    boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException;

    /** Gives one permit back, or makes one; see above. Waits for nobody, be they stopped. */
    void release();

    /**
     * The same for that many at once, 0 or more.
     *
     * @throws IllegalStateException if more would be available than the bound, or than {@code Integer.MAX_VALUE}; nothing was
     *     changed
     */
    void release(int permits);

    /** How many can be taken now; may be outdated at once. */
    int availablePermits();

    /** Takes all that are there, at most {@link #MOST_HELD}; this process then holds them. */
    int drainPermits();

    /**
     * Takes one permit for a block of code: {@code try (var permit = semaphore.hold()) { ... }}.
     *
     * @throws InterruptedException as {@link #acquire()}
     */
    Hold hold() throws InterruptedException;

    /** The same for that many at once. */
    Hold hold(int permits) throws InterruptedException;

    /** Ends the use of this handle; in the process that made the semaphore, ends it for all. Twice is harmless. */
    @Override
    void close();

    /** Permits that go back at the end of a block, on whatever thread of this process. */
    interface Hold extends AutoCloseable {
        /** Gives them back; does nothing the second time, or if the semaphore is not there any more. */
        @Override
        void close();
    }
}
