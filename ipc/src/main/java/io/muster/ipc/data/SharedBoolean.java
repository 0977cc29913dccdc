package io.muster.ipc.data;

import java.io.Serializable;

/**
 * A boolean that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there. To wait for it to change, an event
 * is better: this has no waiters.
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedBoolean extends AutoCloseable, Serializable {

    /**
     * Makes one that is false.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedBoolean create() {
        return create(false);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedBoolean create(boolean initial) {
        return new BooleanHandle(ValueCore.create(ValueType.BOOLEAN, initial ? 1 : 0), true);
    }

    boolean get();

    void set(boolean value);

    /** Sets it; returns what it was before. */
    boolean getAndSet(boolean value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(boolean expected, boolean update);

    @Override
    void close();
}
