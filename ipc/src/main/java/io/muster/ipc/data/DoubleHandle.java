package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

final class DoubleHandle extends ValueHandle implements SharedDouble {
    private static final long serialVersionUID = 1L;

    DoubleHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public double get() {
        try {
            return Double.longBitsToDouble(open().getLongVolatile(at));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(double value) {
        try {
            open().putLongVolatile(at, Double.doubleToRawLongBits(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public double getAndSet(double value) {
        try {
            return Double.longBitsToDouble(open().getAndSetLong(at, Double.doubleToRawLongBits(value)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(double expected, double update) {
        try {
            return open().compareAndSetLong(
                            at, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public double getAndAdd(double delta) {
        try {
            Memory memory = open();
            long seen;
            do {
                seen = memory.getLongVolatile(at);
            } while (!memory.compareAndSetLong(
                    at, seen, Double.doubleToRawLongBits(Double.longBitsToDouble(seen) + delta)));
            return Double.longBitsToDouble(seen);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public double addAndGet(double delta) {
        return getAndAdd(delta) + delta;
    }

    @Override
    public double updateAndGet(DoubleUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                long seen = memory.getLongVolatile(at);
                double next = function.applyAsDouble(Double.longBitsToDouble(seen));
                if (memory.compareAndSetLong(at, seen, Double.doubleToRawLongBits(next))) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public double accumulateAndGet(double value, DoubleBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsDouble(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
