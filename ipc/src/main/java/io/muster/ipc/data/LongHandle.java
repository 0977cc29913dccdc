package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

final class LongHandle extends ValueHandle implements SharedLong {
    private static final long serialVersionUID = 1L;

    LongHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public long get() {
        try {
            return open().getLongVolatile(at);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(long value) {
        try {
            open().putLongVolatile(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public long getAndSet(long value) {
        try {
            return open().getAndSetLong(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(long expected, long update) {
        try {
            return open().compareAndSetLong(at, expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public long getAndAdd(long delta) {
        try {
            return open().getAndAddLong(at, delta);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    @Override
    public long updateAndGet(LongUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                long seen = memory.getLongVolatile(at);
                long next = function.applyAsLong(seen);
                if (memory.compareAndSetLong(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public long accumulateAndGet(long value, LongBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsLong(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
