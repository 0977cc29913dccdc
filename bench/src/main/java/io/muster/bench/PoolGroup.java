package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.PoolProgram;
import io.muster.bench.program.ThreadPoolProgram;
import java.util.List;

/** A pool of two workers that run a function which returns its argument. */
final class PoolGroup implements Group {
    @Override
    public String name() {
        return "pool";
    }

    @Override
    public String description() {
        return "no-op tasks in a pool of 2; the JDK's thread pool, in one process, is the bound";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE, Placement.ONE_CPU);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("apply-hot", "apply, one after the other", Unit.TIME, Goal.atMost(1_000)),
                new Metric("apply-cold", "apply, 1 ms gaps", Unit.TIME, Goal.atMost(35_000)),
                new Metric("burst", "applyAsync, method reference", Unit.RATE, Goal.atLeastPerSecond(1.5e6)),
                new Metric("burst-lambda", "applyAsync, capturing lambda", Unit.RATE, Goal.atLeastPerSecond(500e3)),
                new Metric("map", "map of 200 k ints, default chunks", Unit.RATE, Goal.atLeastPerSecond(25e6)),
                new Metric("map-single", "map, chunk size 1", Unit.RATE, Goal.atLeastPerSecond(1.5e6)));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int percent = setup.rounds(100, 20);
        return List.of(
                setup.java("Muster pool", PoolProgram.class, percent),
                setup.python("Python Pool", "pool.py", "pool", percent),
                setup.java("JDK thread pool", ThreadPoolProgram.class, percent),
                setup.python("Python executor", "pool.py", "executor", percent));
    }
}
