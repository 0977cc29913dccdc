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

/** What a user holds of a signal. */
final class SignalHandle extends SyncHandle<SignalCore> implements SharedSignal, BellSource {
    private static final long serialVersionUID = 1L;

    SignalHandle(SignalCore core, boolean maker) {
        super(core, maker, "SharedSignal");
    }

    static SignalHandle create() {
        Participant participant = Participants.ofSession();
        Cell cell = participant.cells().allocate(SignalLayout.KIND, SignalLayout.VERSION, SignalCore.bodyBytes());
        SignalCore core = new SignalCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new SignalHandle(core, true);
    }

    @Override
    public void post() {
        post(1);
    }

    @Override
    public void post(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ": must be 1 or more");
        }
        try {
            core().post(count);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedSignal");
        }
    }

    @Override
    public void await() throws InterruptedException {
        await(Deadline.never(), true);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Deadline.after(Objects.requireNonNull(timeout, "timeout")), true);
    }

    @Override
    public void awaitUninterruptibly() {
        try {
            await(Deadline.never(), false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private boolean await(Deadline deadline, boolean interruptible) throws InterruptedException {
        try {
            return core().await(deadline, interruptible);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedSignal");
        }
    }

    @Override
    public boolean tryAwait() {
        try {
            return core().tryTake();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedSignal");
        }
    }

    @Override
    public long count() {
        try {
            return core().count();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedSignal");
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
            SignalCore core = participant.attach(
                    ref,
                    SignalLayout.KIND,
                    SignalLayout.VERSION,
                    SignalCore.class,
                    cell -> new SignalCore(participant, cell));
            return new SignalHandle(core, false);
        }
    }
}
