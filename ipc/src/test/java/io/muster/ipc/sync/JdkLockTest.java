package io.muster.ipc.sync;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The contract is the JDK's. */
class JdkLockTest extends LockContract {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition condition = lock.newCondition();

    @Override
    Lock lock() {
        return lock;
    }

    @Override
    Lock elsewhere() {
        return lock;
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
        boolean interrupted = Thread.interrupted();
        lock.lock();
        try {
            return lock.getWaitQueueLength(condition);
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    int holds(Lock each) {
        return lock.getHoldCount();
    }

    @Override
    boolean isWaitedFor() {
        return lock.hasQueuedThreads();
    }
}
