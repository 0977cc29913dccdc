package io.muster.bench.harness;

import java.util.List;
import java.util.Objects;

/**
 * Something to launch: it prints a line per metric and contestant (see {@link Results#take}) and ends. Its standard input
 * stays open as long as we live: when that ends, it has to end with all that it started.
 *
 * @param name for messages
 * @param command program and arguments; empty if it cannot be run here
 * @param missing what it would need, for people; empty if all is there
 * @param peer somebody else's: that it cannot run here is no failure of ours
 */
public record Program(String name, List<String> command, String missing, boolean peer) {
    public Program {
        Objects.requireNonNull(name, "name");
        command = List.copyOf(command);
        Objects.requireNonNull(missing, "missing");
    }

    /** One that shows what Muster does, or what the JDK does. */
    static Program own(String name, List<String> command) {
        return new Program(name, command, "", false);
    }

    static Program peer(String name, List<String> command) {
        return new Program(name, command, "", true);
    }

    /** A peer that cannot be run here. */
    static Program missing(String name, String why) {
        return new Program(name, List.of(), why, true);
    }

    boolean isRunnable() {
        return missing.isEmpty();
    }
}
