package io.muster.ipc.data;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.UnaryOperator;

final class StructHandle<R extends Record> extends SharedHandle<StructCore<R>> implements SharedStruct<R> {
    private static final long serialVersionUID = 1L;

    private final transient String name;

    StructHandle(StructCore<R> core, boolean maker) {
        super(core, maker);
        this.name = core.name();
    }

    @Override
    public R get() {
        StructCore<R> core = core();
        try {
            return core.access().get(core.slot(), core.lock());
        } catch (InternalError e) {
            throw MemoryFault.translate(e, name);
        }
    }

    @Override
    public void set(R record) {
        Objects.requireNonNull(record, "record");
        StructCore<R> core = core();
        try {
            core.access().set(core.slot(), core.lock(), record);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, name);
        }
    }

    @Override
    public boolean compareAndSet(R expected, R update) {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(update, "update");
        StructCore<R> core = core();
        try {
            return core.access().compareAndSet(core.slot(), core.lock(), expected, update);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, name);
        }
    }

    @Override
    public R updateAndGet(UnaryOperator<R> function) {
        Objects.requireNonNull(function, "function");
        StructCore<R> core = core();
        try {
            return core.access().updateAndGet(core.slot(), core.lock(), function);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, name);
        }
    }

    /** Its record, and how that lies in memory. */
    @Override
    public String toString() {
        try {
            return "SharedStruct[" + get() + ", " + name + "]";
        } catch (ClosedObjectException e) {
            return "SharedStruct[closed, " + name + "]";
        }
    }

    private Object writeReplace() {
        return new Form(travel(), core().type());
    }

    /** What travels. */
    private record Form(CellRef ref, Class<? extends Record> type) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return new StructHandle<>(StructCore.attach(ref, type), false);
        }
    }
}
