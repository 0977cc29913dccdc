package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

final class ShortHandle extends ValueHandle implements SharedShort {
    private static final long serialVersionUID = 1L;

    ShortHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public short get() {
        try {
            return (short) open().getIntVolatile(at);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(short value) {
        try {
            open().putIntVolatile(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public short getAndSet(short value) {
        try {
            return (short) open().getAndSetInt(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(short expected, short update) {
        try {
            return open().compareAndSetInt(at, expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public short getAndAdd(int delta) {
        try {
            Memory memory = open();
            int seen;
            do {
                seen = memory.getIntVolatile(at);
            } while (!memory.compareAndSetInt(at, seen, (short) (seen + delta)));
            return (short) seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public short addAndGet(int delta) {
        return (short) (getAndAdd(delta) + delta);
    }

    @Override
    public short updateAndGet(IntUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                int seen = memory.getIntVolatile(at);
                short next = (short) function.applyAsInt((short) seen);
                if (memory.compareAndSetInt(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public short accumulateAndGet(int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsInt(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
