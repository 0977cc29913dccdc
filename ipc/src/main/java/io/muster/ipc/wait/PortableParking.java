package io.muster.ipc.wait;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sleeping by looking again and again, with pauses that grow with the wait: an eighth of the time waited, from 50 us to
 * 10 ms. Nobody needs to be woken. With many threads at it the pauses grow further, so that all together use some
 * percent of a CPU.
 */
final class PortableParking implements Parking {
    static final PortableParking INSTANCE = new PortableParking();

    static final long MAX_SLICE_NANOS = 250_000_000;
    private static final long MIN_PAUSE_NANOS = 50_000;
    private static final long MAX_PAUSE_NANOS = 10_000_000;
    /** In a first slice the pause follows the time waited; later ones begin at this part of the slice. */
    private static final int LATER_SLICE_PARTS = 32;

    private static final int CROWD = 64;

    private final AtomicInteger sleepers = new AtomicInteger();

    private PortableParking() {}

    @Override
    public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        if (changed(word, armed, deaths)) {
            return Outcome.CHANGED;
        }
        int crowd = 1 + sleepers.getAndIncrement() / CROWD;
        try {
            return poll(word, armed, deaths, nanos, crowd);
        } finally {
            sleepers.getAndDecrement();
        }
    }

    private static Outcome poll(WaitWord word, int armed, int deaths, long nanos, int crowd) {
        long start = System.nanoTime();
        long least = nanos > SleepLoop.FIRST_SLICE_NANOS ? nanos / LATER_SLICE_PARTS : MIN_PAUSE_NANOS;
        while (true) {
            long waited = System.nanoTime() - start;
            if (waited >= nanos) {
                return Outcome.TIMED_OUT;
            }
            long pause = Math.min(Math.max(waited / 8, least), MAX_PAUSE_NANOS) * crowd;
            LockSupport.parkNanos(word, Math.min(pause, nanos - waited));
            if (changed(word, armed, deaths) || Thread.currentThread().isInterrupted()) {
                return Outcome.WOKEN;
            }
        }
    }

    private static boolean changed(WaitWord word, int armed, int deaths) {
        return word.value() != armed || word.deaths() != deaths;
    }

    @Override
    public boolean wake(WaitWord word, int count) {
        return true;
    }

    @Override
    public long maxSliceNanos() {
        return MAX_SLICE_NANOS;
    }
}
