package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.function.BooleanSupplier;

/** A semaphore in this process. */
final class SemaphoreCore extends GuardedCore {
    private final long base;
    private final long limit;
    private final PartyCells held;
    private final SemaphoreLine line;
    private final WaitWord waitOne;
    private final WaitWord waitMany;
    private final Waiter waiter =
            Waiter.builder().repair(this::judgeThoseInTheWay).build();

    SemaphoreCore(Participant participant, Cell cell) {
        super(
                participant,
                cell,
                cell.body() + SemaphoreLayout.LOCK,
                cell.body() + SemaphoreLayout.SEEN,
                "SharedSemaphore");
        this.base = cell.body();
        this.limit = memory.getLong(base + SemaphoreLayout.LIMIT);
        this.held = new PartyCells(participant, memory, base + SemaphoreLayout.HELD);
        boolean fair = memory.getInt(base + SemaphoreLayout.FAIR) != 0;
        this.line = fair ? new SemaphoreLine(participant, memory, base) : null;
        this.waitOne = participant.waitWord(memory, base + SemaphoreLayout.WAIT_ONE);
        this.waitMany = participant.waitWord(memory, base + SemaphoreLayout.WAIT_MANY);
    }

    /** @param capacity of the place's party table */
    static long bodyBytes(int capacity, boolean fair) {
        return SemaphoreLayout.bodyBytes(capacity, fair);
    }

    static void format(Cell cell, int permits, int limit, boolean fair) {
        cell.memory().putLong(cell.body() + SemaphoreLayout.TOTAL, permits);
        cell.memory().putLong(cell.body() + SemaphoreLayout.AVAILABLE, permits);
        cell.memory().putLong(cell.body() + SemaphoreLayout.LIMIT, limit);
        cell.memory().putIntRelease(cell.body() + SemaphoreLayout.FAIR, fair ? 1 : 0);
    }

    private long available() {
        return memory.getLongVolatile(base + SemaphoreLayout.AVAILABLE);
    }

    private long total() {
        return memory.getLongVolatile(base + SemaphoreLayout.TOTAL);
    }

    boolean acquire(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        if (line != null) {
            return acquireInLine(permits, deadline, interruptible);
        }
        WaitWord word = permits == 1 ? waitOne : waitMany;
        try {
            while (true) {
                if (!enter(deadline, interruptible)) {
                    return false;
                }
                if (takeAndLeave(permits)) {
                    return true;
                }
                if (deadline.isExpired()) {
                    return false;
                }
                sleep(word, new Sleeper(permits, false), deadline, interruptible);
            }
        } catch (InterruptedException e) {
            // The wake-up that came with it, if one did, is another's.
            wakeFor(available());
            throw e;
        }
    }

    private boolean acquireInLine(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        if (!line.comeToTheFront(deadline, interruptible)) {
            return false;
        }
        try {
            boolean barging = false;
            while (enter(deadline, interruptible)) {
                if (mayGo(permits, barging)) {
                    return takeAndLeave(permits);
                }
                stand(permits);
                if (deadline.isExpired()) {
                    return false;
                }
                Sleeper sleeper = new Sleeper(permits, true);
                sleep(waitMany, sleeper, deadline, interruptible);
                barging = sleeper.overdue;
            }
            return false;
        } finally {
            if (line.leave()) {
                waitMany.wakeAll();
            }
            line.letNextComeToTheFront();
        }
    }

    private boolean mayGo(int permits, boolean barging) {
        return (barging || line.isFirst()) && memory.getLong(base + SemaphoreLayout.AVAILABLE) >= permits;
    }

    private void stand(int permits) {
        boolean done = false;
        try {
            line.stand(permits);
            done = true;
        } finally {
            leave(done);
        }
    }

    boolean tryAcquire(int permits) {
        return enterBriefly() && takeAndLeave(permits);
    }

    /** Under the lock, which it leaves. */
    private boolean takeAndLeave(int permits) {
        boolean done = false;
        long available = memory.getLong(base + SemaphoreLayout.AVAILABLE);
        boolean enough = available >= permits;
        try {
            if (enough) {
                take(permits, available);
            }
            done = true;
        } finally {
            leave(done);
        }
        if (enough) {
            wakeFor(available - permits);
        }
        return enough;
    }

