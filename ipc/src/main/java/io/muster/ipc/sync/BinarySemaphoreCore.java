package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import java.util.Optional;

/** A {@link SharedBinarySemaphore} in this process. */
final class BinarySemaphoreCore extends UserLockCore {
    /** Of the latest acquisition by this process. */
    private volatile long token;

    BinarySemaphoreCore(Participant participant, Cell cell) {
        super(participant, cell);
    }

    static BinarySemaphoreCore create(Participant participant) {
        Cell cell = participant
                .cells()
                .allocate(UserLockLayout.SEMAPHORE_KIND, UserLockLayout.VERSION, UserLockLayout.SIZE);
        BinarySemaphoreCore core = new BinarySemaphoreCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return core;
    }

    static BinarySemaphoreCore attach(CellRef ref) {
        Participant participant = Participants.at(ref.place());
        return participant.attach(
                ref,
                UserLockLayout.SEMAPHORE_KIND,
                UserLockLayout.VERSION,
                BinarySemaphoreCore.class,
                cell -> new BinarySemaphoreCore(participant, cell));
    }

    @Override
    String typeName() {
        return "SharedBinarySemaphore";
    }

    void acquire() {
        take();
        countAcquisition();
    }

    boolean acquire(Deadline deadline) throws InterruptedException {
        if (take(deadline)) {
            countAcquisition();
            return true;
        }
        return false;
    }

    boolean tryAcquire() {
        if (tryTake()) {
            countAcquisition();
            return true;
        }
        return false;
    }

    /** Added atomically: another may have released it already, and a third one may count at the same time. */
    private void countAcquisition() {
        token = memory.getAndAddLong(base + UserLockLayout.TOKEN, 1) + 1;
    }

    void release() {
        checkOpen();
        boolean released;
        try {
            released = lock.releaseForHolder();
        } catch (ClosedObjectException e) {
            throw closed();
        }
        if (!released) {
            throw new IllegalStateException("release: " + describe() + ", nobody holds it; nothing was changed");
        }
    }

    /** At the end of a scope: what was closed meanwhile needs no release. */
    void releaseHeld() {
        if (isOpen()) {
            try {
                release();
            } catch (ClosedObjectException e) {
                // Nothing is left to release.
            }
        }
    }

    void releaseAbandoned() {
        checkHeldHere("releaseAbandoned");
        giveBackAbandoned();
    }

    boolean isHeldHere() {
        return lock.isHeldByThisProcess();
    }

    private void checkHeldHere(String what) {
        checkOpen();
        if (!isHeldHere()) {
            throw new IllegalStateException(
                    what + ": " + describe() + ", not held by this process; nothing was changed");
        }
    }

    long token() {
        checkHeldHere("fencingToken");
        return token;
    }

    Optional<AbandonedOwner> abandonedOwner() {
        checkHeldHere("abandonedOwner");
        return abandonedOwner(token);
    }
}
