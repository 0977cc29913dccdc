package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

final class FloatHandle extends ValueHandle implements SharedFloat {
    private static final long serialVersionUID = 1L;

    FloatHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public float get() {
        try {
            return Float.intBitsToFloat(open().getIntVolatile(at));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(float value) {
        try {
            open().putIntVolatile(at, Float.floatToRawIntBits(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public float getAndSet(float value) {
        try {
            return Float.intBitsToFloat(open().getAndSetInt(at, Float.floatToRawIntBits(value)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(float expected, float update) {
        try {
            return open().compareAndSetInt(at, Float.floatToRawIntBits(expected), Float.floatToRawIntBits(update));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public float getAndAdd(float delta) {
        try {
            Memory memory = open();
            int seen;
            do {
                seen = memory.getIntVolatile(at);
            } while (!memory.compareAndSetInt(at, seen, Float.floatToRawIntBits(Float.intBitsToFloat(seen) + delta)));
            return Float.intBitsToFloat(seen);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public float addAndGet(float delta) {
        return getAndAdd(delta) + delta;
    }

    @Override
    public float updateAndGet(DoubleUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                int seen = memory.getIntVolatile(at);
                float next = (float) function.applyAsDouble(Float.intBitsToFloat(seen));
                if (memory.compareAndSetInt(at, seen, Float.floatToRawIntBits(next))) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public float accumulateAndGet(float value, DoubleBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsDouble(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
