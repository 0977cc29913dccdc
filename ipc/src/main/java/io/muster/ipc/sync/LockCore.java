package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link SharedLock} in this process: which of its threads holds it, and how often. No other process needs to know, and
 * it ends with the process.
 */
final class LockCore extends UserLockCore {
    private static final List<WaitWord> NOBODY = List.of();
    /** Conditions that this process made for the lock, and that go with it. */
    private final Set<ConditionHandle> conditions = ConcurrentHashMap.newKeySet();
    /** Plain: a thread can only find itself here if it put itself here. */
    private Thread owner;

    private int holds;
    /** Whom the holder has notified: woken once the lock is free, as they could do nothing before. */
    private List<WaitWord> toWake = NOBODY;

    LockCore(Participant participant, Cell cell) {
        super(participant, cell);
    }

    static LockCore create(Participant participant) {
        Cell cell = participant
                .cells()
                .allocate(UserLockLayout.LOCK_KIND, UserLockLayout.LOCK_VERSION, UserLockLayout.LOCK_SIZE);
        LockCore core = new LockCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return core;
    }

    static LockCore attach(CellRef ref) {
        Participant participant = Participants.at(ref.place());
        return participant.attach(
                ref,
                UserLockLayout.LOCK_KIND,
                UserLockLayout.LOCK_VERSION,
                LockCore.class,
                cell -> new LockCore(participant, cell));
    }

    @Override
    String typeName() {
        return "SharedLock";
    }

    Participant party() {
        return participant();
    }

    boolean isHeldHere() {
        return owner == Thread.currentThread();
    }

    int holds() {
        return isHeldHere() ? holds : 0;
    }

    void lock() {
        if (isHeldHere()) {
            holdOnceMore();
        } else {
            take();
            begin(1);
        }
    }

    boolean lock(Deadline deadline) throws InterruptedException {
        if (!isHeldHere()) {
            if (!take(deadline)) {
                return false;
            }
            begin(1);
            return true;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        holdOnceMore();
        return true;
    }

    boolean tryLock() {
        if (isHeldHere()) {
            holdOnceMore();
            return true;
        }
        if (!tryTake()) {
            return false;
        }
        begin(1);
        return true;
    }

    private void holdOnceMore() {
        if (holds == Integer.MAX_VALUE) {
            throw new Error(
                    "this thread has locked " + describe() + " " + holds + " times, which is the most there is");
        }
        holds++;
    }

    private void begin(int count) {
        owner = Thread.currentThread();
        holds = count;
    }

    void unlock() {
        checkHeld("unlock");
        if (holds > 1) {
            holds--;
        } else {
            end(false);
        }
    }

    void unlockAbandoned() {
        checkHeld("unlockAbandoned");
        if (holds > 1) {
            throw new IllegalMonitorStateException("unlockAbandoned: this thread holds " + describe() + " " + holds
                    + " times; only the last unlock can pass it on as abandoned. Nothing was changed");
        }
        end(true);
    }

    private void end(boolean abandoned) {
        List<WaitWord> woken = toWake;
        holds = 0;
        owner = null;
        if (woken != NOBODY) {
            toWake = NOBODY;
        }
        if (abandoned) {
            giveBackAbandoned();
        } else {
            giveBack();
        }
        if (woken != NOBODY) {
            woken.forEach(word -> word.wakeAfterCas(1));
        }
    }

    /** For a wait in a condition; returns what {@link #lockAgain} must be given. */
    int unlockFully() {
        int count = holds;
        end(false);
        return count;
    }

    void lockAgain(int count) {
        take();
        begin(count);
    }

    /** By its holder: wakes that sleeper after the unlock. */
    void wakeLater(WaitWord word) {
        if (toWake == NOBODY) {
            toWake = List.of(word);
            return;
        }
        if (toWake.size() == 1) {
            toWake = new ArrayList<>(toWake);
        }
        toWake.add(word);
    }

    void checkHeld(String what) {
        if (!isHeldHere()) {
            checkOpen();
            throw new IllegalMonitorStateException(what + ": " + describe() + " is not held by this thread, "
                    + Thread.currentThread().getName() + "; nothing was changed");
        }
    }

    long token() {
        checkHeld("fencingToken");
        return lock.token();
    }

    Optional<AbandonedOwner> abandonedOwner() {
        checkHeld("abandonedOwner");
        return abandonedOwner(lock.token());
    }

    void addCondition(ConditionHandle condition) {
        conditions.add(condition);
    }

    void removeCondition(ConditionHandle condition) {
        conditions.remove(condition);
    }

    @Override
    protected void retire() {
        super.retire();
        conditions.forEach(ConditionHandle::close);
    }
}
