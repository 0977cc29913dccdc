package io.muster.ipc.wait;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/** Slices that stay shorter than usual, unless many threads sleep in them. Thread-safe. */
final class ShortSlices implements LongUnaryOperator {
    /** So all together look about a thousand times a second. */
    private static final long LEAST_NANOS_FOR_EACH = 1_000_000;

    private final long everyNanos;
    private final BooleanSupplier when;
    private final AtomicInteger sleepers = new AtomicInteger();

    /** @param when null: always */
    ShortSlices(long everyNanos, BooleanSupplier when) {
        this.everyNanos = everyNanos;
        this.when = when;
    }

    void enter() {
        sleepers.getAndIncrement();
    }

    void leave() {
        sleepers.getAndDecrement();
    }

    @Override
    public long applyAsLong(long usualNanos) {
        return when == null || when.getAsBoolean()
                ? Math.min(usualNanos, Math.max(everyNanos, sleepers.get() * LEAST_NANOS_FOR_EACH))
                : usualNanos;
    }
}
