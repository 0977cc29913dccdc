package io.muster.ipc.sync;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The lock as two parties see it that poll in their sleep; its conditions are the same for both. */
class ManyPartiesLockTest extends LockContract {
    private final LockWorld world = new LockWorld();
    private final LockWorld.Member other = world.join();
    private final SharedLock lock = world.maker.lockHandle();
    private final SharedLock elsewhere = other.lockHandle();
    private final SharedCondition condition = world.maker.conditionHandle();
    private final SharedCondition conditionElsewhere = other.conditionHandle();

    @Override
    Lock lock() {
        return lock;
    }

    @Override
    Lock elsewhere() {
        return elsewhere;
    }

    @Override
    Condition condition() {
        return condition;
    }

    @Override
    Condition conditionElsewhere() {
        return conditionElsewhere;
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
        return other.lock().isWaitedForHere();
    }
}
