package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.EventProgram;
import java.util.List;

/** Two processes that set events for each other in turn. */
final class EventGroup implements Group {
    private static final String C_FUTEX = "C futex";

    @Override
    public String name() {
        return "event";
    }

    @Override
    public String description() {
        return "two processes set events for each other in turn; round trips";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE, Placement.APART);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("awake", "round trip, awake", Unit.TIME, Goal.atMost(600)),
                new Metric(
                        "asleep",
                        "round trip, asleep, 1 ms gaps",
                        Unit.TIME,
                        Goal.atMostTimes(1.2, C_FUTEX),
                        Placement.APART));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) throws InterruptedException {
        int rounds = setup.rounds(50_000, 5_000);
        int gapped = setup.rounds(1_000, 200);
        int otherCpu = placement == Placement.APART ? setup.otherCpu() : -1;
        return List.of(
                setup.java("Muster events", EventProgram.class, rounds, gapped, otherCpu),
                setup.c(C_FUTEX + " and spin", "pingpong.c", rounds, gapped, otherCpu),
                setup.python("Python events", "events.py", rounds / 10, gapped, otherCpu));
    }
}
