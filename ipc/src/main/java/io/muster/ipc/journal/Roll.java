package io.muster.ipc.journal;

import java.time.Duration;

/**
 * How often a journal begins a new file. Files are what retention deletes, so this is also how finely it works; each takes some
 * hundred kilobytes on top of its entries.
 */
public enum Roll {
    /** A file a minute that has entries: for large amounts that are kept for a short time. */
    MINUTE(Duration.ofMinutes(1)),
    TEN_MINUTES(Duration.ofMinutes(10)),
    /** Unless said otherwise. */
    HOUR(Duration.ofHours(1)),
    /** A file a day, by UTC. */
    DAY(Duration.ofDays(1));

    private final Duration length;

    Roll(Duration length) {
        this.length = length;
    }

    /** How much time one file covers. */
    public Duration length() {
        return length;
    }
}
