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
    /** Some 100 us: longer than it takes to wake the other side and to get its answer. */
    static final int LONG_SPINS = 3 * MAX_SPINS;
    /** Two that wake each other in turn sleep no longer than that, and are awake no longer. */
    private static final long SHORT_NANOS = 150_000;
    /** So many short sleeps in a row are worth one long spin; up to so many after long spins in vain. */
    static final int SHORT_SLEEPS = 16;

    private static final int MOST_SHORT_SLEEPS = 64 * SHORT_SLEEPS;

    private static final int YIELDS = 4;
    /** After so many spins in vain that giving way was not, whom we wait for has our CPU when we give it up. */
    private static final int ON_ONE_CPU = 3;
    /** Waits, until one that is bound spins although it has found others on its CPU: they may have moved. */
    private static final int SPIN_ANYWAY_EVERY = 32;

    private static final long SLOW_YIELD_NANOS = 50_000;
    private static final int WAITS_WITHOUT_YIELD = 1000;

    private final int step;
    private final Runnable giveWay;
    private int limit = MAX_SPINS / 4;
    private int waits;
    private int yieldBan;
    private int onOneCpu = ON_ONE_CPU;
    private long lastSleepEnd;
    private int shortSleeps;
    private int shortSleepsToSpinLong = SHORT_SLEEPS;

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
     * A wait was not over while it was awake. Two that find each other asleep each time stay so, 40-70 us a round, as their answers
     * come later than any usual spin ends; one spin that is long enough keeps both awake from then on.
     *
     * @param from nanoseconds of {@link System#nanoTime}
     */
    void slept(long from, long to) {
        boolean isShort = to - from <= SHORT_NANOS && from - lastSleepEnd <= SHORT_NANOS;
        shortSleeps = isShort ? shortSleeps + 1 : 0;
        lastSleepEnd = to;
    }

    /**
     * Spins up to what was learned, then gives way. One that is bound to a CPU takes others to need it until a spin was not in vain:
     * it only gives way, but for a spin once in a while. Others that share a CPU for now are parted by the kernel, and sooner if
     * they spin first.
     */
    boolean spinOrYield(BooleanSupplier ready, Spinning spinning) {
        if (spinning == Spinning.NEVER) {
            return giveWay(ready, YIELDS);
        }
        if (spinning == Spinning.ONCE_IN_A_WHILE && onOneCpu >= ON_ONE_CPU && !isTimeToSpin()) {
            waits++;
            return giveWay(ready, YIELDS);
        }
        if (spin(ready)) {
            onOneCpu = 0;
            return true;
        }
        if (giveWay(ready, YIELDS)) {
            onOneCpu++;
            return true;
        }
        return false;
    }

    private boolean isTimeToSpin() {
        return waits % SPIN_ANYWAY_EVERY == 0 || isLongSpinDue();
    }

    private boolean isLongSpinDue() {
        return shortSleeps >= shortSleepsToSpinLong;
    }

    private boolean spin(BooleanSupplier ready) {
        int max = ++waits % TRY_MAX_EVERY == 0 ? MAX_SPINS : limit;
        boolean isLong = isLongSpinDue();
        if (isLong) {
            max = LONG_SPINS;
            shortSleeps = 0;
            shortSleepsToSpinLong = Math.min(2 * shortSleepsToSpinLong, MOST_SHORT_SLEEPS);
        }
        for (int spins = step; spins <= max; spins += step) {
            pause();
            if (ready.getAsBoolean()) {
                limit = Math.min(MAX_SPINS, Math.max(limit + HEADROOM, 3 * spins));
                if (isLong) {
                    shortSleepsToSpinLong = SHORT_SLEEPS;
                }
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
