package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.DeathProgram;
import io.muster.bench.program.IdleProgram;
import java.util.ArrayList;
import java.util.List;

/** A worker is killed by SIGKILL in the middle of a task. */
final class DeathGroup implements Group {
    private static final String WAITPID = "waitpid of a JVM";
    private static final int MEGABYTES = 512;

    @Override
    public String name() {
        return "death";
    }

    @Override
    public String description() {
        return "from SIGKILL of a worker to the failure of the task's future; the kernel gives a JVM's memory back before"
                + " waitpid returns";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        Goal asWaitpid = Goal.atMostTimes(1.2, WAITPID);
        return List.of(
                new Metric("idle", "small worker", Unit.TIME, asWaitpid),
                new Metric("large", "worker with " + MEGABYTES + " MB in use", Unit.TIME, asWaitpid));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int rounds = setup.rounds(10, 3);
        List<Object> waitpid = new ArrayList<>(List.of("waitpid", rounds, MEGABYTES, WAITPID));
        waitpid.addAll(setup.jvm());
        waitpid.addAll(List.of("-XX:+UseSerialGC", IdleProgram.class.getName()));
        return List.of(
                setup.java("Muster pool", DeathProgram.class, rounds, MEGABYTES),
                setup.python(WAITPID, "death.py", waitpid.toArray()),
                setup.python("Python executor", "death.py", "executor", rounds, MEGABYTES));
    }
}
