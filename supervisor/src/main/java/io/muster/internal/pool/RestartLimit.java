package io.muster.internal.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells a pool whose workers are killed now and then from one whose workers die as soon as they live. */
final class RestartLimit {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int ALWAYS_ALLOWED = 10;
    private static final int ALLOWED_PER_WORKER = 5;

    private final int allowed;
    private final LongSupplier clock;
    private final ArrayDeque<Long> idleDeaths = new ArrayDeque<>();

    RestartLimit(int workers) {
        this(workers, System::nanoTime);
    }

    RestartLimit(int workers, LongSupplier clock) {
        this.allowed = ALWAYS_ALLOWED + ALLOWED_PER_WORKER * workers;
        this.clock = clock;
    }

    /**
     * Counts a death.
     *
     * @param tasksEnded what the dead worker had done in its life; one that did something does not count
     * @return true if there were too many lately
     */
    boolean isExceededBy(long tasksEnded) {
        long now = clock.getAsLong();
        while (!idleDeaths.isEmpty() && now - idleDeaths.peek() > WINDOW_NANOS) {
            idleDeaths.poll();
        }
        if (tasksEnded == 0) {
            idleDeaths.add(now);
        }
        return idleDeaths.size() > allowed;
    }

    @Override
    public String toString() {
        return idleDeaths.size() + " deaths of workers that had ended no task within " + WINDOW_NANOS / 1_000_000_000
                + " s, " + allowed + " are allowed";
    }
}
