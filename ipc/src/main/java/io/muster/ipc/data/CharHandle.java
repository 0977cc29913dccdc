package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;

final class CharHandle extends ValueHandle implements SharedChar {
    private static final long serialVersionUID = 1L;

    CharHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public char get() {
        try {
            return (char) open().getIntVolatile(at);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(char value) {
        try {
            open().putIntVolatile(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public char getAndSet(char value) {
        try {
            return (char) open().getAndSetInt(at, value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(char expected, char update) {
        try {
            return open().compareAndSetInt(at, expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public char getAndAdd(int delta) {
        try {
            Memory memory = open();
            int seen;
            do {
                seen = memory.getIntVolatile(at);
            } while (!memory.compareAndSetInt(at, seen, (char) (seen + delta)));
            return (char) seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public char addAndGet(int delta) {
        return (char) (getAndAdd(delta) + delta);
    }

    @Override
    public char updateAndGet(IntUnaryOperator function) {
        try {
            Objects.requireNonNull(function, "function");
            Memory memory = open();
            while (true) {
                int seen = memory.getIntVolatile(at);
                char next = (char) function.applyAsInt((char) seen);
                if (memory.compareAndSetInt(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public char accumulateAndGet(int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(seen -> function.applyAsInt(seen, value));
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
