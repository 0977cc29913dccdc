package io.muster.bench.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
     * Measures a group. A program that fails is noted and not launched again there; a peer that does is left out.
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
            List<Program> programs = new ArrayList<>(group.programs(setup, placement));
            for (int launch = 1; launch <= count; launch++) {
                for (Program program : List.copyOf(programs)) {
                    progress.accept(group.name() + ", " + placement + ", launch " + launch + "/" + count + ": "
                            + program.name());
                    if (!launch(program, placement, results)) {
                        programs.remove(program);
                    }
                }
            }
        }
        return results;
    }

    /** @return whether to launch it again */
    private boolean launch(Program program, Placement placement, Results results) throws InterruptedException {
        if (!program.isRunnable()) {
            results.skip(program.name() + ": " + program.missing());
            return false;
        }
        try {
            for (String line : Launch.run(setup.placed(program.command(), placement), LIMIT)) {
                results.take(placement, line);
            }
            return true;
        } catch (IOException | IllegalArgumentException e) {
            String what = program.name() + " (" + placement + "): " + e.getMessage();
            if (program.peer()) {
                results.skip(what);
            } else {
                results.fail(what);
            }
            return false;
        }
    }
}
