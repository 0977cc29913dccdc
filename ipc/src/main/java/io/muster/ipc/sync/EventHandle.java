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

/** What a user holds of an event. */
final class EventHandle extends SyncHandle<EventCore> implements SharedEvent, BellSource {
    private static final long serialVersionUID = 1L;

    EventHandle(EventCore core, boolean maker) {
        super(core, maker, "SharedEvent");
    }

    static EventHandle create() {
        Participant participant = Participants.ofSession();
        Cell cell = participant.cells().allocate(EventLayout.KIND, EventLayout.VERSION, EventCore.bodyBytes());
        EventCore core = new EventCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new EventHandle(core, true);
    }

    @Override
    public void set() {
        try {
            core().set();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedEvent");
        }
    }

    @Override
    public void clear() {
        try {
            core().clear();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedEvent");
        }
    }

    @Override
    public boolean isSet() {
        try {
            return core().isSet();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a SharedEvent");
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
            throw MemoryFault.translate(e, "a SharedEvent");
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
            EventCore core = participant.attach(
                    ref,
                    EventLayout.KIND,
                    EventLayout.VERSION,
                    EventCore.class,
                    cell -> new EventCore(participant, cell));
            return new EventHandle(core, false);
        }
    }
}
