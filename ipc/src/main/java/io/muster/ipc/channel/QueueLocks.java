package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.Place;
import io.muster.ipc.wait.Deadline;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The locks of a queue: one for each side, or one for both. Whoever finds that somebody has died lets go of what it has, sets
 * the queue right with both in its hands, the put lock first, and begins again: so nobody waits for the put lock with the
 * take lock in its hands.
 *
 * <p>A process that is stopped inside holds up its own side. After a death the other side waits for it for {@link #PATIENCE_NANOS} at
 * a time, and goes on in between: what the dead had in hands comes back later then. Only if the death was inside the other side
 * itself does it wait as long as it takes.
 */
final class QueueLocks {
    /** For so long a wait stands before a lock before it looks whether it was interrupted. */
    static final long PATIENCE_NANOS = 50_000_000;
    /** Within this time after one try to set the queue right there is no other. */
    private static final long PAUSE_NANOS = 4 * PATIENCE_NANOS;
    /** A process that is stopped in the middle of a change is not waited for any longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    /** Whose words are to be changed. */
    enum Side {
        PUT,
        TAKE,
        BOTH
    }

    /** Sets the queue right. */
    interface Repair {
        /**
         * By the holder of all locks.
         *
         * @param abandoned whether somebody died, or failed, with one in hands
         * @return whether others may go on now
         */
        boolean run(boolean abandoned);

        /** Afterwards, and only then. */
        void wakeOthers();
    }

    private final Participant participant;
    private final Place place;
    private final Cell cell;
    private final QueueBooks books;
    private final Repair repair;
    private final Supplier<ClosedObjectException> closed;
    private final RobustLock put;
    private final RobustLock take;

    private volatile boolean postponed;
    private volatile long postponedAt;

    QueueLocks(
            Participant participant,
            Cell cell,
            QueueBooks books,
            Repair repair,
            Supplier<ClosedObjectException> closed) {
        this.participant = participant;
        this.place = participant.place();
        this.cell = cell;
        this.books = books;
        this.repair = repair;
        this.closed = closed;
        Memory body = cell.memory();
        put = new RobustLock(participant, body, cell.body() + QueueLayout.PUT_LOCK);
        take = books.twoLocks ? new RobustLock(participant, body, cell.body() + QueueLayout.TAKE_LOCK) : put;
    }

    /** With one lock for both sides it is that of who puts. */
    private boolean hasPut(Side side) {
        return side != Side.TAKE || !books.twoLocks;
    }

    private boolean hasTake(Side side) {
        return side != Side.PUT && books.twoLocks;
    }

    /**
     * Waits for the locks of a side.
     *
     * @param patienceNanos negative: however long it takes
     * @return whether this thread has them now, and what they guard is right
     * @throws ClosedObjectException if the queue is closed
     */
    boolean enter(Side side, long patienceNanos) {
        RobustLock one = side == Side.PUT ? put : side == Side.TAKE ? take : null;
        if (one == null || !one.tryAcquireFree()) {
            return enterSlowly(side, patienceNanos);
        }
        // One that was free was not abandoned.
        if (isUpToDate() && cell.isOpen()) {
            return true;
        }
        letGo(one);
        return enterSlowly(side, patienceNanos);
    }

    private boolean enterSlowly(Side side, long patienceNanos) {
        while (acquire(side, patienceNanos)) {
            if (isRight(side)) {
                return true;
            }
            boolean abandoned = isAbandoned(side);
            letGo(side);
            checkOpen();
            if (!setRight(PATIENCE_NANOS)) {
                postpone();
                if (abandoned && patienceNanos >= 0) {
                    return false;
                }
            }
        }
        return false;
    }

    private boolean acquire(Side side, long patienceNanos) {
        if (hasPut(side) && !acquire(put, patienceNanos)) {
            return false;
        }
        boolean all = false;
        try {
            all = !hasTake(side) || acquire(take, patienceNanos);
        } finally {
            if (!all && hasPut(side)) {
                letGo(put);
            }
        }
        return all;
    }

    private boolean acquire(RobustLock lock, long patienceNanos) {
        try {
            if (lock.tryAcquireFree()) {
                return true;
            }
            if (patienceNanos >= 0) {
                return lock.acquireUninterruptibly(Deadline.afterNanos(patienceNanos));
            }
            lock.acquire();
            return true;
        } catch (ClosedObjectException e) {
            throw closed.get();
        }
    }

    private boolean isRight(Side side) {
        return (isUpToDate() || side != Side.BOTH && isPostponed()) && !isAbandoned(side) && cell.isOpen();
    }

    private boolean isUpToDate() {
        return place.deaths() == books.get(QueueLayout.DEATHS);
    }

    private boolean isAbandoned(Side side) {
        return hasPut(side) && put.isAbandoned() || hasTake(side) && take.isAbandoned();
    }

    /** Somebody holds the other side and does not go on: this one does without, for a while. */
    private void postpone() {
        postponedAt = System.nanoTime();
        postponed = true;
    }

    private boolean isPostponed() {
        return postponed && System.nanoTime() - postponedAt < PAUSE_NANOS;
    }

    /**
     * Sets the queue right if that is due, with all locks.
     *
     * @return false if they were not to be had in that time
     */
    boolean setRight(long patienceNanos) {
        if (!acquire(Side.BOTH, patienceNanos)) {
            return false;
        }
        boolean due = !isUpToDate() || isAbandoned(Side.BOTH);
        if (!due || !cell.isOpen()) {
            letGo(Side.BOTH);
            return true;
        }
        boolean done = false;
        boolean tell = false;
        try {
            tell = repair.run(isAbandoned(Side.BOTH));
            postponed = false;
            done = true;
        } finally {
            release(Side.BOTH, done);
        }
        if (tell) {
            repair.wakeOthers();
        }
        return true;
    }

    /** Whether that is due, as far as can be seen from outside. */
    boolean isRepairDue() {
        return !isUpToDate() || isLeft(put) || isLeft(take);
    }

    private boolean isLeft(RobustLock lock) {
        long owner = lock.owner();
        return lock.isAbandoned() || isOther(owner) && participant.isDead(owner);
    }

    /** So it is seen rarely, unless that process is stopped, or dead and nobody has noticed. */
    boolean isHeldByAnother() {
        return isOther(put.owner()) || isOther(take.owner());
    }

    /** Publishes the death of a holder that nobody has noticed. */
    void judgeHolders() {
        judge(put.owner());
        judge(take.owner());
    }

    void judge(long party) {
        if (isOther(party)) {
            participant.isDeadByWitnesses(party);
        }
    }

    private boolean isOther(long party) {
        return party != participant.self() && party != PartyId.NOBODY && party != PartyId.CLOSED;
    }

    /** Whether something was so while nobody took, or may have died doing it: then HEAD and TAIL say what items there are. */
    boolean isSureWhileNobodyTakes(BooleanSupplier something) {
        long token = take.token();
        return nobodyTakes() && something.getAsBoolean() && nobodyTakes() && take.token() == token;
    }

    private boolean nobodyTakes() {
        return take.owner() == PartyId.NOBODY && !take.isAbandoned() && isUpToDate();
    }

    /**
     * Gives back what {@link #enter} has acquired.
     *
     * @param inOrder false if a change was not completed: the next one finds the queue to be set right
     */
    void exit(Side side, boolean inOrder) {
        if (inOrder && side != Side.BOTH) {
            release(side == Side.PUT ? put : take, true);
        } else {
            exitWithCare(side, inOrder);
        }
    }

    private void exitWithCare(Side side, boolean inOrder) {
        if (inOrder && hasTake(side) && hasPut(side)) {
            books.lookAtAll();
        }
        release(side, inOrder);
    }

    private void release(Side side, boolean inOrder) {
        try {
            if (hasTake(side)) {
                release(take, inOrder);
            }
        } finally {
            if (hasPut(side)) {
                release(put, inOrder);
            }
        }
    }

    /** What was abandoned before stays so. */
    private void letGo(Side side) {
        if (hasTake(side)) {
            letGo(take);
        }
        if (hasPut(side)) {
            letGo(put);
        }
    }

    private void letGo(RobustLock lock) {
        release(lock, !lock.isAbandoned());
    }

    private void release(RobustLock lock, boolean inOrder) {
        try {
            if (inOrder) {
                lock.release();
            } else {
                lock.releaseAbandoned();
            }
        } catch (IllegalMonitorStateException e) {
            checkOpen(); // closed by another, while this process stood still in the middle of its change
            throw e;
        }
    }

    private void checkOpen() {
        if (!cell.isOpen()) {
            throw closed.get();
        }
    }

    /**
     * Closes them for good.
     *
     * @param retire what ends the queue
     * @return whether nobody was stopped inside
     */
    boolean close(Runnable retire) {
        boolean hasPut;
        boolean hasTake;
        try {
            hasPut = put.acquireUninterruptibly(Deadline.after(CLOSE_LIMIT));
            hasTake = take == put ? hasPut : take.acquireUninterruptibly(Deadline.after(CLOSE_LIMIT));
        } catch (ClosedObjectException e) {
            return true;
        }
        retire.run();
        close(put, hasPut);
        if (take != put) {
            close(take, hasTake);
        }
        return hasPut && hasTake;
    }

    private static void close(RobustLock lock, boolean held) {
        if (held) {
            lock.close();
        } else {
            lock.closeForHolder();
        }
    }
}
