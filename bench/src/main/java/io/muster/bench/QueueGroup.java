package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.QueueProgram;
import io.muster.bench.program.ThreadQueueProgram;
import java.util.List;

/** A queue of small records between processes, beside one between threads of a single process. */
final class QueueGroup implements Group {
    @Override
    public String name() {
        return "queue";
    }

    @Override
    public String description() {
        return "a queue of small objects: one producer and one consumer, two and two, and there and back";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("1:1", "1 producer, 1 consumer", Unit.RATE, Goal.atLeastPerSecond(6e6)),
                new Metric("2:2", "2 producers, 2 consumers", Unit.RATE, Goal.atLeastPerSecond(3e6)),
                new Metric("round-trip", "put to take and back, awake", Unit.TIME, Goal.none()));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int trips = setup.rounds(50_000, 5_000);
        int rounds = setup.rounds(20, 5);
        int many = setup.rounds(500_000, 100_000);
        int few = setup.rounds(100_000, 20_000);
        return List.of(
                setup.java("Muster queue", QueueProgram.class, trips, rounds, many),
                setup.java("ArrayBlockingQueue", ThreadQueueProgram.class, trips, rounds, many),
                setup.javaPeer(
                        "Chronicle Queue",
                        "ChronicleQueuePeer.java",
                        PeerFlags.CHRONICLE,
                        "objects",
                        trips,
                        rounds,
                        few),
                setup.python("Python queue", "queues.py", trips / 10, rounds, few));
    }
}
