package io.muster.bench.program;

import java.util.concurrent.locks.LockSupport;

/**
 * How long something took that was done again and again, after it had been done for a while without counting.
 *
 * @param costs nanoseconds, one by one
 * @param bytes that the thread allocated at each, on average
 */
record Timed(long[] costs, double bytes) {
    /** Both sides are compiled then; what sleeps, too, or it would be the interpreter that is measured. */
    private static final int MOST_WARM_UPS = 10_000;

    private static final int WARM_UPS_FOR_ONE = 20;
    private static final int GAPPED_WARM_UPS = 50;
    private static final int LEAST_ROUNDS = 2;

    interface Step {
        void run() throws Exception;
    }

    /** How often {@link #rounds} runs its step for so many that count. */
    static int allRounds(int rounds) {
        return rounds + Math.max(rounds / 2, LEAST_ROUNDS);
    }

    /** Single operations, with a gap before each; those before that do not count, and most of them come without a gap. */
    static Timed trips(int trips, long gapNanos, Step step) throws Exception {
        int warmUps = Math.min(MOST_WARM_UPS, WARM_UPS_FOR_ONE * trips);
        for (int i = 0; i < warmUps; i++) {
            step.run();
        }
        return measure(gapNanos > 0 ? GAPPED_WARM_UPS : trips / 2, trips, gapNanos, step);
    }

    /** Rounds of very many operations each. */
    static Timed rounds(int rounds, Step step) throws Exception {
        return measure(allRounds(rounds) - rounds, rounds, 0, step);
    }

    private static Timed measure(int warmUps, int count, long gapNanos, Step step) throws Exception {
        long[] costs = new long[count];
        long before = 0;
        for (int i = -warmUps; i < count; i++) {
            if (i == 0) {
                before = Figures.bytesOfThisThread();
            }
            if (gapNanos > 0) {
                LockSupport.parkNanos(gapNanos);
            }
            long start = System.nanoTime();
            step.run();
            costs[Math.max(0, i)] = System.nanoTime() - start;
        }
        return new Timed(costs, (double) (Figures.bytesOfThisThread() - before) / count);
    }
}
