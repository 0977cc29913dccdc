package io.muster.ipc.data;

import java.io.Serializable;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * An int that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there.
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedInt extends AutoCloseable, Serializable {

    /**
     * Makes one that is 0.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedInt create() {
        return create(0);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedInt create(int initial) {
        return new IntHandle(ValueCore.create(ValueType.INT, initial), true);
    }

    int get();

    void set(int value);

    /** Sets it; returns what it was before. */
    int getAndSet(int value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(int expected, int update);

    /** Adds, wrapping around; returns what it was before. */
    int getAndAdd(int delta);

    /** Adds, wrapping around; returns the sum. */
    int addAndGet(int delta);

    /** Adds 1, atomically; returns the sum. */
    default int incrementAndGet() {
        return addAndGet(1);
    }

    /** Takes 1 away, atomically; returns what is left. */
    default int decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Changes it by a function; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    int updateAndGet(IntUnaryOperator function);

    /** {@link #updateAndGet} by a function of the value here and {@code value}, in that order. */
    int accumulateAndGet(int value, IntBinaryOperator function);

    @Override
    void close();
}
