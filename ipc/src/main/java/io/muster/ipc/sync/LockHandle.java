package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a user holds of a {@link SharedLock}. */
final class LockHandle extends SharedHandle<LockCore> implements SharedLock {
    private static final long serialVersionUID = 1L;

    private final transient LockCore lock;

    LockHandle(LockCore core, boolean maker) {
        super(core, maker);
        this.lock = core;
    }

    @Override
    public void lock() {
        LockCore core = core();
        try {
            core.lock();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, lock.name());
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        lock(Deadline.never());
    }

    private boolean lock(Deadline deadline) throws InterruptedException {
        LockCore core = core();
        try {
            return core.lock(deadline);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, lock.name());
        }
    }

    @Override
    public boolean tryLock() {
        LockCore core = core();
        try {
            return core.tryLock();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, lock.name());
        }
    }

    @Override
    public boolean tryLock(Duration wait) throws InterruptedException {
        Objects.requireNonNull(wait, "wait");
        return lock(Deadline.after(wait));
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(unit, "unit");
        return lock(Deadline.afterNanos(unit.toNanos(time)));
    }

    @Override
    public void unlock() {
        LockCore core = core();
        try {
            core.unlock();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, lock.name());
        }
    }

    @Override
    public void unlockAbandoned() {
        LockCore core = core();
        try {
            core.unlockAbandoned();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, lock.name());
        }
    }

    @Override
    public Held hold() {
        lock();
        return new LockHeld(lock);
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return core().isHeldHere();
    }

    @Override
    public int holdCount() {
        return core().holds();
    }

    @Override
    public boolean isLocked() {
        return core().isLocked();
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
    public SharedCondition newCondition() {
        return newCondition(SharedCondition.DEFAULT_WAITERS);
    }

    @Override
    public SharedCondition newCondition(int mostWaiters) {
        ConditionCore condition = ConditionCore.create(core(), mostWaiters);
        ConditionHandle handle = new ConditionHandle(condition, new LockHandle(lock, false), true);
        lock.addCondition(handle);
        return handle;
    }

    /** For a condition that travels with its lock. */
    CellRef travelling() {
        return travel();
    }

    LockCore lockCore() {
        return lock;
    }

    private Object writeReplace() {
        return new Form(travel());
    }

    private record Form(CellRef ref) implements Serializable {
        private Object readResolve() {
            return new LockHandle(LockCore.attach(ref), false);
        }
    }

    @Override
    public String toString() {
        return lock.describe();
    }

    private static final class LockHeld implements Held {
        private final LockCore lock;
        private boolean given;

        LockHeld(LockCore lock) {
            this.lock = lock;
        }

        @Override
        public long token() {
            return lock.token();
        }

        @Override
        public Optional<AbandonedOwner> abandonedOwner() {
            return lock.abandonedOwner();
        }

        @Override
        public void close() {
            if (!given) {
                lock.unlock();
                given = true;
            }
        }
    }
}
