package io.muster.ipc.wait;

import java.util.function.BooleanSupplier;

/**
 * How long to spin before sleeping, learned from how the last waits of one place ended. Threads may share it: races
 * between them only blur what was learned.
 *
 * <p>The numbers were measured (two cores, cold and hot hand-overs, pinned and free): spinning a fixed time loses
 * 60 us whenever the kernel has put the woken process on the spinner's CPU, and yielding loses whole time slices
 * (3-6 ms) when strangers own the cores.
 */
final class SpinRule {
    static final int MAX_SPINS = 2000;
    static final int MIN_SPINS = MAX_SPINS / 8;
    private static final int HEADROOM = 8;
    private static final int TRY_MAX_EVERY = 128;
    private static final int YIELDS = 4;
    /** So many spins in a row were in vain and the first yield was not: whom we wait for has our CPU when we give it up. */
    private static final int ON_ONE_CPU = 3;
    /** Waits, until one spins although the two share a CPU: the kernel may have parted them. */
    private static final int SPIN_ANYWAY_EVERY = 32;

    private static final long SLOW_YIELD_NANOS = 50_000;
    private static final int WAITS_WITHOUT_YIELD = 1000;

    private final int step;
    private final Runnable giveWay;
    private int limit = MAX_SPINS / 4;
    private int waits;
    private int yieldBan;
    private int onOneCpu;

    /** @param step pauses between two looks, 1 to {@link #MIN_SPINS} */
    SpinRule(int step) {
        this(step, Thread::yield);
    }

    /** @param giveWay lets others have this CPU */
    SpinRule(int step, Runnable giveWay) {
        this.step = step;
        this.giveWay = giveWay;
    }

    /** The next spin is not limited by what was learned. */
    void tryTheMaximum() {
        waits = TRY_MAX_EVERY - 1;
    }

    /**
     * Spins up to what was learned, then gives way; the other way round while the two seem to share a CPU.
     *
     * @param maySpin false: only gives way
     */
    boolean spinOrYield(BooleanSupplier ready, boolean maySpin) {
        if (!maySpin) {
            return giveWay(ready, YIELDS);
        }
        if (onOneCpu >= ON_ONE_CPU && waits % SPIN_ANYWAY_EVERY != 0 && giveWay(ready, 1)) {
            waits++;
            return true;
        }
        if (spin(ready)) {
            onOneCpu = 0;
            return true;
        }
        if (giveWay(ready, 1)) {
            onOneCpu++;
            return true;
        }
        onOneCpu = 0;
        return giveWay(ready, YIELDS - 1);
    }

    private boolean spin(BooleanSupplier ready) {
        int max = ++waits % TRY_MAX_EVERY == 0 ? MAX_SPINS : limit;
        for (int spins = step; spins <= max; spins += step) {
            pause();
            if (ready.getAsBoolean()) {
                limit = Math.min(MAX_SPINS, Math.max(limit + HEADROOM, 3 * spins));
                return true;
            }
        }
        limit = Math.max(MIN_SPINS, limit - limit / 8);
        return false;
    }

    private void pause() {
        for (int i = 0; i < step; i++) {
            Thread.onSpinWait();
        }
    }

    /** For a thread that must not keep its carrier: the least spinning, and nothing learned. */
    boolean spinBriefly(BooleanSupplier ready) {
        for (int spins = 0; spins < MIN_SPINS; spins += step) {
            pause();
            if (ready.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    /** Gives way a few times, unless that was seen to cost whole time slices. */
    private boolean giveWay(BooleanSupplier ready, int times) {
        if (yieldBan > 0) {
            yieldBan--;
            return false;
        }
        long before = System.nanoTime();
        for (int yields = 0; yields < times; yields++) {
            giveWay.run();
            if (ready.getAsBoolean()) {
                return true;
            }
            long now = System.nanoTime();
            if (now - before > SLOW_YIELD_NANOS) {
                yieldBan = WAITS_WITHOUT_YIELD;
                return false;
            }
            before = now;
        }
        return false;
    }
}
