package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.Memory;

/**
 * That this process uses one side of a shared object, and therefore is missed by the others when it dies: its party cell
 * there, held from the first handle that it gets to the last one that it closes.
 *
 * <pre>
 *   payload of a party's cell
 *     0        it has no handle
 *     1        HELD: it has
 *     2        TRANSIT: a handle is on its way to it, in the target that it is being started with
 *
 *   0 -> HELD        its first handle was made
 *   0 -> TRANSIT     by its parent, before it is started; only by one that has a handle itself
 *   TRANSIT -> HELD  it has decoded the target
 *   TRANSIT -> 0     by its parent, when it could not be started
 *   HELD -> 0        its last handle was closed, or it has ended by itself
 * </pre>
 *
 * <p>The cell of a party that dies is void at its death, whichever of these it holds: nobody has a list to walk.
 *
 * <p>Thread-safe.
 */
public final class Lease {
    private static final int HELD = 1;
    private static final int TRANSIT = 2;

    private final Participant participant;
    private final PartyCells cells;
    private final Owner owner;
    private int handles;
    private volatile boolean held;

    /** The object that it is a lease of. */
    public interface Owner {
        /**
         * Runs something under the lock that keeps newcomers out.
         *
         * @param newcomer whether it makes a party a user of the object that was none
         * @throws io.muster.ipc.memory.ClosedObjectException if there is no such object any more, or it takes no newcomers
         */
        void admit(Lease lease, boolean newcomer, Runnable publish);

        /** This process's last handle was closed, and the others may see it. */
        void left(Lease lease);

        /** Whether there is still anything to give back. */
        boolean isOpen();
    }

    /** @param base where the party cells lie, {@link #bytes} of them */
    public Lease(Participant participant, Memory memory, long base, Owner owner) {
        this.participant = participant;
        this.cells = new PartyCells(participant, memory, base);
        this.owner = owner;
    }

    /** What a side's leases take in a place with so many slots. */
    public static long bytes(int capacity) {
        return PartyCells.bytes(capacity);
    }

    /** All parties' cells: who else holds it. */
    public PartyCells cells() {
        return cells;
    }

    /** Whether this process has a handle: a load. */
    public boolean isHeld() {
        return held;
    }

    /** A handle of this process was made: from the first one on it is missed if it dies. */
    public synchronized void retain() {
        if (handles == 0) {
            owner.admit(this, cells.mine() == 0, () -> cells.setMine(HELD));
            held = true;
        }
        handles++;
    }

    /** One that {@link #retain} counted was closed. Returns whether it was the last one. */
    public synchronized boolean release() {
        handles--;
        if (handles == 0) {
            end();
        }
        return handles == 0;
    }

    /** {@link #retain} for a handle: it counts as closed when this JVM ends by itself. */
    public synchronized void open() {
        retain();
        LeaseExit.add(this);
    }

    /** {@link #release} for a handle. */
    public synchronized void close() {
        if (release()) {
            LeaseExit.remove(this);
        }
    }

    /** Nobody misses this process any more. */
    synchronized void end() {
        if (held) {
            held = false;
            if (owner.isOpen()) {
                cells.setMine(0);
                owner.left(this);
            }
        }
    }

    /** For {@code writeReplace}: a handle of this process is being encoded just now, by this thread. */
    public void travel() {
        Transfer transfer = Transfer.current();
        if (transfer != null) {
            transfer.take(this);
        }
    }

    boolean liesIn(Participant place) {
        return participant == place;
    }

    /** A child that does not live yet will get a handle. */
    void give(long partyId) {
        owner.admit(this, !held, () -> cells.give(partyId, TRANSIT));
    }

    /** It will not. */
    void takeBack(long partyId) {
        if (owner.isOpen()) {
            owner.admit(this, false, () -> cells.give(partyId, 0));
            owner.left(this);
        }
    }
}
