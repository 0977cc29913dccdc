package io.muster.ipc.data;

import java.io.Serializable;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A double that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there.
 *
 * <p>Comparing goes by the bits of a number: 0.0 is not -0.0, and a NaN is itself.
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedDouble extends AutoCloseable, Serializable {

    /**
     * Makes one that is 0.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedDouble create() {
        return create(0.0);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedDouble create(double initial) {
        return new DoubleHandle(ValueCore.create(ValueType.DOUBLE, Double.doubleToRawLongBits(initial)), true);
    }

    double get();

    void set(double value);

    /** Sets it; returns what it was before. */
    double getAndSet(double value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(double expected, double update);

    /** Adds; returns what it was before. */
    double getAndAdd(double delta);

    /** Adds; returns the sum. */
    double addAndGet(double delta);

    /**
     * Changes it by a function; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    double updateAndGet(DoubleUnaryOperator function);

    /** {@link #updateAndGet} by a function of the value here and {@code value}, in that order. */
    double accumulateAndGet(double value, DoubleBinaryOperator function);

    @Override
    void close();
}
