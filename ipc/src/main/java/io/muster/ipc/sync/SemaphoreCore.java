package io.muster.ipc.sync;

import static io.muster.ipc.sync.SemaphoreLayout.count;
import static io.muster.ipc.sync.SemaphoreLayout.epoch;
import static io.muster.ipc.sync.SemaphoreLayout.isRecounted;
import static io.muster.ipc.sync.SemaphoreLayout.plus;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** A semaphore in this process. */
final class SemaphoreCore extends GuardedCore implements BellCore {
    private final long base;
    private final long availableAt;
    private final long limit;
    /** What this process holds, and what its threads are about to take. */
    private final PartyCells held;
    /** What this process holds. */
    private final AtomicInteger holds = new AtomicInteger();

    private final Glance glance = new Glance();
    private final SemaphoreLine line;
    private final WaitWord waitOne;
    private final WaitWord waitMany;
    private final Watchers watchers;
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
        this.availableAt = base + SemaphoreLayout.AVAILABLE;
        this.limit = memory.getLong(base + SemaphoreLayout.LIMIT);
        this.held = new PartyCells(participant, memory, base + SemaphoreLayout.HELD);
        boolean fair = memory.getInt(base + SemaphoreLayout.FAIR) != 0;
        this.line = fair ? new SemaphoreLine(participant, memory, base) : null;
        this.waitOne = participant.waitWord(memory, base + SemaphoreLayout.WAIT_ONE);
        this.waitMany = participant.waitWord(memory, base + SemaphoreLayout.WAIT_MANY);
        this.watchers = new Watchers(participant, memory, base + SemaphoreLayout.WATCHERS);
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

    private long word() {
        return memory.getLongVolatile(availableAt);
    }

    private int available() {
        return SemaphoreLayout.count(word());
    }

    private long total() {
        return memory.getLongVolatile(base + SemaphoreLayout.TOTAL);
    }

    boolean acquire(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (line != null) {
            return acquireInLine(permits, deadline, interruptible);
        }
        checkOpen();
        return take(permits) || slowAcquire(permits, deadline, interruptible);
    }

    private boolean slowAcquire(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        WaitWord word = permits == 1 ? waitOne : waitMany;
        Sleeper sleeper = new Sleeper(permits, false);
        try {
            while (true) {
                checkOpen();
                if (take(permits)) {
                    return true;
                }
                if (isRecountWanted()) {
                    if (!enter(deadline, interruptible)) {
                        return false;
                    }
                    leave(true);
                } else if (deadline.isExpired()) {
                    return false;
                } else {
                    sleep(word, sleeper, deadline, interruptible);
                }
            }
        } finally {
            // The wake-up that came here may have been meant for more than was taken.
            wakeFor(available());
        }
    }

