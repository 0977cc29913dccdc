package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.function.BooleanSupplier;

/** A read-write lock in this process, and what its threads hold of it. */
final class ReadWriteLockCore extends SharedCore {
    private static final String WHAT = "SharedReadWriteLock";
    /** Writers that may pass a reader by before it queues among them. */
    private static final int PATIENCE_WRITERS = 2;

    private final RobustLock lock;
    private final PartyCells readers;
    private final WaitWord readWord;
    private final WaitWord drainWord;
    private final Waiter readWaiter = Waiter.builder().repair(this::judgeWriter).build();
    private final Waiter drainWaiter;
    private final Glance glance = new Glance();
    private final BooleanSupplier drained = this::isDrained;
    /** How often each thread reads; kept when that is 0, so that reading allocates once per thread. */
    private final ThreadLocal<int[]> readHolds = new ThreadLocal<>();
    /** The thread of this process that writes. */
    private volatile Thread writer;

    private int writeHolds;

    ReadWriteLockCore(Participant participant, Cell cell) {
        super(participant, cell);
        Memory memory = cell.memory();
        this.lock = RobustLock.heldByUsers(participant, memory, cell.body() + ReadWriteLockLayout.WRITER);
        this.readers = new PartyCells(participant, memory, cell.body() + ReadWriteLockLayout.READERS);
        this.readWord = participant.waitWord(memory, cell.body() + ReadWriteLockLayout.READ_WAIT);
        this.drainWord = participant.waitWord(memory, cell.body() + ReadWriteLockLayout.DRAIN_WAIT);
        this.drainWaiter = Waiter.builder().repair(readers::judgeHolders).build();
    }

    /** @param capacity of the place's party table */
    static long bodyBytes(int capacity) {
        return ReadWriteLockLayout.bodyBytes(capacity);
    }

    private void checkOpen() {
        if (!cell().isOpen()) {
            throw closedByMaker(WHAT);
        }
    }

    // Reading

    boolean tryRead() {
        checkOpen();
        if (readAgain() || enterReading()) {
            return true;
        }
        checkOpen();
        return (endDeadWriter() || isDeathFound()) && tryRead();
    }

    boolean read(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        checkOpen();
        return readAgain() || enterReading() || slowRead(deadline, interruptible);
    }

    /** By a thread that holds something already: that needs nobody else. */
    private boolean readAgain() {
        int[] holds = readHolds.get();
        if (holds != null && holds[0] != 0) {
            holds[0] = Math.addExact(holds[0], 1);
            return true;
        }
        if (writer == Thread.currentThread()) {
            countReader();
            return true;
        }
        return false;
    }

    /** For who only tries: nobody else might hear the witnesses. */
    private boolean isDeathFound() {
        if (!glance.isDue()) {
            return false;
        }
        int deaths = participant().place().deaths();
        judgeWriter();
        readers.judgeHolders();
        return participant().place().deaths() != deaths;
    }

    private void countReader() {
        int[] holds = readHolds.get();
        if (holds == null) {
            holds = new int[1];
            readHolds.set(holds);
        }
        if (readers.addMine(1) == PartyCells.MAX_PAYLOAD) {
            readers.addMine(-1);
            throw new IllegalStateException(WHAT + " " + cell() + ": " + PartyCells.MAX_PAYLOAD
                    + " threads of this process read; there cannot be more");
        }
        holds[0] = 1;
    }

    private boolean enterReading() {
        if (lock.owner() != PartyId.NOBODY) {
            return false;
        }
        countReader();
        if (lock.owner() == PartyId.NOBODY) {
            return true;
        }
        stopReading();
        return false;
    }

    private void stopReading() {
        readHolds.get()[0] = 0;
        readers.addMine(-1);
        drainWord.wakeAfterCas(1);
    }

    private boolean slowRead(Deadline deadline, boolean interruptible) throws InterruptedException {
        long firstWriter = lock.token();
        BooleanSupplier chance = () -> {
            checkOpen();
            long owner = lock.owner();
            return owner == PartyId.NOBODY || isDeadWriter(owner) || isPassedBy(firstWriter);
        };
        while (true) {
            endDeadWriter();
            if (enterReading()) {
                return true;
            }
            if (isPassedBy(firstWriter)) {
                return readInTurn(deadline, interruptible);
            }
            boolean changed = interruptible
                    ? readWaiter.await(readWord, chance, deadline)
                    : readWaiter.awaitUninterruptibly(readWord, chance, deadline);
            if (!changed) {
                return false;
            }
        }
    }

    private boolean isPassedBy(long firstWriter) {
        return lock.token() - firstWriter >= PATIENCE_WRITERS;
    }

    /** Among the writers, of whom none starves; the lock is held for no longer than it takes to count this reader. */
    private boolean readInTurn(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (!acquire(deadline, interruptible)) {
            return false;
        }
        try {
            countReader();
        } finally {
            releaseAsFound();
        }
        return true;
    }

