package io.muster.ipc.wait;

import java.util.function.BooleanSupplier;

/** Waiting without ever sleeping: nobody needs to wake it, so it never sets the sleepers' bit. */
final class BusyLoop {
    private static final int SPINS_PER_LOOK = 512;
    static final long REPAIR_EVERY_NANOS = 250_000_000;

    private BusyLoop() {}

    static boolean spin(
            WaitWord word,
            BooleanSupplier ready,
            Deadline deadline,
            Runnable repair,
            long repairEveryNanos,
            boolean interruptible)
            throws InterruptedException {
        int deaths = word.deaths();
        long repairAtNanos = System.nanoTime() + repairEveryNanos;
        for (int spins = 1; ; spins++) {
            if (ready.getAsBoolean()) {
                return true;
            }
            Thread.onSpinWait();
            if (spins % SPINS_PER_LOOK != 0) {
                continue;
            }
            if (interruptible && Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (deadline.isExpired()) {
                return false;
            }
            int deathsNow = word.deaths();
            if (deathsNow != deaths || System.nanoTime() - repairAtNanos >= 0) {
                deaths = deathsNow;
                repairAtNanos = System.nanoTime() + repairEveryNanos;
                if (repair != null) {
                    repair.run();
                }
            }
        }
    }
}
