package io.muster.ipc.sync;

import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.wait.Deadline;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** One of the two locks of a read-write lock. */
final class ReadWriteLockView implements Lock {
    private static final String WHAT = "a SharedReadWriteLock";

    private final ReadWriteLockHandle handle;
    private final boolean write;

    ReadWriteLockView(ReadWriteLockHandle handle, boolean write) {
        this.handle = handle;
        this.write = write;
    }

    private boolean lock(Deadline deadline, boolean interruptible) throws InterruptedException {
        try {
            ReadWriteLockCore core = handle.openCore();
            return write ? core.write(deadline, interruptible) : core.read(deadline, interruptible);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public void lock() {
        try {
            lock(Deadline.never(), false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        lock(Deadline.never(), true);
    }

    @Override
    public boolean tryLock() {
        try {
            ReadWriteLockCore core = handle.openCore();
            return write ? core.tryWrite() : core.tryRead();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return lock(Deadline.afterNanos(Objects.requireNonNull(unit, "unit").toNanos(time)), true);
    }

    @Override
    public void unlock() {
        try {
            ReadWriteLockCore core = handle.openCore();
            if (write) {
                core.unlockWrite();
            } else {
                core.unlockRead();
            }
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException(
                "a SharedReadWriteLock has no conditions; use a SharedLock where you need one");
    }

    @Override
    public String toString() {
        return (write ? "write" : "read") + " lock of " + handle;
    }
}
