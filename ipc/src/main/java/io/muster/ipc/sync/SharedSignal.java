package io.muster.ipc.sync;

import io.muster.ipc.wait.Waitable;
import java.time.Duration;

/**
 * A counter of things that happened: one side posts, the other side waits until there is something and takes one. What a
 * semaphore is often used for although it is not made for it: A signals B, and nobody owns anything.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same signal there. The process that made it ends it
 * for all by {@link #close()}.
 *
 * <p>Barging: a post that is there goes to whoever takes it first.
 *
 * <p>Thread-safe. Death: a post is one step, done or not; it stays when its poster dies. One that was taken is gone: when its
 * taker is killed it does not come back. For permits that come back there is {@link SharedSemaphore}. A poster killed between
 * counting and waking is made good within 250 ms.
 *
 * <p>For a {@code WaitSet} it {@linkplain Waitable#isReady is ready} while there is a post to be taken.
 *
 * <p>All methods throw {@link io.muster.ipc.memory.ClosedObjectException} once the signal or this handle is closed.
 */
public interface SharedSignal extends AutoCloseable, Waitable {

    /**
     * Makes a signal at 0, in this process's session.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedSignal create() {
        return SignalHandle.create();
    }

    /** Counts one more and wakes one waiter; never waits. What the caller stored before is seen by whoever takes it. */
    void post();

    /**
     * The same as that many posts, in one step.
     *
     * @param count 1 or more
     * @throws IllegalStateException if that would make more than {@code Long.MAX_VALUE}
     */
    void post(int count);

    /**
     * Takes one, and waits for it if there is none.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing was taken
     */
    void await() throws InterruptedException;

    /**
     * The same for at most that long; zero and less try once.
     *
     * @return whether one was taken
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing was taken
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** {@link #await()}, but an interrupt only leaves its flag. */
    void awaitUninterruptibly();

    /** Takes one if there is one. */
    boolean tryAwait();

    /** How many there are that nobody has taken; may be outdated at once. */
    long count();

    /** Ends the use of this handle; in the process that made the signal, ends it for all. Twice is harmless. */
    @Override
    void close();
}
