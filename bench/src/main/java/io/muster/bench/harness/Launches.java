package io.muster.bench.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Launches the programs of a group in turn, again and again, so that a change of the machine's mood meets all alike. */
public final class Launches {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Setup setup;
    private final int count;
    private final Consumer<String> progress;

    /**
     * @param count how often each program is launched
     * @param progress is told what begins
     */
    public Launches(Setup setup, int count, Consumer<String> progress) {
        this.setup = setup;
        this.count = count;
        this.progress = progress;
    }

    /**
     * Measures a group; a program that fails is noted and not launched again.
     *
     * @throws InterruptedException if the thread is interrupted; whatever ran is gone then
     */
    public Results measure(Group group) throws InterruptedException {
        Results results = new Results();
        for (Placement placement : group.placements()) {
            String missing = setup.missingFor(placement);
            if (!missing.isEmpty()) {
                results.skip(placement + ": " + missing);
                continue;
            }
            List<Program> programs = group.programs(setup, placement);
            for (int launch = 1; launch <= count; launch++) {
                for (Program program : programs) {
                    progress.accept(group.name() + ", " + placement + ", launch " + launch + "/" + count + ": "
                            + program.name());
                    launch(program, placement, results);
                }
            }
        }
        return results;
    }

    private void launch(Program program, Placement placement, Results results) throws InterruptedException {
        if (!program.isRunnable()) {
            results.skip(program.name() + ": " + program.missing());
            return;
        }
        try {
            for (String line : Launch.run(setup.placed(program.command(), placement), LIMIT)) {
                results.take(placement, line);
            }
        } catch (IOException | IllegalArgumentException e) {
            results.fail(program.name() + " (" + placement + "): " + e.getMessage());
        }
    }
}
