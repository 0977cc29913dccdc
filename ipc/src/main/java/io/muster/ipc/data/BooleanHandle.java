package io.muster.ipc.data;

final class BooleanHandle extends ValueHandle implements SharedBoolean {
    private static final long serialVersionUID = 1L;

    BooleanHandle(ValueCore core, boolean maker) {
        super(core, maker);
    }

    private static int word(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    public boolean get() {
        try {
            return open().getIntVolatile(at) != 0;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public void set(boolean value) {
        try {
            open().putIntVolatile(at, word(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean getAndSet(boolean value) {
        try {
            return open().getAndSetInt(at, word(value)) != 0;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    public boolean compareAndSet(boolean expected, boolean update) {
        try {
            return open().compareAndSetInt(at, word(expected), word(update));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    @Override
    String valueText() {
        return String.valueOf(get());
    }
}
