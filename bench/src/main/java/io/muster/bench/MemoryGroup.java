package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.MemoryProgram;
import java.util.ArrayList;
import java.util.List;

/** What processes cost that do nothing. */
final class MemoryGroup implements Group {
    private static final double MIB = 1 << 20;
    private static final int JDK_WITH_LARGER_LIBRARIES = 21;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "idle processes: their proportional share of memory (PSS), and the processor time they take";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        boolean large = Runtime.version().feature() >= JDK_WITH_LARGER_LIBRARIES;
        Goal asleep = Goal.atMost(1e6);
        return List.of(
                new Metric("child-pss", "idle child, memory", Unit.MEMORY, Goal.atMost(30 * MIB)),
                new Metric(
                        "worker-pss",
                        "idle worker that has slept, memory",
                        Unit.MEMORY,
                        Goal.atMost((large ? 40 : 32) * MIB)),
                new Metric("child-cpu", "idle child, CPU", Unit.LOAD, asleep),
                new Metric("worker-cpu", "idle worker, CPU", Unit.LOAD, asleep),
                new Metric(
                        "parent-cpu",
                        "parent of an idle pool, CPU",
                        Unit.LOAD,
                        Goal.atMostTimes(1.25, SpawnGroup.BARE_JVM)),
                new Metric("waiter-cpu", "blocked waiter, CPU", Unit.LOAD, asleep));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int seconds = setup.rounds(5, 2);
        List<Object> arguments = new ArrayList<>(List.of(seconds, SpawnGroup.BARE_JVM));
        arguments.addAll(setup.jvm());
        return List.of(
                setup.java("Muster and a bare JVM", MemoryProgram.class, arguments.toArray()),
                setup.python("Python Pool, fork", "memory.py", "fork", seconds),
                setup.python("Python Pool, spawn", "memory.py", "spawn", seconds));
    }
}