    private boolean acquireInLine(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        if (!line.comeToTheFront(deadline, interruptible)) {
            return false;
        }
        try {
            boolean barging = false;
            while (enter(deadline, interruptible)) {
                if (takeOrStand(permits, barging)) {
                    return true;
                }
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

    /** Under the lock, which it leaves. */
    private boolean takeOrStand(int permits, boolean barging) {
        boolean done = false;
        boolean taken;
        try {
            taken = (barging || line.isFirst()) && take(permits);
            if (!taken) {
                line.stand(permits);
            }
            done = true;
        } finally {
            leave(done);
        }
        return taken;
    }

    boolean tryAcquire(int permits) {
        checkOpen();
        while (!take(permits)) {
            if (!isRecountWanted() && !isDeathFound() || !enterBriefly()) {
                return false;
            }
            leave(true);
        }
        return true;
    }

    private boolean isRecountWanted() {
        return isDeathUnseen() || isRecounted(word());
    }

    /** For who only tries: nobody else might hear the witnesses. */
    private boolean isDeathFound() {
        if (!glance.isDue()) {
            return false;
        }
        held.judgeHolders();
        return isDeathUnseen();
    }

    private boolean take(int permits) {
        return permits == 0 || take(permits, false);
    }

    /** @param all whether only if there are no more than these */
    private boolean take(int permits, boolean all) {
        long seen = word();
        if (isRecounted(seen) || !isEnough(seen, permits, all)) {
            return false;
        }
        if (!held.tryAddMine(permits)) {
            throw new IllegalStateException(
                    what() + " " + cell() + ": this process holds " + holds + " permits and wants " + permits
                            + " more; the most are " + PartyCells.MAX_PAYLOAD + ". Nothing was taken.");
        }
        int epoch = epoch(seen);
        do {
            if (memory.compareAndSetLong(availableAt, seen, plus(seen, -permits))) {
                holds.getAndAdd(permits);
                return true;
            }
            seen = word();
        } while (isIn(epoch, seen) && isEnough(seen, permits, all));
        held.addMine(-permits);
        if (!isIn(epoch, word())) {
            askForRepair();
        }
        return false;
    }

    private static boolean isEnough(long seen, int permits, boolean all) {
        return all ? count(seen) == permits : count(seen) >= permits;
    }

    void release(int permits) {
        checkOpen();
        long seen = word();
        checkRoom(seen, permits);
        if (permits == 0) {
            return;
        }
        int own = takeHolds(permits);
        int made = permits - own;
        // Whoever may leave something half done is seen in its cell: nobody hears the witnesses on others.
        int mark = own == 0 && held.tryAddMine(1) ? 1 : 0;
        addToTotal(made);
        int epoch = epoch(seen);
        boolean given = false;
        while (!given && isIn(epoch, seen) && hasRoom(seen, permits)) {
            given = memory.compareAndSetLong(availableAt, seen, plus(seen, permits));
            seen = given ? seen : word();
        }
        boolean full = !given && isIn(epoch, seen);
        if (full) {
            // Others have released meanwhile.
            addToTotal(-made);
            holds.getAndAdd(own);
        }
        held.addMine((full ? 0 : -own) - mark);
        if (!isIn(epoch, word())) {
            askForRepair();
        }
        if (full) {
            release(permits);
        } else {
            wakeFor(permits);
        }
    }

    /** A recount that began meanwhile may have counted what is half done, and wants to be done once more. */
    private static boolean isIn(int epoch, long word) {
        return epoch(word) == epoch && !isRecounted(word);
    }

    private boolean hasRoom(long seen, int permits) {
        return (long) count(seen) + permits <= limit;
    }

    private void checkRoom(long seen, int permits) {
        if (!hasRoom(seen, permits)) {
            throw new IllegalStateException(what() + " " + cell() + ": " + count(seen) + " permits are available and "
                    + permits + " were released, the bound is " + limit
                    + "; nothing was changed. Release what was acquired, once.");
        }
    }

    /** What was acquired here and not yet released, at most so many. */
    private int takeHolds(int most) {
        int all = holds.get();
        while (all > 0) {
            int own = Math.min(all, most);
            if (holds.compareAndSet(all, all - own)) {
                return own;
            }
            all = holds.get();
        }
        return 0;
    }

    private void addToTotal(int permits) {
        if (permits != 0) {
            memory.getAndAddLong(base + SemaphoreLayout.TOTAL, permits);
        }
    }

    int drain() {
        checkOpen();
        while (true) {
            int all = available();
            int drained = Math.min(all, PartyCells.MAX_PAYLOAD - holds.get());
            if (drained > 0 && take(drained, drained == all)) {
                return drained;
            }
            if (isRecountWanted()) {
                if (!enterBriefly()) {
                    return 0;
                }
                leave(true);
            } else if (drained <= 0) {
                return 0;
            }
        }
    }

    int availablePermits() {
        checkOpen();
        if ((isRecountWanted() || isDeathFound()) && enterBriefly()) {
            leave(true);
        }
        return Math.max(0, available());
    }

    @Override
    void repair() {
        long seen = word();
        while (!isRecounted(seen)
                && !memory.compareAndSetLong(
                        availableAt, seen, SemaphoreLayout.available(epoch(seen) + 1, count(seen)))) {
            seen = word();
        }
        int recounting = epoch(word());
        long ofTheLiving = held.sum();
        long count = total() - ofTheLiving;
        if (count > limit) {
            // What a dead process held had been replaced by a release of somebody who held nothing.
            memory.getAndAddLong(base + SemaphoreLayout.TOTAL, limit - count);
            count = limit;
        }
        memory.putLongVolatile(availableAt, SemaphoreLayout.available(recounting + 1, count));
        wakeFor(count);
    }

    @Override
    boolean isHalfRepaired() {
        return isRecounted(word());
    }

    /** After a change: so many permits may be there for others. */
    private void wakeFor(long permits) {
        if (permits > 0) {
            boolean woke = waitOne.wakeAfterCas((int) Math.min(permits, Integer.MAX_VALUE));
            woke |= waitMany.wakeAfterCas(Integer.MAX_VALUE);
            waiter.noteWoke(woke);
            watchers.ringAfterCas();
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
            ready = isRecountWanted() || !cell().isOpen() || available() >= permits && isMyTurn();
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
        watchers.ring();
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
    public boolean isOpen() {
        return cell().isOpen();
    }

    @Override
    public boolean isReady() {
        checkOpen();
        if (isRecountWanted() && enterBriefly()) {
            leave(true);
        }
        return available() > 0;
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        BooleanSupplier worthALook = () -> isRecountWanted() || !cell().isOpen() || available() > 0;
        while (!isReady()) {
            if (!waiter.await(waitMany, worthALook, deadline)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void judgeOthers() {
        judgeThoseInTheWay();
    }

    @Override
    public String toString() {
        return what() + "[" + cell() + ", "
                + (cell().isOpen() ? available() + " of " + total() + " permits available" : "closed") + "]";
    }
}
