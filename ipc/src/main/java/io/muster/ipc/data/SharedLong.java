package io.muster.ipc.data;

import java.io.Serializable;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

/**
 * A long that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there.
 *
 * <pre>{@code
 *     try (SharedLong found = SharedLong.create()) {
 *         pool.map(file -> found.addAndGet(count(file)), files);
 *     }
 * }</pre>
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedLong extends AutoCloseable, Serializable {

    /**
     * Makes one that is 0.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedLong create() {
        return create(0L);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedLong create(long initial) {
        return new LongHandle(ValueCore.create(ValueType.LONG, initial), true);
    }

    long get();

    void set(long value);

    /** Sets it; returns what it was before. */
    long getAndSet(long value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(long expected, long update);

    /** Adds, wrapping around; returns what it was before. */
    long getAndAdd(long delta);

    /** Adds, wrapping around; returns the sum. */
    long addAndGet(long delta);

    /** Adds 1, atomically; returns the sum. */
    default long incrementAndGet() {
        return addAndGet(1L);
    }

    /** Takes 1 away, atomically; returns what is left. */
    default long decrementAndGet() {
        return addAndGet(-1L);
    }

    /**
     * Changes it by a function; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    long updateAndGet(LongUnaryOperator function);

    /** {@link #updateAndGet} by a function of the value here and {@code value}, in that order. */
    long accumulateAndGet(long value, LongBinaryOperator function);

    @Override
    void close();
}
