package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

final class ByteHandle extends ValueHandle implements SharedByte {
    private static final long serialVersionUID = 1L;

    ByteHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public byte get() {
        try {
            return (byte) open().getIntVolatile(at);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(byte value) {
        try {
            open().putIntVolatile(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public byte getAndSet(byte value) {
        try {
            return (byte) open().getAndSetInt(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(byte expected, byte update) {
        try {
            return open().compareAndSetInt(at, expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public byte getAndAdd(int delta) {
        try {
            Memory memory = open();
            int seen;
            do {
                seen = memory.getIntVolatile(at);
            } while (!memory.compareAndSetInt(at, seen, (byte) (seen + delta)));
            return (byte) seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public byte addAndGet(int delta) {
        return (byte) (getAndAdd(delta) + delta);
    }

    @Override
    public byte updateAndGet(IntUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                int seen = memory.getIntVolatile(at);
                byte next = (byte) function.applyAsInt((byte) seen);
                if (memory.compareAndSetInt(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public byte accumulateAndGet(int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsInt(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
