package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.bench.harness.Group;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.sync.SharedLock;
import java.util.concurrent.locks.LockSupport;

/** A lock between this process and a child. Argument: rounds of each measurement. */
public final class LockProgram {
    private static final int PAIRS_AT_ONCE = 10_000;
    private static final int ROUNDS_ALONE = 50;
    private static final int WARM_UPS = 3;
    private static final String CAS = "bare CAS pair";
    private static final int MINE = 4711;

    private final Figures figures = new Figures(Group.MUSTER);
    private final int rounds;

    private LockProgram(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        LockProgram program = new LockProgram(Integer.parseInt(args[0]));
        program.alone();
        program.bareCas();
        program.contended();
        program.longestWait();
        program.ownerKilled();
    }

    private void alone() {
        try (SharedLock lock = SharedLock.create()) {
            long[] costs = new long[ROUNDS_ALONE * rounds];
            long bytes = 0;
            for (int i = -costs.length; i < costs.length; i++) {
                long before = Figures.bytesOfThisThread();
                long start = System.nanoTime();
                for (int j = 0; j < PAIRS_AT_ONCE; j++) {
                    lock.lock();
                    lock.unlock();
                }
                costs[Math.max(0, i)] = System.nanoTime() - start;
                bytes = Figures.bytesOfThisThread() - before;
            }
            figures.printPerItem("alone", PAIRS_AT_ONCE, costs);
            figures.printBytes("alone", (double) (bytes / PAIRS_AT_ONCE));
        }
    }

    private void bareCas() {
        try (Segment segment =
                Segment.create(SessionDirectory.current().newFile("cas"), SegmentKind.of("BCAS"), 1, Long.BYTES)) {
            Memory memory = segment.memory();
            long[] costs = new long[ROUNDS_ALONE * rounds];
            for (int i = -costs.length; i < costs.length; i++) {
                long start = System.nanoTime();
                for (int j = 0; j < PAIRS_AT_ONCE; j++) {
                    memory.compareAndSetLong(0, 0, MINE);
                    memory.compareAndSetLong(0, MINE, 0);
                }
                costs[Math.max(0, i)] = System.nanoTime() - start;
            }
            new Figures(CAS).printPerItem("alone", PAIRS_AT_ONCE, costs);
            segment.unlink();
        }
    }

    private void contended() throws Exception {
        try (SharedLock lock = SharedLock.create();
                Race race = new Race(() -> {
                    lock.lock();
                    lock.unlock();
                })) {
            double[] costs = new double[rounds];
            double[] balances = new double[rounds];
            for (int i = -WARM_UPS; i < rounds; i++) {
                Race.Result result = race.round();
                costs[Math.max(0, i)] = result.nanosPerStep();
                balances[Math.max(0, i)] = result.balance();
            }
            figures.print("contended", costs);
            figures.print("balance", balances);
        }
    }

    private static long longest;

    private void longestWait() throws Exception {
        try (SharedLock lock = SharedLock.create();
                Race race = new Race(() -> {
                    long start = System.nanoTime();
                    lock.lock();
                    longest = Math.max(longest, System.nanoTime() - start);
                    lock.unlock();
                })) {
            long[] costs = new long[rounds];
            for (int i = -WARM_UPS; i < rounds; i++) {
                longest = 0;
                race.round();
                costs[Math.max(0, i)] = longest;
            }
            figures.print("longest", costs);
        }
    }

    private void ownerKilled() throws Exception {
        long[] costs = new long[rounds];
        for (int i = -1; i < rounds; i++) {
            try (SharedLock lock = SharedLock.create()) {
                ChildProcess owner = ChildProcess.start(() -> {
                    lock.lock();
                    LockSupport.park();
                });
                while (!lock.isLocked()) {
                    Thread.onSpinWait();
                }
                long start = System.nanoTime();
                owner.kill();
                lock.lock();
                costs[Math.max(0, i)] = System.nanoTime() - start;
                lock.unlock();
                owner.join();
            }
        }
        figures.print("owner-killed", costs);
    }
}
