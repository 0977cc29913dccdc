package io.muster.ipc.internal.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * That this thread encodes, for a known receiver, something that may have handles in it. From the moment of its encoding a
 * handle counts for the receiver too, so that the sender may close its own at once.
 *
 * <p>Without one, a handle travels with no lease: where it arrives it can only be used if somebody still uses the object.
 *
 * <pre>{@code
 *     try (Transfer transfer = Transfer.toChild(partyId)) { encode(...); }
 * }</pre>
 *
 * <p>For one thread, which also closes it; {@link #end} may be called by any.
 */
public final class Transfer implements AutoCloseable {
    /** One place each, so that there is nothing to remove. */
    private static final ThreadLocal<Transfer[]> CURRENT = ThreadLocal.withInitial(() -> new Transfer[1]);

    private static final long TASK = 0;

    private final long child;
    private final Transfer[] current;
    private final Transfer outer;
    private List<Lease> taken = List.of();

    private Transfer(long child) {
        this.child = child;
        this.current = CURRENT.get();
        this.outer = current[0];
        current[0] = this;
    }

    /**
     * To a child of this process that is about to be started: its cells say so until it has decoded them, or is dead.
     *
     * @param partyId what was reserved for it in this process's session
     */
    public static Transfer toChild(long partyId) {
        return new Transfer(partyId);
    }

    /** To a task that some worker will run: this process keeps a use of each handle until {@link #end}. */
    public static Transfer toTask() {
        return new Transfer(TASK);
    }

    static Transfer current() {
        return CURRENT.get()[0];
    }

    void take(Lease lease) {
        if (child == TASK) {
            lease.retain();
        } else if (lease.liesIn(Participants.ofSession())) {
            lease.give(child);
        } else {
            return; // Of another place, in which nobody is reserved anything.
        }
        if (taken.isEmpty()) {
            taken = new ArrayList<>();
        }
        taken.add(lease);
    }

    /** Whether there was any handle. */
    public boolean isEmpty() {
        return taken.isEmpty();
    }

    /** Everything is encoded. */
    @Override
    public void close() {
        current[0] = outer;
    }

    /** The task is over; or the child was not started. Twice is harmless. */
    public void end() {
        List<Lease> ending;
        synchronized (this) {
            ending = taken;
            taken = List.of();
        }
        for (Lease lease : ending) {
            if (child == TASK) {
                lease.release();
            } else {
                lease.takeBack(child);
            }
        }
    }
}
