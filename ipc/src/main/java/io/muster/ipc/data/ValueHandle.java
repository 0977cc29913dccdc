package io.muster.ipc.data;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.SegmentException;
import java.io.Serializable;

/** What handles of all values have in common. */
abstract class ValueHandle extends SharedHandle<ValueCore> {
    private static final long serialVersionUID = 1L;

    /** Offset of the value. */
    final transient long at;

    private final transient String name;

    ValueHandle(ValueCore core, boolean maker) {
        super(core, maker);
        this.at = core.at();
        this.name = core.name();
    }

    /** For every operation. */
    final Memory open() {
        ValueCore core = core();
        core.checkOpen();
        return core.memory();
    }

    final SegmentException fault(InternalError error) {
        return MemoryFault.translate(error, name);
    }

    /** The value in words. */
    abstract String valueText();

    /** Its value. */
    @Override
    public final String toString() {
        String type = getClass().getSimpleName().replace("Handle", "");
        try {
            return "Shared" + type + "[" + valueText() + "]";
        } catch (ClosedObjectException e) {
            return "Shared" + type + "[closed, in " + name + "]";
        }
    }

    final Object writeReplace() {
        return new Form(travel(), core().type());
    }

    /** What travels. */
    private record Form(CellRef ref, ValueType type) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return type.handle(ValueCore.attach(ref, type));
        }
    }
}
