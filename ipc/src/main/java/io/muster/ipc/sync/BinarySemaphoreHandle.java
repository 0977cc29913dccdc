package io.muster.ipc.sync;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a user holds of a {@link SharedBinarySemaphore}. */
final class BinarySemaphoreHandle extends SharedHandle<BinarySemaphoreCore>
        implements SharedBinarySemaphore, BellSource {
    private static final long serialVersionUID = 1L;

    private final transient BinarySemaphoreCore semaphore;

    BinarySemaphoreHandle(BinarySemaphoreCore core, boolean maker) {
        super(core, maker);
        this.semaphore = core;
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(Deadline.never());
    }

    private boolean acquire(Deadline deadline) throws InterruptedException {
        BinarySemaphoreCore core = core();
        try {
            return core.acquire(deadline);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, semaphore.name());
        }
    }

    @Override
    public void acquireUninterruptibly() {
        BinarySemaphoreCore core = core();
        try {
            core.acquire();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, semaphore.name());
        }
    }

    @Override
    public boolean tryAcquire() {
        BinarySemaphoreCore core = core();
        try {
            return core.tryAcquire();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, semaphore.name());
        }
    }

    @Override
    public boolean tryAcquire(Duration wait) throws InterruptedException {
        Objects.requireNonNull(wait, "wait");
        return acquire(Deadline.after(wait));
    }

    @Override
    public void release() {
        BinarySemaphoreCore core = core();
        try {
            core.release();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, semaphore.name());
        }
    }

    @Override
    public void releaseAbandoned() {
        BinarySemaphoreCore core = core();
        try {
            core.releaseAbandoned();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, semaphore.name());
        }
    }

    @Override
    public Held hold() {
        acquireUninterruptibly();
        return new SemaphoreHeld(semaphore);
    }

    @Override
    public boolean isHeld() {
        return core().isLocked();
    }

    @Override
    public boolean isHeldByThisProcess() {
        return core().isHeldHere();
    }

    @Override
    public long fencingToken() {
        return core().token();
    }

    @Override
    public Optional<AbandonedOwner> abandonedOwner() {
        return core().abandonedOwner();
    }

    @Override
    public BellCore bellCore() {
        return core();
    }

    private Object writeReplace() {
        return new Form(travel());
    }

    private record Form(CellRef ref) implements Serializable {
        private Object readResolve() {
            return new BinarySemaphoreHandle(BinarySemaphoreCore.attach(ref), false);
        }
    }

    @Override
    public String toString() {
        return semaphore.describe();
    }

    private static final class SemaphoreHeld implements Held {
        private final BinarySemaphoreCore semaphore;
        private boolean given;

        SemaphoreHeld(BinarySemaphoreCore semaphore) {
            this.semaphore = semaphore;
        }

        @Override
        public long token() {
            return semaphore.token();
        }

        @Override
        public Optional<AbandonedOwner> abandonedOwner() {
            return semaphore.abandonedOwner();
        }

        @Override
        public void close() {
            if (!given) {
                given = true;
                semaphore.releaseHeld();
            }
        }
    }
}
