package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.ClosedObjectException;

/** What the handles here have in common: a text that tells the object's state. */
abstract class SyncHandle<C extends SharedCore> extends SharedHandle<C> {
    private static final long serialVersionUID = 1L;

    private final transient String what;

    SyncHandle(C core, boolean maker, String what) {
        super(core, maker);
        this.what = what;
    }

    @Override
    public final String toString() {
        try {
            return core().toString();
        } catch (ClosedObjectException e) {
            return what + "[closed in this process]";
        }
    }
}