    private void take(int permits, long available) {
        int mine = held.mine();
        if (permits > PartyCells.MAX_PAYLOAD - mine) {
            throw new IllegalStateException(
                    what() + " " + cell() + ": this process holds " + mine + " permits and wants " + permits
                            + " more; the most are " + PartyCells.MAX_PAYLOAD + ". Nothing was taken.");
        }
        held.setMine(mine + permits);
        memory.putLongRelease(base + SemaphoreLayout.AVAILABLE, available - permits);
    }

    void release(int permits) {
        enter();
        boolean done = false;
        try {
            long available = memory.getLong(base + SemaphoreLayout.AVAILABLE);
            if (available + permits > limit) {
                throw new IllegalStateException(what() + " " + cell() + ": " + available + " permits are available and "
                        + permits + " were released, the bound is " + limit
                        + "; nothing was changed. Release what was acquired, once.");
            }
            give(permits, available);
            done = true;
        } finally {
            leave(done);
        }
        wakeFor(permits);
    }

    private void give(int permits, long available) {
        int mine = held.mine();
        int own = Math.min(mine, permits);
        if (permits > own) {
            memory.putLongRelease(base + SemaphoreLayout.TOTAL, total() + permits - own);
        }
        if (own > 0) {
            held.setMine(mine - own);
        }
        memory.putLongRelease(base + SemaphoreLayout.AVAILABLE, available + permits);
    }

    int drain() {
        if (!enterBriefly()) {
            return 0;
        }
        boolean done = false;
        try {
            long available = memory.getLong(base + SemaphoreLayout.AVAILABLE);
            int drained = (int) Math.min(available, PartyCells.MAX_PAYLOAD - held.mine());
            if (drained > 0) {
                take(drained, available);
            }
            done = true;
            return Math.max(drained, 0);
        } finally {
            leave(done);
        }
    }

    int availablePermits() {
        checkOpen();
        if (isDeathUnseen() && enterBriefly()) {
            leave(true);
        }
        return (int) Math.max(0, available());
    }

    @Override
    void repair() {
        long ofTheLiving = held.sum();
        long total = total();
        if (total - ofTheLiving > limit) {
            // What a dead process held had been replaced by a release of somebody who held nothing.
            total = limit + ofTheLiving;
            memory.putLongRelease(base + SemaphoreLayout.TOTAL, total);
        }
        memory.putLongRelease(base + SemaphoreLayout.AVAILABLE, total - ofTheLiving);
    }

    /** After a change under the lock: so many permits may be there for others. */
    private void wakeFor(long permits) {
        if (permits > 0) {
            boolean woke = waitOne.wakeAfterCas((int) Math.min(permits, Integer.MAX_VALUE));
            woke |= waitMany.wakeAfterCas(Integer.MAX_VALUE);
            waiter.noteWoke(woke);
        }
    }

    private void sleep(WaitWord word, Sleeper sleeper, Deadline deadline, boolean interruptible)
            throws InterruptedException {
        if (interruptible) {
            waiter.await(word, sleeper, sleeper.more, deadline);
        } else {
            waiter.awaitUninterruptibly(word, sleeper, sleeper.more, deadline);
        }
    }

    /** Looks without the lock whether it is worth taking it. */
    private final class Sleeper implements BooleanSupplier {
        private final int permits;
        private final boolean inLine;
        private boolean ready;
        private boolean overdue;
        /** One who leaves with enough for itself takes it first and then wakes others, if there is more. */
        private final BooleanSupplier more = () -> !ready && available() > 0;

        Sleeper(int permits, boolean inLine) {
            this.permits = permits;
            this.inLine = inLine;
        }

        @Override
        public boolean getAsBoolean() {
            ready = isDeathUnseen() || !cell().isOpen() || available() >= permits && isMyTurn();
            return ready;
        }

        private boolean isMyTurn() {
            if (!inLine || line.isFirst()) {
                return true;
            }
            overdue = line.isFirstOverdue(available());
            return overdue;
        }
    }

    private void judgeThoseInTheWay() {
        judgeLockOwner();
        held.judgeHolders();
        if (line != null) {
            line.judgeOthers();
        }
    }

    @Override
    void wakeEverybody() {
        waitOne.wakeAll();
        waitMany.wakeAll();
    }

    @Override
    public String toString() {
        return what() + "[" + cell() + ", "
                + (cell().isOpen() ? available() + " of " + total() + " permits available" : "closed") + "]";
    }
}
