package io.muster.bench;

import io.muster.bench.harness.Goal;
import io.muster.bench.harness.Group;
import io.muster.bench.harness.Metric;
import io.muster.bench.harness.Placement;
import io.muster.bench.harness.Program;
import io.muster.bench.harness.Setup;
import io.muster.bench.harness.Unit;
import io.muster.bench.program.JournalProgram;
import io.muster.ipc.journal.JournalFlags;
import java.util.List;

/** Journals of small objects, in memory: what lies on the way to the disk is the same for all. */
final class JournalGroup implements Group {
    private static final double LONGEST_STALL_NANOS = 200e6;

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public String description() {
        return "a topic and a work queue of small objects in files; and the longest append, or take, of one process while"
                + " another writer, or a consumer that nobody knows, is killed";
    }

    @Override
    public List<Placement> placements() {
        return List.of(Placement.FREE);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("append", "append to a topic", Unit.RATE, Goal.none()),
                new Metric("work", "append, take and ack", Unit.RATE, Goal.none()),
                new Metric("stall", "append beside a killed writer", Unit.TIME, Goal.atMost(LONGEST_STALL_NANOS)),
                new Metric(
                        "claims",
                        "take and ack beside a killed consumer",
                        Unit.TIME,
                        Goal.atMost(LONGEST_STALL_NANOS)));
    }

    @Override
    public List<Program> programs(Setup setup, Placement placement) {
        int kills = setup.rounds(30, 6);
        int rounds = setup.rounds(20, 10);
        int entries = setup.rounds(100_000, 20_000);
        return List.of(
                setup.javaWithPeers(
                        "Muster journal",
                        JournalProgram.class,
                        JournalFlags.of(Runtime.version().feature()),
                        setup.memory(),
                        kills,
                        rounds,
                        entries),
                setup.javaPeer(
                        "Chronicle Queue",
                        "ChronicleQueuePeer.java",
                        PeerFlags.CHRONICLE,
                        "append",
                        0,
                        rounds,
                        entries));
    }
}
