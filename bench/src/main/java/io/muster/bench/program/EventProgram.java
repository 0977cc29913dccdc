package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import io.muster.ipc.sync.SharedEvent;
import java.util.concurrent.locks.LockSupport;

/**
 * Events that this process and a child set for each other. Arguments: round trips without gaps; with; the processor to move
 * the child to, or -1.
 */
public final class EventProgram {
    private static final long GAP_NANOS = 1_000_000;

    private EventProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int rounds = Integer.parseInt(args[0]);
        int gapped = Integer.parseInt(args[1]);
        int otherCpu = Integer.parseInt(args[2]);
        roundTrips("awake", rounds, 0, otherCpu);
        roundTrips("asleep", gapped, GAP_NANOS, otherCpu);
    }

    private static void roundTrips(String metric, int rounds, long gapNanos, int otherCpu) throws Exception {
        int warmUps = Math.max(rounds / 2, 300);
        int all = rounds + warmUps;
        try (SharedEvent there = SharedEvent.create();
                SharedEvent back = SharedEvent.create()) {
            ChildProcess child = ChildProcess.start(() -> {
                for (int i = 0; i < all; i++) {
                    there.await();
                    there.clear();
                    back.set();
                }
            });
            Pinning.move(child.pid(), otherCpu);
            long[] costs = new long[rounds];
            long before = 0;
            for (int i = -warmUps; i < rounds; i++) {
                if (i == 0) {
                    before = Figures.bytesOfThisThread();
                }
                if (gapNanos > 0) {
                    LockSupport.parkNanos(gapNanos);
                }
                long start = System.nanoTime();
                there.set();
                back.await();
                back.clear();
                costs[Math.max(0, i)] = System.nanoTime() - start;
            }
            long bytes = Figures.bytesOfThisThread() - before;
            child.join();
            Figures figures = new Figures(Group.MUSTER);
            figures.print(metric, costs);
            figures.printBytes(metric, (double) bytes / rounds);
        }
    }
}
