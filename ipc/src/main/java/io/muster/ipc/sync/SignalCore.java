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

/** A signal in this process. */
final class SignalCore extends SharedCore implements BellCore {
    private static final String WHAT = "SharedSignal";

    private final Memory memory;
    private final long at;
    private final WaitWord word;
    private final Watchers watchers;
    private final Waiter waiter = Waiter.create();
    private final BooleanSupplier take = this::tryTake;
    private final BooleanSupplier more = this::isLeft;

    SignalCore(Participant participant, Cell cell) {
        super(participant, cell);
        this.memory = cell.memory();
        this.at = cell.body() + SignalLayout.COUNT;
        this.word = participant.waitWord(memory, cell.body() + SignalLayout.WAIT);
        this.watchers = new Watchers(participant, memory, cell.body() + SignalLayout.WATCHERS);
    }

    static long bodyBytes() {
        return SignalLayout.SIZE;
    }

    private void checkOpen() {
        if (!cell().isOpen()) {
            throw closedByMaker(WHAT);
        }
    }

    long count() {
        checkOpen();
        return memory.getLongVolatile(at);
    }

    void post(int posts) {
        checkOpen();
        long count;
        do {
            count = memory.getLongVolatile(at);
            if (count > Long.MAX_VALUE - posts) {
                throw new IllegalStateException(this + ": " + posts + " more than fit; nothing was counted");
            }
        } while (!memory.compareAndSetLong(at, count, count + posts));
        waiter.noteWoke(word.wakeAfterCas(posts));
        watchers.ringAfterCas();
    }

    /** @throws io.muster.ipc.memory.ClosedObjectException also out of a wait */
    boolean tryTake() {
        checkOpen();
        long count = memory.getLongVolatile(at);
        while (count > 0) {
            if (memory.compareAndSetLong(at, count, count - 1)) {
                return true;
            }
            count = memory.getLongVolatile(at);
        }
        return false;
    }

    private boolean isLeft() {
        return memory.getLongVolatile(at) > 0;
    }

    boolean await(Deadline deadline, boolean interruptible) throws InterruptedException {
        return interruptible
                ? waiter.await(word, take, more, deadline)
                : waiter.awaitUninterruptibly(word, take, more, deadline);
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
        return count() > 0;
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        return waiter.await(word, this::isReady, deadline);
    }

    @Override
    protected void retire() {
        cell().retire();
        word.wakeAll();
        watchers.ring();
    }

    @Override
    public String toString() {
        return WHAT + "[" + cell() + ", " + (cell().isOpen() ? memory.getLongVolatile(at) + " posted" : "closed") + "]";
    }
}
