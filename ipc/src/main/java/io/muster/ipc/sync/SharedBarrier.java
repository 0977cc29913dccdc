package io.muster.ipc.sync;

import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A point that a fixed number of threads, of any processes, pass only together, again and again: Python's {@code Barrier} and
 * the JDK's {@link java.util.concurrent.CyclicBarrier}.
 *
 * <pre>{@code
 *     SharedBarrier barrier = SharedBarrier.create(2);
 *     ChildProcess.start(() -> {
 *         try (barrier) {
 *             for (int step = 0; step < 1000; step++) { compute(step); barrier.await(); }
 *         }
 *     });
 * }</pre>
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same barrier there. The process that made it ends it for
 * all by {@link #close()}.
 *
 * <p><b>Broken.</b> A barrier breaks when one that waits is interrupted, runs out of time, or an action throws; when
 * somebody calls {@link #abort()}; and when a process dies that may be missed. All who wait then get a
 * {@code BrokenBarrierException}, and so does whoever comes, until {@link #reset()}.
 *
 * <p>Thread-safe. Death: a process may be missed from the moment that a handle arrives in it until it has closed all its handles,
 * or has ended by itself (its main method has returned and no thread is left). If it is killed, crashes or exits before that,
 * the barrier breaks: within 10 ms of its visible end where its parent lives, else within 250 ms. A child counts from its start on, if
 * its target has a handle; a process that a handle is sent to in another way is not known before it has arrived. One that is
 * stopped is waited for.
 *
 * <p>All methods throw {@link io.muster.ipc.memory.ClosedObjectException} once the barrier or this handle is closed.
 */
public interface SharedBarrier extends AutoCloseable {
    /** The most parties that a barrier can have. */
    int MOST_PARTIES = (1 << 16) - 1;

    /**
     * Makes a barrier in this process's session.
     *
     * @param parties how many threads must come before all may go on, 1 to {@link #MOST_PARTIES}
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedBarrier create(int parties) {
        return BarrierHandle.create(parties);
    }

    /**
     * Waits until all parties have come.
     *
     * @return this one's place: {@code parties() - 1} for the first to come, 0 for the last
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; the barrier is broken then
     * @throws BrokenBarrierException if it is broken or was reset meanwhile
     */
    int await() throws InterruptedException, BrokenBarrierException;

    /**
     * The same for at most that long; zero and less: only if this is the last party.
     *
     * @throws TimeoutException if the time was over before; the barrier is broken then
     */
    int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException;

    /** {@link #await(Duration)} as the JDK's barrier has it. */
    int await(long timeout, TimeUnit unit) throws InterruptedException, BrokenBarrierException, TimeoutException;

    /**
     * {@link #await()}, with something to do once all have come and before anybody goes on: the last to come runs the action
     * that it brought. So parties that all bring one see one of them run in each pass. What it throws breaks the barrier
     * and is thrown here.
     */
    int await(Runnable action) throws InterruptedException, BrokenBarrierException;

    /** The same for at most that long; the action itself is not limited. */
    int await(Runnable action, Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException;

    /**
     * Breaks it: for a party that cannot go on. Twice is harmless. Waits if a process was stopped in the middle of an
     * operation of this barrier, until it goes on or dies; so does {@link #reset()}.
     */
    void abort();

    /** Makes it as new: those who wait get a {@code BrokenBarrierException}, and the dead are forgotten. */
    void reset();

    /** Whether it is broken. */
    boolean isBroken();

    /** How many have come and wait now. */
    int waiting();

    /** How many must come; constant. */
    int parties();

    /** Ends the use of this handle; in the process that made the barrier, ends it for all. Twice is harmless. */
    @Override
    void close();
}
