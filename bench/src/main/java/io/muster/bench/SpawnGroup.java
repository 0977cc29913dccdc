package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.SpawnProgram;
import java.util.List;

/** From the call that starts a child to the child's first statement. */
final class SpawnGroup implements Group {
    /** A JVM that runs a main class, without any of our doing. */
    static final String BARE_JVM = "bare JVM";

    @Override
    public String name() {
        return "spawn";
    }

    @Override
    public String description() {
        return "from the call that starts a child process to the first statement in it";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("lambda", "child that runs a lambda", Unit.TIME, Goal.atMostTimes(1.3, BARE_JVM)),
                new Metric("main", "child that runs a main class", Unit.TIME, Goal.atMostTimes(1.3, BARE_JVM)));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int starts = setup.rounds(15, 4);
        return List.of(
                setup.java("Muster and a bare JVM", SpawnProgram.class, starts, BARE_JVM),
                setup.python("Python spawn", "spawn.py", "spawn", starts),
                setup.python("Python fork", "spawn.py", "fork", starts));
    }
}
