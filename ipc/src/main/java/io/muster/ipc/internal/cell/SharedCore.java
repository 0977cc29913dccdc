package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.ClosedObjectException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What stands for one shared object in this process, however many handles there are: the place for all that only the
 * threads of this process need to agree on. {@link Participant} keeps it.
 */
public abstract class SharedCore {
    private final Participant participant;
    private final Cell cell;
    private final AtomicBoolean retired = new AtomicBoolean();
    private volatile boolean known;
    private volatile boolean usable = true;

    protected SharedCore(Participant participant, Cell cell) {
        this.participant = participant;
        this.cell = cell;
    }

    protected final Participant participant() {
        return participant;
    }

    protected final Cell cell() {
        return cell;
    }

    /** Its handle leaves this process: from now on others may know the cell. */
    final CellRef travel() {
        cell.checkOpen();
        known = true;
        return cell.ref();
    }

    final void closeForAll() {
        if (retired.compareAndSet(false, true)) {
            try {
                retire();
            } finally {
                if (usable) {
                    participant.free(cell, known);
                } else {
                    participant.forget(cell);
                }
            }
        }
    }

    /**
     * Ends the object for everybody, once: {@link Cell#retire} in an order that leaves nobody inside, then wakes all who wait,
     * so that they find it closed.
     */
    protected abstract void retire();

    /** By {@link #retire}, if a process is stopped inside: when it goes on, it writes to these bytes. */
    protected final void neverReuseCell() {
        usable = false;
    }

    /** Forgets an object that another process has closed; returns what to throw. */
    protected final ClosedObjectException closedByMaker(String what) {
        participant.forget(cell);
        return new ClosedObjectException(
                what + " " + cell + " is closed: the process that made it has closed it, for all");
    }
}
