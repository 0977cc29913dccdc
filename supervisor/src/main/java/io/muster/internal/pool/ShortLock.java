package io.muster.internal.pool;

import java.util.concurrent.locks.ReentrantLock;

/** A lock that is only ever held for some hundred nanoseconds, so that waiting for it asleep would cost a hundred times more. */
final class ShortLock {
    private static final int SPINS = 200;

    private final ReentrantLock lock = new ReentrantLock();

    void lock() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }
}
