package io.muster.ipc.sync;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.AfterEach;

/** The lock of a session, sleeping as this machine can. */
class SharedLockTest extends LockContract {
    private final SharedLock lock = SharedLock.create();
    private final SharedCondition condition = lock.newCondition(8);

    @Override
    Lock lock() {
        return lock;
    }

    @Override
    Lock elsewhere() {
        return condition.lock();
    }

    @Override
    Condition condition() {
        return condition;
    }

    @Override
    Condition conditionElsewhere() {
        return condition;
    }

    @Override
    int waiters() {
        return condition.waiters();
    }

    @Override
    int holds(Lock each) {
        return ((SharedLock) each).holdCount();
    }

    @Override
    boolean isWaitedFor() {
        return ((LockHandle) lock).lockCore().isWaitedForHere();
    }

    @AfterEach
    void close() {
        lock.close();
    }
}
