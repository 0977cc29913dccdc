package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

final class IntHandle extends ValueHandle implements SharedInt {
    private static final long serialVersionUID = 1L;

    IntHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public int get() {
        try {
            return open().getIntVolatile(at);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(int value) {
        try {
            open().putIntVolatile(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public int getAndSet(int value) {
        try {
            return open().getAndSetInt(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(int expected, int update) {
        try {
            return open().compareAndSetInt(at, expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public int getAndAdd(int delta) {
        try {
            return open().getAndAddInt(at, delta);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    @Override
    public int updateAndGet(IntUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                int seen = memory.getIntVolatile(at);
                int next = function.applyAsInt(seen);
                if (memory.compareAndSetInt(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public int accumulateAndGet(int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsInt(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
