package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What a user holds of a latch. */
final class LatchHandle extends SyncHandle<LatchCore> implements SharedCountDownLatch, BellSource {
    private static final long serialVersionUID = 1L;

    LatchHandle(LatchCore core, boolean maker) {
        super(core, maker, "SharedCountDownLatch");
    }

    static void checkCount(long count) {
        if (count < 0 || count == Long.MAX_VALUE) {
            throw new IllegalArgumentException("count=" + count + ": must be 0 or more, and less than 2^63-1");
        }
    }

    static LatchHandle create(long count) {
        checkCount(count);
        Participant participant = Participants.ofSession();
        Cell cell = participant.cells().allocate(LatchLayout.KIND, LatchLayout.VERSION, LatchCore.bodyBytes());
        LatchCore.format(cell, count);
        LatchCore core = new LatchCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new LatchHandle(core, true);
    }

    @Override
    public void await() throws InterruptedException {
        await(Deadline.never());
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return await(Deadline.afterNanos(Objects.requireNonNull(unit, "unit").toNanos(timeout)));
    }

    private boolean await(Deadline deadline) throws InterruptedException {
        try {
            return core().await(deadline);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedCountDownLatch");
        }
    }

    @Override
    public void countDown() {
        try {
            core().countDown();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedCountDownLatch");
        }
    }

    @Override
    public long getCount() {
        try {
            return core().count();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedCountDownLatch");
        }
    }

    @Override
    public BellCore bellCore() {
        return core();
    }

    private Object writeReplace() {
        return new Form(travel());
    }

    /** What travels. */
    private record Form(CellRef ref) implements Serializable {
        private Object readResolve() {
            Participant participant = Participants.at(ref.place());
            LatchCore core = participant.attach(
                    ref,
                    LatchLayout.KIND,
                    LatchLayout.VERSION,
                    LatchCore.class,
                    cell -> new LatchCore(participant, cell));
            return new LatchHandle(core, false);
        }
    }
}
