package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.WaitStrategy;
import io.muster.ipc.wait.WaitWord;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Round trips to a child, and wake-ups that wake nobody. Arguments: how many without gaps; how many with; the processor to
 * move the child to, or -1.
 */
public final class WaitProgram {
    private static final long GAP_NANOS = 1_000_000;
    private static final int WAKES_AT_ONCE = 1000;

    private final int otherCpu;
    private final Figures figures = new Figures(Group.MUSTER);

    private WaitProgram(int otherCpu) {
        this.otherCpu = otherCpu;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int rounds = Integer.parseInt(args[0]);
        int gapped = Integer.parseInt(args[1]);
        WaitProgram program = new WaitProgram(Integer.parseInt(args[2]));
        program.roundTrips("awake", WaitStrategy.ADAPTIVE, rounds, 0);
        program.roundTrips("asleep", WaitStrategy.ADAPTIVE, gapped, GAP_NANOS);
        program.roundTrips("blocking", WaitStrategy.BLOCKING, Math.max(gapped, rounds / 10), 0);
        program.wakeNobody(gapped);
    }

    /** A process that is pinned sees one processor only, so both are told of two. */
    private int cpus() {
        return otherCpu < 0 ? 0 : 2;
    }

    private void roundTrips(String metric, WaitStrategy strategy, int rounds, long gapNanos) throws Exception {
        Path file = SessionDirectory.current().newFile("ping-pong");
        try (Segment segment = Segment.create(file, PingPong.KIND, PingPong.VERSION, PingPong.BYTES)) {
            String path = file.toString();
            int cpus = cpus();
            ChildProcess child = ChildProcess.start(() -> echo(Path.of(path), strategy, cpus));
            Pinning.move(child.pid(), otherCpu);
            PingPong side = new PingPong(segment.memory(), 0, strategy, cpus);
            int sent = 0;
            for (int i = 0; i < Math.max(rounds / 2, 300); i++) {
                roundTrip(side, ++sent, gapNanos);
            }
            long[] costs = new long[rounds];
            long before = Figures.allocatedBytes();
            for (int i = 0; i < rounds; i++) {
                costs[i] = roundTrip(side, ++sent, gapNanos);
            }
            long bytes = Figures.allocatedBytes() - before;
            side.send(PingPong.END);
            child.join();
            figures.print(metric, costs);
            figures.printBytes(metric, (double) bytes / rounds);
        }
    }

    private static long roundTrip(PingPong side, int number, long gapNanos) {
        if (gapNanos > 0) {
            LockSupport.parkNanos(gapNanos); // what is measured is a side that has gone to sleep
        }
        long start = System.nanoTime();
        side.send(number);
        side.receive();
        return System.nanoTime() - start;
    }

    private static void echo(Path file, WaitStrategy strategy, int cpus) {
        try (Segment segment = Segment.open(file, PingPong.KIND, PingPong.VERSION)) {
            PingPong side = new PingPong(segment.memory(), 1, strategy, cpus);
            for (int number = side.receive(); number != PingPong.END; number = side.receive()) {
                side.send(number);
            }
        }
    }

    private void wakeNobody(int rounds) {
        Path file = SessionDirectory.current().newFile("wake");
        try (Segment segment = Segment.create(file, PingPong.KIND, PingPong.VERSION, PingPong.BYTES)) {
            WaitWord word = new WaitWord(segment.memory(), 0);
            long[] costs = new long[rounds];
            for (int i = -rounds; i < rounds; i++) {
                long start = System.nanoTime();
                for (int j = 0; j < WAKES_AT_ONCE; j++) {
                    word.wake(1);
                }
                costs[Math.max(0, i)] = System.nanoTime() - start;
            }
            figures.printPerItem("wake-nobody", WAKES_AT_ONCE, costs);
        }
    }
}
