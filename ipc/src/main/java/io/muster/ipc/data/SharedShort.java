package io.muster.ipc.data;

import java.io.Serializable;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * A short that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there.
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedShort extends AutoCloseable, Serializable {

    /**
     * Makes one that is 0.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedShort create() {
        return create((short) 0);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedShort create(short initial) {
        return new ShortHandle(ValueCore.create(ValueType.SHORT, initial), true);
    }

    short get();

    void set(short value);

    /** Sets it; returns what it was before. */
    short getAndSet(short value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(short expected, short update);

    /** Adds, wrapping around; returns what it was before. */
    short getAndAdd(int delta);

    /** Adds, wrapping around; returns the sum. */
    short addAndGet(int delta);

    /**
     * Changes it by a function; returns what the function gave; the result is cut to a short.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    short updateAndGet(IntUnaryOperator function);

    /** {@link #updateAndGet} by a function of the value here and {@code value}, in that order. */
    short accumulateAndGet(int value, IntBinaryOperator function);

    @Override
    void close();
}
