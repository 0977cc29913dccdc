package io.muster.ipc.sync;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.io.Serializable;
import java.time.Duration;
import java.util.Date;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What a user holds of a {@link SharedCondition}, and of the lock that it belongs to. */
final class ConditionHandle extends SharedHandle<ConditionCore> implements SharedCondition {
    private static final long serialVersionUID = 1L;

    private final transient ConditionCore condition;
    private final transient LockHandle lock;
    private final transient boolean closesLock;

    ConditionHandle(ConditionCore core, LockHandle lock, boolean maker) {
        this(core, lock, maker, false);
    }

    private ConditionHandle(ConditionCore core, LockHandle lock, boolean maker, boolean closesLock) {
        super(core, maker);
        this.condition = core;
        this.lock = lock;
        this.closesLock = closesLock;
    }

    static ConditionHandle createWithLock(int mostWaiters) {
        ConditionCore.bodyBytes(mostWaiters);
        LockHandle lock = new LockHandle(LockCore.create(Participants.ofSession()), true);
        try {
            return new ConditionHandle(ConditionCore.create(lock.lockCore(), mostWaiters), lock, true, true);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public SharedLock lock() {
        core();
        return new LockHandle(lock.lockCore(), false);
    }

    @Override
    public void await() throws InterruptedException {
        await(Deadline.never());
    }

    @Override
    public boolean await(Duration wait) throws InterruptedException {
        Objects.requireNonNull(wait, "wait");
        return await(Deadline.after(wait));
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(unit, "unit");
        return await(Deadline.afterNanos(unit.toNanos(time)));
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        Deadline deadline = Deadline.afterNanos(nanosTimeout);
        await(deadline);
        return deadline.remainingNanos();
    }

    @Override
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        Objects.requireNonNull(deadline, "deadline");
        long millis = deadline.getTime() - System.currentTimeMillis();
        return await(Deadline.afterNanos(TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    private boolean await(Deadline deadline) throws InterruptedException {
        ConditionCore core = core();
        try {
            return core.await(deadline, true);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, condition.name());
        }
    }

    @Override
    public void awaitUninterruptibly() {
        ConditionCore core = core();
        try {
            core.await(Deadline.never(), false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, condition.name());
        }
    }

    @Override
    public void waitFor(BooleanSupplier ready) throws InterruptedException {
        Objects.requireNonNull(ready, "ready");
        core().checkHeld("waitFor");
        while (!ready.getAsBoolean()) {
            await();
        }
    }

    @Override
    public boolean waitFor(BooleanSupplier ready, Duration wait) throws InterruptedException {
        Objects.requireNonNull(ready, "ready");
        Objects.requireNonNull(wait, "wait");
        Deadline deadline = Deadline.after(wait);
        core().checkHeld("waitFor");
        while (!ready.getAsBoolean()) {
            if (deadline.isExpired()) {
                return false;
            }
            await(deadline);
        }
        return true;
    }

    @Override
    public void signal() {
        signal(1);
    }

    @Override
    public void signalAll() {
        signal(Integer.MAX_VALUE);
    }

    @Override
    public int signal(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("signal(" + most + "): must be 0 or more");
        }
        ConditionCore core = core();
        try {
            return core.signal(most);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, condition.name());
        }
    }

    @Override
    public int waiters() {
        ConditionCore core = core();
        try {
            return core.waiters();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, condition.name());
        }
    }

    @Override
    public void close() {
        super.close();
        lock.lockCore().removeCondition(this);
        if (closesLock) {
            lock.close();
        }
    }

    private Object writeReplace() {
        return new Form(travel(), lock.travelling());
    }

    private record Form(CellRef ref, CellRef lock) implements Serializable {
        private Object readResolve() {
            LockCore core = LockCore.attach(lock);
            return new ConditionHandle(ConditionCore.attach(ref, core), new LockHandle(core, false), false);
        }
    }

    @Override
    public String toString() {
        return condition.describe();
    }
}
