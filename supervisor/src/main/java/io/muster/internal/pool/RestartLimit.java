package io.muster.internal.pool;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Counts deaths of workers that had done nothing yet: now and then that happens, many in short time mean something. */
final class RestartLimit {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int ALWAYS_ALLOWED = 10;
    private static final int ALLOWED_PER_WORKER = 5;

    private final int allowed;
    private final LongSupplier clock;
    private final ArrayDeque<Long> deaths = new ArrayDeque<>();

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
     * @return true if there were too many lately
     */
    boolean isExceeded() {
        long now = clock.getAsLong();
        while (!deaths.isEmpty() && now - deaths.peek() > WINDOW_NANOS) {
            deaths.poll();
        }
        deaths.add(now);
        return deaths.size() > allowed;
    }

    @Override
    public String toString() {
        return deaths.size() + " deaths of workers that had begun no task within "
                + TimeUnit.NANOSECONDS.toSeconds(WINDOW_NANOS) + " s, " + allowed + " are allowed";
    }
}
