package io.muster.ipc.internal.bell;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Waitable;

/** The handle of a shared object that can be waited for with a {@link Bell}. */
public interface BellSource extends Waitable {
    /**
     * What it stands for in this process.
     *
     * @throws ClosedObjectException if this handle is closed
     */
    BellCore bellCore();

    @Override
    default boolean isReady() {
        try {
            return bellCore().isReady();
        } catch (ClosedObjectException e) {
            return true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "what somebody waits for");
        }
    }
}
