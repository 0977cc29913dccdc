package io.muster.ipc.journal;

import java.time.Duration;
import java.util.Objects;

/** Refuses settings that make no sense. */
final class Checks {
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    private Checks() {}

    static Duration positive(Duration value, String name) {
        if (Objects.requireNonNull(value, name).isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + "=" + value + ": must be more than 0");
        }
        return value;
    }

    /** As many as fit, if it is longer. */
    static long millis(Duration value) {
        return value.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : value.toMillis();
    }

    static long positive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + "=" + value + ": must be more than 0");
        }
        return value;
    }
}
