package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.InterruptProgram;
import io.muster.bench.program.WaitProgram;
import java.util.ArrayList;
import java.util.List;

/** Two processes that wait for each other on words of shared memory, as those of an event do. */
final class WaitGroup implements Group {
    private static final String C_FUTEX = "C futex";

    @Override
    public String name() {
        return "wait";
    }

    @Override
    public String description() {
        return "two processes wake each other in turn through words of shared memory; round trips";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE, Placement.APART);
    }

    @Override
    public List<Metric> metrics() {
        Goal asFutex = Goal.atMostTimes(1.2, C_FUTEX);
        return List.of(
                new Metric("awake", "round trip, awake", Unit.TIME, Goal.atMost(600)),
                new Metric("asleep", "round trip, asleep, 1 ms gaps", Unit.TIME, asFutex, Placement.APART),
                new Metric("blocking", "round trip, both block at once", Unit.TIME, asFutex, Placement.APART),
                new Metric("wake-nobody", "wake with nobody asleep", Unit.TIME, Goal.none()),
                new Metric("interrupt", "interrupt of a wait to its exception", Unit.TIME, Goal.none()));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) throws InterruptedException {
        int rounds = setup.rounds(50_000, 5_000);
        int gapped = setup.rounds(1_000, 200);
        int otherCpu = placement == Placement.APART ? setup.otherCpu() : -1;
        List<Program> programs = new ArrayList<>(List.of(
                setup.java("Muster", WaitProgram.class, rounds, gapped, otherCpu),
                setup.c(C_FUTEX + " and spin", "pingpong.c", rounds, gapped, otherCpu)));
        if (placement == Placement.FREE) {
            programs.add(setup.java("interrupts", InterruptProgram.class, gapped)); // one process has no sides
        }
        return programs;
    }
}
