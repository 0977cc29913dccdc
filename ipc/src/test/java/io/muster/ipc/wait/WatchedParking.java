package io.muster.ipc.wait;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what goes through it, and can do without slices, which would cover a lost wake-up. */
final class WatchedParking implements Parking {
    static final long NO_SLICE_NANOS = 60_000_000_000L;

    final AtomicInteger parks = new AtomicInteger();
    final AtomicInteger asleep = new AtomicInteger();
    final AtomicInteger wakes = new AtomicInteger();
    /** Sleeps that did not begin, as the word had changed by then. */
    final AtomicInteger refused = new AtomicInteger();

    private final Parking real;
    private final boolean sliceFree;

    WatchedParking(Parking real, boolean sliceFree) {
        this.real = real;
        this.sliceFree = sliceFree;
    }

    @Override
    public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
        parks.incrementAndGet();
        asleep.incrementAndGet();
        try {
            // A slice is 2 ms or more; what is shorter comes from a deadline.
            boolean slice = nanos >= SleepLoop.FIRST_SLICE_NANOS;
            Outcome outcome =
                    real.park(word, armed, deaths, sliceFree && slice ? NO_SLICE_NANOS : nanos, interruptible);
            if (outcome == Outcome.CHANGED) {
                refused.incrementAndGet();
            }
            return outcome;
        } finally {
            asleep.decrementAndGet();
        }
    }

    @Override
    public boolean wake(WaitWord word, int count) {
        wakes.incrementAndGet();
        return real.wake(word, count);
    }

    @Override
    public long maxSliceNanos() {
        return real.maxSliceNanos();
    }
}
