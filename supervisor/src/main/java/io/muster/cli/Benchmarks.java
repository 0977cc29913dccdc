package io.muster.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code muster bench} runs: found by {@link java.util.ServiceLoader}, as this module must not know who measures it. */
public interface Benchmarks {
    /** What can be measured: name to description, in the order in which it is run. */
    Map<String, String> groups();

    /**
     * Measures, and writes the report. Leaves no process and no file behind, also when interrupted.
     *
     * @param out for the table; what goes on meanwhile is told on stderr
     * @return false if something of Muster's own could not be measured; a goal that was missed is no failure
     * @throws InterruptedException if the calling thread is interrupted
     * @throws java.io.IOException if a file of the request cannot be written
     */
    boolean run(Request request, PrintWriter out) throws InterruptedException, java.io.IOException;

    /**
     * What to measure.
     *
     * @param groups names out of {@link #groups()}, at least one
     * @param quick few launches, few rounds: shows that everything works, its figures are rough
     * @param launches how often each program is started anew; empty for the usual number
     * @param json where the figures go for programs
     * @param markdown where they go for people
     */
    record Request(
            List<String> groups,
            boolean quick,
            Optional<Integer> launches,
            Optional<Path> json,
            Optional<Path> markdown) {}
}
