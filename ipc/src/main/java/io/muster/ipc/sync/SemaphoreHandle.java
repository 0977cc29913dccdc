package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a user holds of a semaphore. */
final class SemaphoreHandle extends SyncHandle<SemaphoreCore> implements SharedSemaphore, BellSource {
    private static final long serialVersionUID = 1L;
    private static final String WHAT = "a SharedSemaphore";

    SemaphoreHandle(SemaphoreCore core, boolean maker) {
        super(core, maker, "SharedSemaphore");
    }

    static SemaphoreHandle create(int permits, int limit, boolean fair) {
        checked(permits);
        Participant participant = Participants.ofSession();
        long bytes = SemaphoreCore.bodyBytes(participant.place().capacity(), fair);
        Cell cell = participant.cells().allocate(SemaphoreLayout.KIND, SemaphoreLayout.VERSION, bytes);
        SemaphoreCore.format(cell, permits, limit, fair);
        SemaphoreCore core = new SemaphoreCore(participant, cell);
        cell.publish();
        participant.add(cell, core);
        return new SemaphoreHandle(core, true);
    }

    private static int checked(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits=" + permits + ": must be 0 or more");
        }
        return permits;
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(1, Deadline.never());
    }

    @Override
    public void acquire(int permits) throws InterruptedException {
        acquire(checked(permits), Deadline.never());
    }

    @Override
    public void acquireUninterruptibly() {
        acquireUninterruptibly(1);
    }

    @Override
    public void acquireUninterruptibly(int permits) {
        checked(permits);
        try {
            core().acquire(permits, Deadline.never(), false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    @Override
    public boolean tryAcquire(int permits) {
        checked(permits);
        try {
            return core().tryAcquire(permits);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public boolean tryAcquire(Duration timeout) throws InterruptedException {
        return tryAcquire(1, timeout);
    }

    @Override
    public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
        return acquire(checked(permits), Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    @Override
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    @Override
    public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = Objects.requireNonNull(unit, "unit").toNanos(timeout);
        return acquire(checked(permits), Deadline.afterNanos(nanos));
    }

    private boolean acquire(int permits, Deadline deadline) throws InterruptedException {
        try {
            return core().acquire(permits, deadline, true);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public void release() {
        release(1);
    }

    @Override
    public void release(int permits) {
        checked(permits);
        try {
            core().release(permits);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public int availablePermits() {
        try {
            return core().availablePermits();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public int drainPermits() {
        try {
            return core().drain();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public Hold hold() throws InterruptedException {
        return hold(1);
    }

    @Override
    public Hold hold(int permits) throws InterruptedException {
        acquire(permits);
        return new Held(permits);
    }

    /** Permits of one block. */
    private final class Held implements Hold {
        private final int permits;
        private final AtomicBoolean given = new AtomicBoolean();

        Held(int permits) {
            this.permits = permits;
        }

        @Override
        public void close() {
            if (!given.getAndSet(true)) {
                try {
                    release(permits);
                } catch (ClosedObjectException e) {
                    // There is nothing any more to give them back to.
                }
            }
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
            SemaphoreCore core = participant.attach(
                    ref,
                    SemaphoreLayout.KIND,
                    SemaphoreLayout.VERSION,
                    SemaphoreCore.class,
                    cell -> new SemaphoreCore(participant, cell));
            return new SemaphoreHandle(core, false);
        }
    }
}
