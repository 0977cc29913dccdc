package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import java.util.concurrent.TimeUnit;

/**
 * A core whose words change under an internal lock only: whoever enters finds the object open, and what the dead have left
 * set right.
 */
abstract class GuardedCore extends SharedCore {
    /** For what must not wait: the lock is held for less than a microsecond, unless its holder is stopped. */
    private static final long BRIEFLY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    final Memory memory;
    final RobustLock lock;
    private final long seenDeaths;
    private final String what;

    /**
     * @param lockAt where the internal lock lies
     * @param seenDeaths where the number of deaths lies that the structure has dealt with, an i32
     * @param what the object's public name, for messages
     */
    GuardedCore(Participant participant, Cell cell, long lockAt, long seenDeaths, String what) {
        super(participant, cell);
        this.memory = cell.memory();
        this.lock = new RobustLock(participant, memory, lockAt);
        this.seenDeaths = seenDeaths;
        this.what = what;
    }

    /** Takes the lock, however long it takes. */
    final void enter() {
        checkOpen();
        try {
            lock.acquire();
        } catch (ClosedObjectException e) {
            throw closedByMaker(what);
        }
        entered();
    }

    /** Takes the lock unless the deadline passes before, which takes a stopped process that holds it. */
    final boolean enter(Deadline deadline, boolean interruptible) throws InterruptedException {
        checkOpen();
        try {
            if (!(interruptible ? lock.acquire(deadline) : lock.acquireUninterruptibly(deadline))) {
                return false;
            }
        } catch (ClosedObjectException e) {
            throw closedByMaker(what);
        }
        entered();
        return true;
    }

    /** For operations that do not wait: false only if a process that is stopped holds the lock. */
    final boolean enterBriefly() {
        checkOpen();
        try {
            if (!lock.tryAcquire() && !lock.acquireUninterruptibly(Deadline.afterNanos(BRIEFLY_NANOS))) {
                return false;
            }
        } catch (ClosedObjectException e) {
            throw closedByMaker(what);
        }
        entered();
        return true;
    }

    private void entered() {
        boolean ready = false;
        try {
            if (!cell().isOpen()) {
                throw closedByMaker(what);
            }
            if (lock.isAbandoned() || isDeathUnseen() || isHalfRepaired()) {
                // Before the repair: what is asked for while it goes on is not forgotten.
                memory.putIntVolatile(seenDeaths, participant().place().deaths());
                repair();
            }
            ready = true;
        } finally {
            if (!ready) {
                leave(false);
            }
        }
    }

    /** Gives the lock back in order if all was done, else so that the next one repairs first. */
    final void leave(boolean done) {
        try {
            if (done) {
                lock.release();
            } else {
                lock.releaseAbandoned();
            }
        } catch (IllegalMonitorStateException e) {
            if (cell().isOpen()) {
                throw e;
            }
            // Closed while this process was stopped inside.
        }
    }

    /** Whether somebody died whom the structure has not dealt with yet: entering will do it. */
    final boolean isDeathUnseen() {
        return participant().place().deaths() != memory.getIntVolatile(seenDeaths);
    }

    /** Without the lock: has whoever enters next repair, as if there was a death. */
    final void askForRepair() {
        memory.putIntVolatile(seenDeaths, participant().place().deaths() - 1);
        wakeEverybody();
    }

    /**
     * Rebuilds what can be from what is true. Under the lock, after a death; a function of published words, so that it may die
     * and be done again.
     */
    abstract void repair();

    /** Under the lock: whether the words say that a repair goes on, though nobody can be at it. Only damage looks like that. */
    boolean isHalfRepaired() {
        return false;
    }

    /** Wakes all who wait in the object. */
    abstract void wakeEverybody();

    /** For repair hooks: publishes the death of a process that was killed inside. */
    final void judgeLockOwner() {
        long owner = lock.owner();
        if (owner != PartyId.NOBODY
                && owner != PartyId.CLOSED
                && owner != participant().self()) {
            participant().isDeadByWitnesses(owner);
        }
    }

    final void checkOpen() {
        if (!cell().isOpen()) {
            throw closedByMaker(what);
        }
    }

    final String what() {
        return what;
    }

    @Override
    protected final void retire() {
        boolean held = lock.acquireUninterruptibly(Deadline.afterNanos(BRIEFLY_NANOS));
        cell().retire();
        if (!held) {
            neverReuseCell();
        }
        lock.closeForHolder();
        wakeEverybody();
    }
}
