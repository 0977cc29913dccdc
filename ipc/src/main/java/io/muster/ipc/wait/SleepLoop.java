package io.muster.ipc.wait;

import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The sleeping half of a wait, in this order and no other: read the deaths, announce a sleeper (again after each sleep),
 * look once more, sleep in slices; whoever leaves after a sleep passes the wake-up on if there is more to take. Each of
 * these steps left out alone loses a wake-up: {@code WaitWordModelTest} shows it.
 *
 * <p>Behind a slice that has merely run out the first two are done still: the sleep that follows is refused if the word or
 * the deaths are not what they were before it. Most idle waits consist of such slices, in code that the JVM has not compiled.
 */
final class SleepLoop {
    /** Short at first: a wake-up that was lost, for whatever reason, then costs no more than was waited already. */
    static final long FIRST_SLICE_NANOS = 2_000_000;

    private SleepLoop() {}

    /** @param longestSlice is given what the parking says, in nanoseconds, before each slice; null: that is it */
    static boolean sleep(
            WaitWord word,
            BooleanSupplier ready,
            BooleanSupplier more,
            Deadline deadline,
            Runnable repair,
            LongUnaryOperator longestSlice,
            boolean interruptible)
            throws InterruptedException {
        Parking parking = word.parking();
        long sliceNanos = FIRST_SLICE_NANOS;
        int deaths = 0;
        int armed = 0;
        boolean slept = false;
        boolean sliceOver = false;
        boolean interrupted = false;
        boolean left = false;
        try {
            while (true) {
                if (slept && word.isForOneWaiter() && ready.getAsBoolean()) {
                    // Nobody else can be asleep: no need to announce one, which would cost the next waker a call.
                    left = true;
                    return true;
                }
                if (!sliceOver) {
                    deaths = word.deaths();
                    armed = word.arm();
                }
                if (ready.getAsBoolean()) {
                    left = true;
                    if (slept) {
                        if (sliceOver && !word.isForOneWaiter()) {
                            word.arm();
                        }
                        passOn(word, more);
                    }
                    return true;
                }
                if ((interruptible || !sliceOver) && Thread.interrupted()) {
                    if (interruptible) {
                        throw new InterruptedException();
                    }
                    interrupted = true;
                }
                long leftNanos = deadline.remainingNanos();
                if (leftNanos == 0) {
                    return false;
                }
                long maxNanos = parking.maxSliceNanos();
                if (longestSlice != null) {
                    maxNanos = longestSlice.applyAsLong(maxNanos);
                }
                Parking.Outcome outcome =
                        parking.park(word, armed, deaths, min(sliceNanos, maxNanos, leftNanos), interruptible);
                slept |= outcome != Parking.Outcome.CHANGED;
                sliceOver = outcome == Parking.Outcome.TIMED_OUT;
                if (sliceOver) {
                    sliceNanos = Math.min(2 * sliceNanos, maxNanos);
                }
                if (repair != null && (sliceOver || word.deaths() != deaths)) {
                    repair.run();
                }
            }
        } finally {
            if (!left && slept) {
                word.arm();
                passOn(word, more);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The wake-up that ended our sleep may have been meant for more than we take, or came when we had given up. */
    private static void passOn(WaitWord word, BooleanSupplier more) {
        if (!word.isForOneWaiter() && more.getAsBoolean()) {
            word.wakeAfterCas(1);
        }
    }

    private static long min(long a, long b, long c) {
        return Math.min(a, Math.min(b, c));
    }
}
