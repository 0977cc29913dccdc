package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import java.util.Optional;

/** A {@link SharedBinarySemaphore} in this process. */
final class BinarySemaphoreCore extends UserLockCore implements BellCore {
    private final Watchers watchers;
    /** Of the latest acquisition by this process. */
    private volatile long token;

    BinarySemaphoreCore(Participant participant, Cell cell) {
        super(participant, cell);
        this.watchers = new Watchers(participant, memory, base + UserLockLayout.WATCHERS);
    }

    static BinarySemaphoreCore create(Participant participant) {
        Cell cell = participant
                .cells()
                .allocate(
                        UserLockLayout.SEMAPHORE_KIND, UserLockLayout.SEMAPHORE_VERSION, UserLockLayout.SEMAPHORE_SIZE);
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
                UserLockLayout.SEMAPHORE_VERSION,
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
        watchers.ringAfterCas();
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
        watchers.ringAfterCas();
    }

    @Override
    public Participant bellPlace() {
        return participant();
    }

    @Override
    public Watchers watchers() {
        return watchers;
    }

    @Override
    public boolean isReady() {
        checkOpen();
        try {
            return lock.isFree() || glanceAtHolder();
        } catch (ClosedObjectException e) {
            throw closed();
        }
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        checkOpen();
        return lock.awaitFree(deadline);
    }

    @Override
    public void judgeOthers() {
        judgeHolder();
    }

    @Override
    protected void retire() {
        super.retire();
        watchers.ring();
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
