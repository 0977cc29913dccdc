package io.muster.ipc.wait;

import java.time.Duration;
import java.util.Objects;

/**
 * A moment after which waiting is given up, on the monotonic clock: setting the wall clock does not move it.
 *
 * <p>Immutable, and means something only inside the JVM that made it.
 */
public final class Deadline implements Comparable<Deadline> {
    private static final Deadline NEVER = new Deadline(Long.MAX_VALUE, false);
    /** Longer than any process lives, and far from the overflow of the clock's differences. */
    private static final long ENDLESS_NANOS = Long.MAX_VALUE / 4;

    private final long atNanos;
    private final boolean bounded;

    private Deadline(long atNanos, boolean bounded) {
        this.atNanos = atNanos;
        this.bounded = bounded;
    }

    /** The deadline that never comes. */
    public static Deadline never() {
        return NEVER;
    }

    /**
     * A deadline that far from now.
     *
     * @param wait zero or negative: already expired; some hundred years or more: never
     */
    public static Deadline after(Duration wait) {
        Objects.requireNonNull(wait, "wait");
        if (wait.isNegative()) {
            return afterNanos(0);
        }
        return wait.getSeconds() >= ENDLESS_NANOS / 1_000_000_000L ? NEVER : afterNanos(wait.toNanos());
    }

    /** The same in nanoseconds; zero or negative: already expired. */
    public static Deadline afterNanos(long waitNanos) {
        if (waitNanos >= ENDLESS_NANOS) {
            return NEVER;
        }
        return new Deadline(System.nanoTime() + Math.max(0, waitNanos), true);
    }

    /** Nanoseconds left: 0 when expired, {@code Long.MAX_VALUE} for {@link #never()}. */
    public long remainingNanos() {
        return bounded ? Math.max(0, atNanos - System.nanoTime()) : Long.MAX_VALUE;
    }

    /** True once the moment has come; never before. */
    public boolean isExpired() {
        return bounded && atNanos - System.nanoTime() <= 0;
    }

    /** The earlier one first, those that never come last. */
    @Override
    public int compareTo(Deadline other) {
        return bounded && other.bounded
                ? Long.compare(atNanos - other.atNanos, 0)
                : Boolean.compare(other.bounded, bounded);
    }

    @Override
    public String toString() {
        return bounded ? "in " + Duration.ofNanos(remainingNanos()) : "never";
    }
}
