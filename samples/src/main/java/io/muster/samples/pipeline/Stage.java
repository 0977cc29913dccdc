package io.muster.samples.pipeline;

import java.util.Locale;

/** The stages, in the order in which everything goes through them. */
enum Stage {
    /** Cuts files into pieces. */
    READ(1),
    /** Counts lines and words of each piece: most of the work, so what is before it waits. */
    PARSE(2),
    /** Adds counts up; a process of it has a part of the whole when it ends, and gives it on. */
    AGGREGATE(2),
    /** Adds up the parts, and prints. */
    REPORT(1);

    final int processes;

    Stage(int processes) {
        this.processes = processes;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
