package io.muster.ipc.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.threads.TimingPauser;

/**
 * How a writer waits for Chronicle's lock, which is held for a microsecond as a rule: it spins, then yields, then sleeps for
 * moments, and before each sleep looks whether the holder is dead. For one thread.
 */
final class LockPauser implements TimingPauser {
    private static final int SPINS = 200;
    private static final int YIELDS = 20;
    private static final long FIRST_NAP_NANOS = 100_000;
    private static final long LONGEST_NAP_NANOS = 1_000_000;

    private final WriteLock lock;
    private int looks;
    private long nap;
    private long start;
    private long pausedNanos;
    private long pauses;

    LockPauser(WriteLock lock) {
        this.lock = lock;
        reset();
    }

    @Override
    public void reset() {
        looks = 0;
        nap = FIRST_NAP_NANOS;
    }

    @Override
    public void pause() {
        if (looks++ == 0) {
            start = System.nanoTime();
        }
        if (looks <= SPINS) {
            Thread.onSpinWait();
        } else if (looks <= SPINS + YIELDS) {
            Thread.yield();
        } else {
            sleep();
        }
    }

    private void sleep() {
        long before = System.nanoTime();
        if (!lock.takeFromDead()) {
            LockSupport.parkNanos(this, nap);
            nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
        }
        pausedNanos += System.nanoTime() - before;
        pauses++;
    }

    @Override
    public void pause(long timeout, TimeUnit unit) throws TimeoutException {
        pause();
        if (looks > SPINS && System.nanoTime() - start > unit.toNanos(timeout)) {
            throw new TimeoutException("waited for " + timeout + " " + unit);
        }
    }

    /** Nobody calls it: the sleeps are short. */
    @Override
    public void unpause() {}

    /** Milliseconds asleep. */
    @Override
    public long timePaused() {
        return TimeUnit.NANOSECONDS.toMillis(pausedNanos);
    }

    @Override
    public long countPaused() {
        return pauses;
    }
}
