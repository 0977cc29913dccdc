package io.muster.ipc.data;

import java.io.Serializable;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A char that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there.
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedChar extends AutoCloseable, Serializable {

    /**
     * Makes one that is 0.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedChar create() {
        return create((char) 0);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedChar create(char initial) {
        return new CharHandle(ValueCore.create(ValueType.CHAR, initial), true);
    }

    char get();

    void set(char value);

    /** Sets it; returns what it was before. */
    char getAndSet(char value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(char expected, char update);

    /** Adds, wrapping around; returns what it was before. */
    char getAndAdd(int delta);

    /** Adds, wrapping around; returns the sum. */
    char addAndGet(int delta);

    /**
     * Changes it by a function; returns what the function gave; the result is cut to a char.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    char updateAndGet(IntUnaryOperator function);

    /** {@link #updateAndGet} by a function of the value here and {@code value}, in that order. */
    char accumulateAndGet(int value, IntBinaryOperator function);

    @Override
    void close();
}
