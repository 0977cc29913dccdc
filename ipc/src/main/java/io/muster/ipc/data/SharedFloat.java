package io.muster.ipc.data;

import java.io.Serializable;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A float that every process of the session can read and change.
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same value there.
 *
 * <p>Comparing goes by the bits of a number: 0.0 is not -0.0, and a NaN is itself.
 *
 * <p>Thread-safety: any thread of any process. All operations are atomic and in one order over all processes, so none needs a
 * lock. Death: a change by a killed process is done or not. Closing: the handle that made the value ends it for all, others
 * end only themselves; what is closed throws {@link io.muster.ipc.memory.ClosedObjectException}.
 */
public interface SharedFloat extends AutoCloseable, Serializable {

    /**
     * Makes one that is 0.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedFloat create() {
        return create(0.0f);
    }

    /** Makes one; throws as {@link #create()} does. */
    static SharedFloat create(float initial) {
        return new FloatHandle(ValueCore.create(ValueType.FLOAT, Float.floatToRawIntBits(initial)), true);
    }

    float get();

    void set(float value);

    /** Sets it; returns what it was before. */
    float getAndSet(float value);

    /** Sets it to {@code update} if it is {@code expected}; whether it was. */
    boolean compareAndSet(float expected, float update);

    /** Adds; returns what it was before. */
    float getAndAdd(float delta);

    /** Adds; returns the sum. */
    float addAndGet(float delta);

    /**
     * Changes it by a function; returns what the function gave; the result is rounded to a float.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    float updateAndGet(DoubleUnaryOperator function);

    /** {@link #updateAndGet} by a function of the value here and {@code value}, in that order. */
    float accumulateAndGet(float value, DoubleBinaryOperator function);

    @Override
    void close();
}
