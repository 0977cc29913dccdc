package io.muster.bench.program;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The rounds that every pool goes through. */
final class PoolRounds {
    private static final int HOT_CALLS = 200_000;
    private static final int COLD_CALLS = 400;
    private static final long COLD_GAP_NANOS = 1_000_000;
    private static final int BURST_TASKS = 20_000;
    private static final int MAP_ITEMS = 200_000;
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 20;
    /**
     * The compilers of three JVMs need that long with two CPUs, and until then the caller and its workers are on the CPU that
     * is left: a share of time, as the operations get faster meanwhile.
     */
    private static final long WARM_UP_NANOS = 2_000_000_000;

    private final Pool pool;
    private final Figures figures;
    private final int percent;

    /** @param percent how many of the usual rounds are measured, and how long they are warmed up */
    PoolRounds(Pool pool, Figures figures, int percent) {
        this.pool = pool;
        this.figures = figures;
        this.percent = percent;
    }

    void run() throws Exception {
        calls("apply-hot", HOT_CALLS, 0);
        calls("apply-cold", COLD_CALLS, COLD_GAP_NANOS);
        rounds("burst", BURST_TASKS, () -> pool.burst(BURST_TASKS));
        rounds("burst-lambda", BURST_TASKS, () -> pool.burstOfLambdas(BURST_TASKS));
        List<Integer> items = new ArrayList<>();
        for (int i = 0; i < MAP_ITEMS; i++) {
            items.add(i);
        }
        rounds("map", MAP_ITEMS, () -> pool.map(items));
        List<Integer> few = items.subList(0, BURST_TASKS);
        rounds("map-single", BURST_TASKS, () -> pool.mapOneByOne(few));
    }

    private int share(int whole) {
        return Math.max(1, whole * percent / 100);
    }

    private void calls(String metric, int usualCount, long gapNanos) throws Exception {
        warmUp(usualCount, () -> {
            LockSupport.parkNanos(gapNanos); // the gap is what is measured: the workers have gone to sleep
            pool.apply(0);
        });
        int count = share(usualCount);
        long[] costs = new long[count];
        long before = Figures.allocatedBytes();
        for (int i = 0; i < count; i++) {
            LockSupport.parkNanos(gapNanos);
            long start = System.nanoTime();
            pool.apply(i);
            costs[i] = System.nanoTime() - start;
        }
        long bytes = Figures.allocatedBytes() - before;
        figures.print(metric, costs);
        figures.printBytes(metric, (double) bytes / count);
    }

    private void warmUp(int leastRounds, Round round) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < leastRounds || System.nanoTime() - start < WARM_UP_NANOS * percent / 100; i++) {
            round.run();
        }
    }

    private void rounds(String metric, int items, Round round) throws Exception {
        warmUp(WARM_UP_ROUNDS, round);
        long[] costs = new long[share(ROUNDS)];
        long before = Figures.allocatedBytes();
        for (int i = 0; i < costs.length; i++) {
            long start = System.nanoTime();
            round.run();
            costs[i] = System.nanoTime() - start;
        }
        long bytes = Figures.allocatedBytes() - before;
        figures.printPerItem(metric, items, costs);
        figures.printBytes(metric, (double) bytes / costs.length / items);
    }

    /** What a pool has to be able to do; each returns when all is done. */
    interface Pool {
        void apply(int argument) throws Exception;

        void burst(int tasks) throws Exception;

        /** Every task is a lambda of its own that captures a number. */
        void burstOfLambdas(int tasks) throws Exception;

        void map(List<Integer> items) throws Exception;

        void mapOneByOne(List<Integer> items) throws Exception;
    }

    private interface Round {
        void run() throws Exception;
    }
}
