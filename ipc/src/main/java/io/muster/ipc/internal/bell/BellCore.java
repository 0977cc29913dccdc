package io.muster.ipc.internal.bell;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;

/**
 * What the core of a shared object does so that it can be waited for with a {@link Bell}. It keeps {@link Watchers} in its
 * layout and rings them after each publication by which it may have become ready; also after a repair that may have, and
 * after it was closed.
 *
 * <p>Thread-safe, all of it.
 */
public interface BellCore {
    /** In whose place it lies: there the bell must be. */
    Participant bellPlace();

    /** Who is told. */
    Watchers watchers();

    /** Whether its words may still be used: false from the moment when it was closed for all. */
    boolean isOpen();

    /**
     * Whether one who uses it now would not have to wait. Takes nothing; sets right what the dead have left if that costs no
     * wait.
     *
     * @throws ClosedObjectException if it is closed, which counts as ready
     */
    boolean isReady();

    /**
     * Waits on the object's own words until {@link #isReady}, taking nothing: for those for whom {@link Watchers} had no room.
     *
     * @return false if the deadline came first
     */
    boolean awaitReady(Deadline deadline) throws InterruptedException;

    /**
     * Hears the witnesses on those whose death would make this ready: once a slice, by who waits, as nobody else may do it. Must
     * not wait.
     */
    default void judgeOthers() {}
}
