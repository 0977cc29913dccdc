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
 */
public record Program(String name, List<String> command, String missing) {
    public Program {
        Objects.requireNonNull(name, "name");
        command = List.copyOf(command);
        Objects.requireNonNull(missing, "missing");
    }

    public static Program of(String name, List<String> command) {
        return new Program(name, command, "");
    }

    /** One that cannot be run here. */
    public static Program missing(String name, String why) {
        return new Program(name, List.of(), why);
    }

    boolean isRunnable() {
        return missing.isEmpty();
    }
}
