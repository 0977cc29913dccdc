package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.ClosedObjectException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * What a user holds of a shared object: captured by a task or passed to it, it means the same object there. A handle is
 * closed by itself; if it is the one that made the object, the object goes with it, for everybody.
 *
 * <p>Subclasses replace themselves by a record around {@link #travel} when they are serialized, and that record replaces
 * itself by a handle to what {@link Participant#attach} gives.
 *
 * @param <C> the object's core
 */
public abstract class SharedHandle<C extends SharedCore> implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient C core;
    private final transient boolean maker;
    private transient volatile boolean closed;

    /** @param maker whether closing this handle ends the object */
    protected SharedHandle(C core, boolean maker) {
        this.core = core;
        this.maker = maker;
    }

    /**
     * For every operation.
     *
     * @throws ClosedObjectException if this handle is closed
     */
    protected final C core() {
        if (closed) {
            throw new ClosedObjectException(
                    getClass().getSimpleName() + " " + core.cell() + " was closed in this process");
        }
        return core;
    }

    /** What to send in place of this handle. */
    protected final CellRef travel() {
        return core().travel();
    }

    @Override
    public void close() {
        closed = true;
        if (maker) {
            core.closeForAll();
        }
    }

    /** Two handles are equal if they are of one object; collections compare what they hold instead. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SharedHandle<?> handle && handle.core == core;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(core);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a handle travels");
    }
}