    private boolean isDeadWriter(long owner) {
        return owner != PartyId.NOBODY
                && owner != PartyId.CLOSED
                && owner != participant().self()
                && participant().isDead(owner);
    }

    /** Leaves the lock free and abandoned if its owner is published dead; returns whether it may be free. */
    private boolean endDeadWriter() {
        if (isDeadWriter(lock.owner()) && lock.tryAcquire()) {
            releaseAsFound();
            return true;
        }
        return false;
    }

    void unlockRead() {
        int[] holds = readHolds.get();
        if (holds == null || holds[0] == 0) {
            throw new IllegalMonitorStateException(WHAT + " " + cell() + ": this thread does not hold the read lock");
        }
        if (--holds[0] == 0) {
            checkOpen();
            readers.addMine(-1);
            drainWord.wakeAfterCas(1);
        }
    }

    int readHolds() {
        int[] holds = readHolds.get();
        return holds == null ? 0 : holds[0];
    }

    // Writing

    boolean tryWrite() {
        checkOpen();
        if (writeAgain()) {
            return true;
        }
        if (!isDrained() || !lock.tryAcquire()) {
            return isDeathFound() && tryWrite();
        }
        boolean alone = false;
        try {
            alone = isDrained();
        } finally {
            if (!alone) {
                releaseAsFound();
            }
        }
        if (alone) {
            beginWriting();
        }
        return alone;
    }

    boolean write(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        checkOpen();
        if (writeAgain()) {
            return true;
        }
        if (!acquire(deadline, interruptible)) {
            return false;
        }
        boolean alone = false;
        try {
            alone = interruptible
                    ? drainWaiter.await(drainWord, drained, deadline)
                    : drainWaiter.awaitUninterruptibly(drainWord, drained, deadline);
        } finally {
            if (!alone) {
                releaseAsFound();
            }
        }
        if (alone) {
            beginWriting();
        }
        return alone;
    }

    private boolean writeAgain() {
        if (writer == Thread.currentThread()) {
            writeHolds = Math.addExact(writeHolds, 1);
            return true;
        }
        if (readHolds() != 0) {
            throw new IllegalStateException(WHAT + " " + cell() + ": this thread holds the read lock and would wait for"
                    + " itself; release it first, and look again at what was read once the write lock is there");
        }
        return false;
    }

    private boolean acquire(Deadline deadline, boolean interruptible) throws InterruptedException {
        try {
            return interruptible ? lock.acquire(deadline) : lock.acquireUninterruptibly(deadline);
        } catch (ClosedObjectException e) {
            throw closedByMaker(WHAT);
        }
    }

    private boolean isDrained() {
        checkOpen();
        for (int slot = 0, high = readers.high(); slot < high; slot++) {
            if (readers.held(slot) != 0) {
                return false;
            }
        }
        return true;
    }

    private void beginWriting() {
        lock.noteThread(Thread.currentThread().getId());
        writeHolds = 1;
        writer = Thread.currentThread();
    }

    void unlockWrite() {
        if (writer != Thread.currentThread()) {
            throw new IllegalMonitorStateException(WHAT + " " + cell() + ": this thread does not hold the write lock");
        }
        if (--writeHolds == 0) {
            writer = null;
            checkOpen();
            giveBack(false);
        }
    }

    boolean isWriting() {
        return writer == Thread.currentThread();
    }

    /** By the lock's holder that has not written: a former writer's half-done work stays known as such. */
    private void releaseAsFound() {
        giveBack(lock.isAbandoned());
    }

    private void giveBack(boolean abandoned) {
        try {
            if (abandoned) {
                lock.releaseAbandoned();
            } else {
                lock.release();
            }
        } catch (IllegalMonitorStateException e) {
            if (cell().isOpen()) {
                throw e;
            }
            return; // Closed meanwhile.
        }
        readWord.wakeAfterCas(Integer.MAX_VALUE);
    }

    boolean isAbandoned() {
        checkOpen();
        return lock.isAbandoned();
    }

    private void judgeWriter() {
        long owner = lock.owner();
        if (owner != PartyId.NOBODY
                && owner != PartyId.CLOSED
                && owner != participant().self()) {
            participant().isDeadByWitnesses(owner);
        }
    }

    @Override
    protected void retire() {
        cell().retire();
        lock.closeForHolder();
        readWord.wakeAll();
        drainWord.wakeAll();
    }

    @Override
    public String toString() {
        if (!cell().isOpen()) {
            return WHAT + "[" + cell() + ", closed]";
        }
        return WHAT + "[" + cell() + ", for writing: " + lock + (lock.isAbandoned() ? " (abandoned)" : "")
                + ", readers: " + readers.sum() + "]";
    }
}
