package io.muster.ipc.sync;

import java.util.concurrent.TimeUnit;

/**
 * How often operations that do not wait may hear the witnesses on those who keep them from success: who waits does so once a
 * slice, but where nobody waits and nobody announces deaths, a loop of tries would find nothing but the dead for ever.
 *
 * <p>Thread-safe.
 */
final class Glance {
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private volatile long lastNanos = System.nanoTime();

    /** True at most every 100 ms, but for races. */
    boolean isDue() {
        long now = System.nanoTime();
        if (now - lastNanos < EVERY_NANOS) {
            return false;
        }
        lastNanos = now;
        return true;
    }
}
