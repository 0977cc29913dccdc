package io.muster.ipc.sync;

import io.muster.ipc.wait.Waitable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets waiters of any process go once a number of things were counted: {@link java.util.concurrent.CountDownLatch}.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same latch there. The process that made it ends it for
 * all by {@link #close()}.
 *
 * <p>Thread-safe. Death: <b>no promise</b>. A latch cannot know who should have counted: if a process dies before its
 * {@link #countDown()}, the others wait for ever, or until their time is out. What it had counted stays. Where that
 * matters use a {@link SharedBarrier}, or wait for the process itself.
 *
 * <p>For a {@code WaitSet} it {@linkplain Waitable#isReady is ready} while the count has come to zero.
 *
 * <p>All methods throw {@link io.muster.ipc.memory.ClosedObjectException} once the latch or this handle is closed.
 */
public interface SharedCountDownLatch extends AutoCloseable, Waitable {

    /**
     * Makes a latch in this process's session.
     *
     * @param count how often it must be counted down, 0 or more
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedCountDownLatch create(long count) {
        return LatchHandle.create(count);
    }

    /**
     * Waits until the count is 0; returns at once if it is.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     */
    void await() throws InterruptedException;

    /**
     * The same for at most that long; zero and less only look.
     *
     * @return whether the count is 0
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** {@link #await(Duration)} as the JDK's latch has it. */
    boolean await(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Counts one down, and lets the waiters go if that makes 0; does nothing at 0. Never waits. What the caller stored before is
     * seen by those who are let go.
     */
    void countDown();

    /** How often it must still be counted down. */
    long getCount();

    /** Ends the use of this handle; in the process that made the latch, ends it for all. Twice is harmless. */
    @Override
    void close();
}
