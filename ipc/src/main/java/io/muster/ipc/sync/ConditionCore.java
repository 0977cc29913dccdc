package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A {@link SharedCondition} in this process: its threads wait on the places that {@link ConditionPlaces} keeps. */
final class ConditionCore extends SharedCore {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LockCore lock;
    private final ConditionPlaces places;
    private final Waiter waiter = Waiter.builder().repair(this::lookForTheDead).build();
    /** Set by a waiter that saw a dead one with a notification: somebody must take the lock and pass it on. */
    private volatile boolean repairWanted;

    private final Object lookLock = new Object();
    private int lookedAtDeaths;
    private long lookedAtNanos = System.nanoTime() - LOOK_EVERY_NANOS;

    ConditionCore(Participant participant, Cell cell, LockCore lock) {
        super(participant, cell);
        this.lock = lock;
        this.places = new ConditionPlaces(participant, cell.memory(), cell.body(), lock::wakeLater);
    }

    static ConditionCore create(LockCore lock, int mostWaiters) {
        Participant participant = lock.party();
        Cell cell = participant.cells().allocate(ConditionLayout.KIND, ConditionLayout.VERSION, bodyBytes(mostWaiters));
        format(cell, mostWaiters);
        ConditionCore core = new ConditionCore(participant, cell, lock);
        cell.publish();
        participant.add(cell, core);
        return core;
    }

    static long bodyBytes(int mostWaiters) {
        if (mostWaiters < 1 || mostWaiters > SharedCondition.MOST_WAITERS) {
            throw new IllegalArgumentException("mostWaiters=" + mostWaiters + ": must be 1 to "
                    + SharedCondition.MOST_WAITERS + " threads that may wait at one time");
        }
        return ConditionLayout.bodyBytes(mostWaiters);
    }

    static void format(Cell cell, int mostWaiters) {
        ConditionPlaces.format(cell.memory(), cell.body(), mostWaiters);
    }

    static ConditionCore attach(CellRef ref, LockCore lock) {
        return lock.party()
                .attach(
                        ref,
                        ConditionLayout.KIND,
                        ConditionLayout.VERSION,
                        ConditionCore.class,
                        cell -> new ConditionCore(lock.party(), cell, lock));
    }

    LockCore lock() {
        return lock;
    }

    /** What and where it is, without a look at shared memory. */
    String name() {
        return "SharedCondition " + cell();
    }

    /** Returns true if notified; false if the deadline passed first. The lock is held again in any case. */
    boolean await(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        lock.checkHeld("await");
        checkOpen();
        places.repair();
        int place = places.enlist();
        if (place == ConditionPlaces.NONE) {
            throw new IllegalStateException(name() + ": " + places.size() + " threads wait already, which is the most"
                    + " that it was made for; nothing was done. Make it with a higher mostWaiters:"
                    + " lock.newCondition(mostWaiters) or SharedCondition.create(mostWaiters)");
        }
        return await(place, deadline, interruptible);
    }

    private boolean await(int place, Deadline deadline, boolean interruptible) throws InterruptedException {
        BooleanSupplier wakeUp = () -> !isOpen() || repairWanted || !places.isWaiting(place);
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= sleep(places.word(place), wakeUp, deadline, interruptible);
                checkOpen();
                boolean notified = isNotified(place);
                if (notified || interrupted || deadline.isExpired()) {
                    places.leave(place);
                    if (interrupted && !notified) {
                        interrupted = false;
                        throw new InterruptedException();
                    }
                    return notified;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether it is, also in place of one that died. */
    private boolean isNotified(int place) {
        if (!places.isWaiting(place)) {
            return true;
        }
        repairWanted = false;
        places.repair();
        return !places.isWaiting(place);
    }

    /** With all holds of the lock given back meanwhile; returns true if an interrupt ended it. */
    private boolean sleep(WaitWord word, BooleanSupplier wakeUp, Deadline deadline, boolean interruptible) {
        int holds = lock.unlockFully();
        try {
            if (interruptible) {
                waiter.await(word, wakeUp, deadline);
            } else {
                waiter.awaitUninterruptibly(word, wakeUp, deadline);
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        } finally {
            lock.lockAgain(holds);
        }
    }

    void checkHeld(String what) {
        lock.checkHeld(what);
    }

    /** Returns how many were notified. */
    int signal(int most) {
        lock.checkHeld("signal");
        checkOpen();
        places.repair();
        return most == 0 ? 0 : places.signal(most);
    }

    int waiters() {
        checkOpen();
        return places.waiters();
    }

    /** Once a slice, or after a death, one thread of this process looks for all of them. */
    private void lookForTheDead() {
        synchronized (lookLock) {
            int deaths = participant().place().deaths();
            long now = System.nanoTime();
            if (deaths == lookedAtDeaths && now - lookedAtNanos < LOOK_EVERY_NANOS) {
                return;
            }
            lookedAtDeaths = deaths;
            lookedAtNanos = now;
            if (isOpen()) {
                places.judgeAll();
                repairWanted |= places.isRepairWanted();
            }
        }
    }

    /** It cannot be used any more when its lock cannot. */
    private boolean isOpen() {
        return cell().isOpen() && lock.isOpen();
    }

    private void checkOpen() {
        lock.checkOpen();
        if (!cell().isOpen()) {
            throw closed();
        }
    }

    private ClosedObjectException closed() {
        return closedByMaker("SharedCondition");
    }

    @Override
    protected void retire() {
        cell().retire();
        places.wakeAll();
    }

    /** For messages. */
    String describe() {
        return isOpen()
                ? "SharedCondition[" + cell() + ", " + places.waiters() + " of at most " + places.size() + " wait, of "
                        + lock.describe() + "]"
                : "SharedCondition[" + cell() + ", closed]";
    }
}
