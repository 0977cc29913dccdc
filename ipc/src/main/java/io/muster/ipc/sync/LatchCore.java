package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.function.BooleanSupplier;

/** A latch in this process. */
final class LatchCore extends SharedCore implements BellCore {
    private static final String WHAT = "SharedCountDownLatch";

    private final Memory memory;
    private final long state;
    private final WaitWord word;
    private final Watchers watchers;
    private final Waiter waiter = Waiter.create();
    private final BooleanSupplier isDown = this::isDown;

    LatchCore(Participant participant, Cell cell) {
        super(participant, cell);
        this.memory = cell.memory();
        this.state = cell.body() + LatchLayout.STATE;
        this.word = participant.waitWord(memory, cell.body() + LatchLayout.WAIT);
        this.watchers = new Watchers(participant, memory, cell.body() + LatchLayout.WATCHERS);
    }

    static long bodyBytes() {
        return LatchLayout.SIZE;
    }

    static void format(Cell cell, long count) {
        cell.memory().putLongRelease(cell.body() + LatchLayout.STATE, count + LatchLayout.OPEN);
    }

    private void checkOpen() {
        if (!cell().isOpen()) {
            throw closedByMaker(WHAT);
        }
    }

    long count() {
        checkOpen();
        return memory.getLongVolatile(state) - LatchLayout.OPEN;
    }

    void countDown() {
        checkOpen();
        long seen = memory.getLongVolatile(state);
        while (seen > LatchLayout.OPEN && !memory.compareAndSetLong(state, seen, seen - 1)) {
            seen = memory.getLongVolatile(state);
        }
        if (seen == LatchLayout.OPEN + 1) {
            waiter.noteWoke(word.wakeAfterCas(Integer.MAX_VALUE));
            watchers.ringAfterCas();
        }
    }

    /** Who was let go is not told of a closing that came after. */
    private boolean isDown() {
        if (memory.getLongVolatile(state) == LatchLayout.OPEN) {
            return true;
        }
        checkOpen();
        return false;
    }

    boolean await(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        checkOpen();
        return waiter.await(word, isDown, deadline);
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
        return isDown();
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        return await(deadline);
    }

    @Override
    protected void retire() {
        cell().retire();
        word.wakeAll();
        watchers.ring();
    }

    @Override
    public String toString() {
        return WHAT + "[" + cell() + ", "
                + (cell().isOpen() ? memory.getLongVolatile(state) - LatchLayout.OPEN + " to count" : "closed") + "]";
    }
}
