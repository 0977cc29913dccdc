package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.MapProgram;
import java.util.List;

/** A map of String to Long that processes share, beside maps of one process and of many. */
final class MapGroup implements Group {
    private static final String CHM = "ConcurrentHashMap";

    @Override
    public String name() {
        return "map";
    }

    @Override
    public String description() {
        return "a map of String to Long; get and put by one process, increments by two at once";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("get-10k", "get, 10,000 keys", Unit.TIME, Goal.atMost(120)),
                new Metric("put-10k", "put, 10,000 keys", Unit.TIME, Goal.atMost(200)),
                new Metric("get-100k", "get, 100,000 keys at random", Unit.TIME, Goal.atMostTimes(2.5, CHM)),
                new Metric("put-100k", "put, 100,000 keys at random", Unit.TIME, Goal.atMostTimes(2.5, CHM)),
                new Metric("add-1", "increments by 2 processes, 1 key", Unit.RATE, Goal.atLeastPerSecond(5e6)),
                new Metric("add-1000", "increments by 2 processes, 1,000 keys", Unit.RATE, Goal.atLeastPerSecond(8e6)));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int rounds = setup.rounds(10, 3);
        return List.of(
                setup.java("Muster map", MapProgram.class, rounds),
                setup.javaPeer("Chronicle Map", "ChronicleMapPeer.java", PeerFlags.CHRONICLE, rounds),
                setup.javaPeer("LMDB", "LmdbPeer.java", PeerFlags.CHRONICLE, rounds),
                setup.python("Python manager dict", "maps.py", rounds));
    }
}
