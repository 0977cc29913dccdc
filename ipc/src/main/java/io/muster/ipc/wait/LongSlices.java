package io.muster.ipc.wait;

import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/** Slices that may grow longer than usual. A class and not a lambda: the first lambda costs a starting JVM some milliseconds. */
final class LongSlices implements LongUnaryOperator {
    private final LongSupplier longestNanos;

    /** @param longestNanos 0 or less: as usual */
    LongSlices(LongSupplier longestNanos) {
        this.longestNanos = longestNanos;
    }

    @Override
    public long applyAsLong(long usualNanos) {
        long nanos = longestNanos.getAsLong();
        return nanos > 0 ? nanos : usualNanos;
    }
}
