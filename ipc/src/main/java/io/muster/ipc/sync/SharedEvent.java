package io.muster.ipc.sync;

import io.muster.ipc.wait.Waitable;
import java.time.Duration;

/**
 * A flag that threads of any process wait for: Python's {@code Event}.
 *
 * <pre>{@code
 *     SharedEvent green = SharedEvent.create();
 *     ChildProcess.start(() -> { green.await(); drive(); });
 *     green.set();
 * }</pre>
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same event there. The process that made it ends it for
 * all by {@link #close()}.
 *
 * <p>Thread-safe. Death: the flag is one word, so it is set or not, whoever dies; nobody is waited for, and a waiter that is
 * killed is missed by nobody. A process killed inside {@code set}, after the flag was set and before the sleepers were woken, is
 * made good within 250 ms.
 *
 * <p>For a {@code WaitSet} it {@linkplain Waitable#isReady is ready} while it is set.
 *
 * <p>All methods throw {@link io.muster.ipc.memory.ClosedObjectException} once the event or this handle is closed.
 */
public interface SharedEvent extends AutoCloseable, Waitable {

    /**
     * Makes an event that is not set, in this process's session.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedEvent create() {
        return EventHandle.create();
    }

    /**
     * Sets the flag and lets all go on that wait now, also if it is cleared right after. Never waits for anybody. What the
     * caller stored before is seen by whoever finds it set.
     */
    void set();

    /** Clears the flag: whoever comes now waits. */
    void clear();

    /** Whether the flag is set. */
    boolean isSet();

    /**
     * Waits until the flag is set; returns at once if it is.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     */
    void await() throws InterruptedException;

    /**
     * The same for at most that long; zero and less only look.
     *
     * @return whether it was set, be it for a moment only
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** {@link #await()}, but an interrupt only leaves its flag. */
    void awaitUninterruptibly();

    /** Ends the use of this handle; in the process that made the event, ends the event for all. Twice is harmless. */
    @Override
    void close();
}
