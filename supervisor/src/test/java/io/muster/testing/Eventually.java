package io.muster.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions, with a deadline that fails. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = 500_000;

    private Eventually() {}

    /** Waits until {@code condition} holds; after twenty seconds fails with what {@code otherwise} says. */
    public static void eventually(Callable<Boolean> condition, Supplier<?> otherwise) {
        within(LIMIT, condition, otherwise);
    }

    /** The same with another deadline. */
    public static void within(Duration limit, Callable<Boolean> condition, Supplier<?> otherwise) {
        long start = System.nanoTime();
        while (true) {
            // Before the look: so one comes behind the deadline even if this machine stood still meanwhile.
            boolean last = System.nanoTime() - start > limit.toNanos();
            if (holds(condition)) {
                return;
            }
            if (last) {
                throw new AssertionError("not within " + limit + ": " + otherwise.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
