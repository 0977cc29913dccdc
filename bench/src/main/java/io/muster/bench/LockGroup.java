package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.LockProgram;
import java.util.List;

/** A lock between processes: alone, fought over by two, and taken over from one that was killed. */
final class LockGroup implements Group {
    @Override
    public String name() {
        return "lock";
    }

    @Override
    public String description() {
        return "lock and unlock, alone and fought over by two processes; and the death of an owner";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("alone", "lock and unlock, nobody else", Unit.TIME, Goal.atMostTimes(1.5, "bare CAS pair")),
                new Metric("contended", "fought over by 2 processes", Unit.RATE, Goal.atLeastPerSecond(10e6)),
                new Metric("balance", "the one's share over the other's", Unit.RATIO, Goal.atMost(3)),
                new Metric("longest", "longest wait while the other passes", Unit.TIME, Goal.atMost(50e6)),
                new Metric("owner-killed", "SIGKILL of the owner to the next one in", Unit.TIME, Goal.none()));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) throws InterruptedException {
        int rounds = setup.rounds(10, 3);
        return List.of(
                setup.java("Muster lock", LockProgram.class, rounds),
                setup.c("C mutexes", "locks.c", rounds),
                setup.python("Python lock", "locks.py", rounds));
    }
}
