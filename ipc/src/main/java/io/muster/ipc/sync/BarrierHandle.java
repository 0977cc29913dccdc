package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a user holds of a barrier. */
final class BarrierHandle extends SyncHandle<BarrierCore> implements SharedBarrier {
    private static final long serialVersionUID = 1L;
    private static final String WHAT = "a SharedBarrier";

    private final transient BarrierCore counted;
    private final transient AtomicBoolean released = new AtomicBoolean();

    BarrierHandle(BarrierCore core, boolean maker) {
        super(core, maker, "SharedBarrier");
        this.counted = core;
        core.lease().open();
    }

    static BarrierHandle create(int parties) {
        if (parties < 1 || parties > MOST_PARTIES) {
            throw new IllegalArgumentException("parties=" + parties + ": must be 1 to " + MOST_PARTIES);
        }
        Participant participant = Participants.ofSession();
        long bytes = BarrierCore.bodyBytes(participant.place().capacity(), parties);
        Cell cell = participant.cells().allocate(BarrierLayout.KIND, BarrierLayout.VERSION, bytes);
        BarrierCore.format(cell, parties);
        BarrierCore core = new BarrierCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new BarrierHandle(core, true);
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return awaitUntimed(null);
    }

    @Override
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(null, Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    @Override
    public int await(long timeout, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(
                null, Deadline.afterNanos(Objects.requireNonNull(unit, "unit").toNanos(timeout)));
    }

    @Override
    public int await(Runnable action) throws InterruptedException, BrokenBarrierException {
        return awaitUntimed(Objects.requireNonNull(action, "action"));
    }

    @Override
    public int await(Runnable action, Duration timeout)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        Objects.requireNonNull(action, "action");
        return await(action, Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    private int awaitUntimed(Runnable action) throws InterruptedException, BrokenBarrierException {
        try {
            return await(action, Deadline.never());
        } catch (TimeoutException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private int await(Runnable action, Deadline deadline)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        try {
            return core().await(action, deadline);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public void abort() {
        try {
            core().abort();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public void reset() {
        try {
            core().reset();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public boolean isBroken() {
        try {
            return core().isBroken();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public int waiting() {
        try {
            return core().waiting();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public int parties() {
        return core().parties();
    }

    @Override
    public void close() {
        super.close();
        if (!released.getAndSet(true)) {
            counted.lease().close();
        }
    }

    private Object writeReplace() {
        CellRef ref = travel();
        counted.lease().travel();
        return new Form(ref);
    }

    /** What travels. */
    private record Form(CellRef ref) implements Serializable {
        private Object readResolve() {
            Participant participant = Participants.at(ref.place());
            BarrierCore core = participant.attach(
                    ref,
                    BarrierLayout.KIND,
                    BarrierLayout.VERSION,
                    BarrierCore.class,
                    cell -> new BarrierCore(participant, cell));
            return Arrival.note(new BarrierHandle(core, false));
        }
    }
}
