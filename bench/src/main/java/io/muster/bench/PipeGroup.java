package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.PipeProgram;
import io.muster.bench.program.UnixSocketProgram;
import java.util.List;

/** Messages between two processes: 64 bytes, and a small record. */
final class PipeGroup implements Group {
    private static final String RING = "Agrona ring";
    private static final String C_FUTEX = "C futex";

    @Override
    public String name() {
        return "pipe";
    }

    @Override
    public String description() {
        return "messages of 64 bytes, and small objects, between two processes; round trips and one way";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE, Placement.APART);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("awake", "round trip of 64 bytes, awake", Unit.TIME, Goal.atMostTimes(1.3, RING)),
                new Metric("awake-object", "round trip of a small object, awake", Unit.TIME, Goal.atMost(800)),
                new Metric(
                        "asleep",
                        "round trip of 64 bytes, asleep, 1 ms gaps",
                        Unit.TIME,
                        Goal.atMostTimes(1.2, C_FUTEX),
                        Placement.APART),
                new Metric("one-way", "64 bytes one way", Unit.RATE, Goal.atLeastTimes(0.6, RING)),
                new Metric("one-way-objects", "small objects one way", Unit.RATE, Goal.atLeastPerSecond(10e6)),
                new Metric("allocated", "allocated by a round trip of 64 bytes", Unit.MEMORY, Goal.atMost(0)));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) throws InterruptedException {
        int trips = setup.rounds(50_000, 5_000);
        int gapped = setup.rounds(1_000, 200);
        if (placement == Placement.APART) {
            int otherCpu = setup.otherCpu();
            return List.of(
                    setup.java("Muster pipe", PipeProgram.class, 0, gapped, otherCpu, 0, 0),
                    setup.c(C_FUTEX, "pingpong.c", trips, gapped, otherCpu),
                    setup.java("Unix sockets", UnixSocketProgram.class, 0, gapped, otherCpu, 0, 0),
                    setup.python("Python pipe", "pipes.py", 0, gapped, otherCpu, 0, 0));
        }
        // Some hundred thousand: until then the compilers work beside two processes that spin on two CPUs.
        int fast = setup.rounds(300_000, 30_000);
        int rounds = setup.rounds(20, 5);
        int many = setup.rounds(1_000_000, 200_000);
        int few = setup.rounds(100_000, 20_000);
        return List.of(
                setup.java("Muster pipe", PipeProgram.class, fast, gapped, -1, rounds, many),
                setup.javaPeer(RING, "RingPeer.java", PeerFlags.AGRONA, fast, rounds, many),
                setup.javaPeer("Aeron IPC", "AeronPeer.java", PeerFlags.AGRONA, fast, rounds, many),
                setup.javaPeer(
                        "Chronicle Queue", "ChronicleQueuePeer.java", PeerFlags.CHRONICLE, "bytes", trips, rounds, few),
                setup.c(C_FUTEX + " and spin", "pingpong.c", trips, gapped, -1),
                setup.java("Unix sockets", UnixSocketProgram.class, trips, gapped, -1, rounds, few),
                setup.python("Python pipe", "pipes.py", trips / 10, gapped, -1, rounds, few));
    }
}
