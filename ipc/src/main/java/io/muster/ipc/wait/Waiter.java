package io.muster.ipc.wait;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * Waits until something in shared memory has become true: looks, spins for as long as earlier waits taught was worth
 * it, then sleeps on a {@link WaitWord}. One object per waiting place, best kept in a field: it learns. A wait of a
 * platform thread allocates nothing.
 *
 * <p>Threads may share one; what it learns then blurs. Virtual threads may wait too: they park and do not hold their
 * carrier.
 *
 * <p>Death: no wait depends on one process only. A sleeper looks again whenever its word's deaths counter moves, and
 * after each slice (2 ms, doubling to 250 ms, or to {@link Builder#lookEvery less}) even if nobody says anything; each time the
 * repair hook runs first.
 */
public final class Waiter {
    /**
     * Two that wake each other and never spin after it stay asleep for ever, 20-60 us a round, though both had a CPU of
     * their own by now. So once in a while one of them stays awake for the answer; if it comes, both do.
     */
    private static final int SPIN_ANYWAY_EVERY = 16;

    private final WaitStrategy strategy;
    private final Runnable repair;
    private final SpinPermit permit;
    private final int cpus;
    private final LongSlices longSlices;
    private final ShortSlices shortSlices;
    private final long repairEveryNanos;
    private final SpinRule rule;
    private final LongConsumer sleepMeter;
    private boolean wokeOther;
    private int wakesOfOthers;

    private Waiter(Builder builder) {
        strategy = builder.strategy == null ? WaitStrategy.configured() : builder.strategy;
        repair = builder.repair;
        permit = builder.permit;
        cpus = builder.cpus;
        rule = new SpinRule(builder.pausesBetweenLooks);
        longSlices = builder.longestSlice == null ? null : new LongSlices(builder.longestSlice);
        boolean often = builder.lookEveryNanos != 0;
        shortSlices = often ? new ShortSlices(builder.lookEveryNanos, builder.lookOften) : null;
        repairEveryNanos = often ? builder.lookEveryNanos : BusyLoop.REPAIR_EVERY_NANOS;
        sleepMeter = builder.sleepMeter;
    }

    /** A waiter with the configured strategy ({@value WaitStrategy#PROPERTY}) and no repair hook. */
    public static Waiter create() {
        return builder().build();
    }

    /** For a waiter that differs from {@link #create()}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Waits until {@code ready} is true or the deadline has passed.
     *
     * @param ready what is waited for: quick, without side effects; asked any number of times by the calling thread,
     *     also once more after it was true
     * @return true if it was ready, whatever the time; false only after the deadline
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; its flag is cleared then.
     *     JDK 17 can lose the wake-up of an interrupt: then this takes until the end of the slice
     */
    public boolean await(WaitWord word, BooleanSupplier ready, Deadline deadline) throws InterruptedException {
        return await(word, ready, ready, deadline);
    }

    /**
     * The same for a {@code ready} that takes what it finds, such as a permit or an item: once it was true it is not
     * asked again.
     *
     * @param more whether something is left that another waiter of this word could take; asked when leaving after a
     *     sleep, and if so one other is woken
     */
    public boolean await(WaitWord word, BooleanSupplier ready, BooleanSupplier more, Deadline deadline)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return ready.getAsBoolean() || slowAwait(word, ready, more, deadline, true);
    }

    /** {@link #await(WaitWord, BooleanSupplier, Deadline)}, but an interrupt has no effect beyond its flag. */
    public boolean awaitUninterruptibly(WaitWord word, BooleanSupplier ready, Deadline deadline) {
        return awaitUninterruptibly(word, ready, ready, deadline);
    }

    /** The same for a {@code ready} that takes what it finds. */
    public boolean awaitUninterruptibly(WaitWord word, BooleanSupplier ready, BooleanSupplier more, Deadline deadline) {
        try {
            return ready.getAsBoolean() || slowAwait(word, ready, more, deadline, false);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * Tells the next wait what {@link WaitWord#wake} returned to this thread. After a real wake-up it mostly does not spin:
     * the kernel likes to put the woken process on the waker's own CPU, and spinning there keeps it from running.
     */
    public void noteWoke(boolean woke) {
        if (woke) {
            wokeOther = true;
        }
    }

    private boolean slowAwait(
            WaitWord word, BooleanSupplier ready, BooleanSupplier more, Deadline deadline, boolean interruptible)
            throws InterruptedException {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(more, "more");
        Objects.requireNonNull(deadline, "deadline");
        boolean virtual = VirtualThreads.isVirtual(Thread.currentThread());
        boolean skipSpin = wokeOther && ++wakesOfOthers % SPIN_ANYWAY_EVERY != 0;
        if (wokeOther && !skipSpin) {
            rule.tryTheMaximum();
        }
        wokeOther = false;
        if (strategy != WaitStrategy.BLOCKING && (skipSpin || permit == null)) {
            if (awake(word, ready, deadline, interruptible, virtual, skipSpin)) {
                return true;
            }
        } else if (strategy != WaitStrategy.BLOCKING
                && awakeWithPermit(word, ready, deadline, interruptible, virtual)) {
            return true;
        }
        long start = System.nanoTime();
        try {
            if (shortSlices != null) {
                return sleepInShortSlices(word, ready, more, deadline, interruptible);
            }
            // An interrupt may need a slice to be seen, and virtual threads have others to sleep for them.
            LongUnaryOperator slices = interruptible || virtual ? null : longSlices;
            return SleepLoop.sleep(word, ready, more, deadline, repair, slices, interruptible);
        } finally {
            noteSlept(start, System.nanoTime());
        }
    }

    private void noteSlept(long from, long to) {
        if (permit == null) { // else CPUs are scarce: no long spins
            rule.slept(from, to);
        }
        if (sleepMeter != null) {
            sleepMeter.accept(to - from);
        }
    }

    private boolean sleepInShortSlices(
            WaitWord word, BooleanSupplier ready, BooleanSupplier more, Deadline deadline, boolean interruptible)
            throws InterruptedException {
        shortSlices.enter();
        try {
            return SleepLoop.sleep(word, ready, more, deadline, repair, shortSlices, interruptible);
        } finally {
            shortSlices.leave();
        }
    }

    private boolean awakeWithPermit(
            WaitWord word, BooleanSupplier ready, Deadline deadline, boolean interruptible, boolean virtual)
            throws InterruptedException {
        int seat = permit.tryTake();
        if (seat == SpinPermit.NONE) {
            return false;
        }
        boolean found = false;
        try {
            found = awake(word, ready, deadline, interruptible, virtual, false);
        } finally {
            if (found) {
                permit.giveBackLater(seat);
            } else {
                permit.giveBack(seat);
            }
        }
        return found;
    }

    private boolean awake(
            WaitWord word,
            BooleanSupplier ready,
            Deadline deadline,
            boolean interruptible,
            boolean virtual,
            boolean skipSpin)
            throws InterruptedException {
        if (virtual) {
            return !skipSpin && spinning() == Spinning.FREELY && rule.spinBriefly(ready);
        }
        if (strategy == WaitStrategy.BUSY_SPIN) {
            return BusyLoop.spin(word, ready, deadline, repair, repairEveryNanos, interruptible);
        }
        return rule.spinOrYield(ready, skipSpin ? Spinning.NEVER : spinning());
    }

    /** Found out at the first wait that is one, as it reads files. */
    private Spinning spinning() {
        if (cpus > 0) {
            return cpus > 1 ? Spinning.FREELY : Spinning.NEVER;
        }
        Spinning seen = Cpus.spinning();
        // With a permit CPUs are known to be scarce.
        return permit != null && seen == Spinning.ONCE_IN_A_WHILE ? Spinning.NEVER : seen;
    }

    /** What a {@link Waiter} is made of; every part has a default. */
    public static final class Builder {
        private WaitStrategy strategy;
        private Runnable repair;
        private SpinPermit permit;
        private int cpus;
        private LongSupplier longestSlice;
        private long lookEveryNanos;
        private BooleanSupplier lookOften;
        private int pausesBetweenLooks = 1;
        private LongConsumer sleepMeter;

        private Builder() {}

        /** Instead of what {@value WaitStrategy#PROPERTY} says. */
        public Builder strategy(WaitStrategy value) {
            strategy = Objects.requireNonNull(value, "strategy");
            return this;
        }

        /**
         * Runs in the waiting thread whenever deaths moved or a slice ended without a wake-up: judge who is dead there
         * and set right what they left. Must not wait.
         */
        public Builder repair(Runnable value) {
            repair = Objects.requireNonNull(value, "repair");
            return this;
        }

        /** Spins only while it holds a seat of this permit; without one it sleeps at once. */
        public Builder permit(SpinPermit value) {
            permit = Objects.requireNonNull(value, "permit");
            return this;
        }

        /** The CPUs that the waiting parties share, if it is known better than this process can see; 1: never spin. */
        public Builder cpus(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("cpus=" + value + ": must be 1 or more");
            }
            cpus = value;
            return this;
        }

        /**
         * Lets slices grow beyond 250 ms, where a sleeper should cost nothing and somebody else looks after it by {@link
         * WaitWord#wakeAllAnyway}. Only for uninterruptible waits of platform threads; other waits keep their slices.
         */
        public Builder longestSlice(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("longestSlice=" + value + ": must be more than 0");
            }
            long nanos = value.toNanos();
            return longestSlice(() -> nanos);
        }

        /**
         * The same where that somebody comes and goes.
         *
         * @param nanos asked before each slice, quick; 0 or less while nobody looks after this sleeper
         */
        public Builder longestSlice(LongSupplier nanos) {
            longestSlice = Objects.requireNonNull(nanos, "nanos");
            return this;
        }

        /**
         * Keeps slices shorter than 250 ms: for waits that are short as a rule, so that one which is not hints at a death that
         * perhaps nobody tells. A slice costs some 0.1 ms of processor time. Where many threads wait each looks less
         * often, all of this waiter together a thousand times a second.
         *
         * @param longest slice; more than 0
         */
        public Builder lookEvery(Duration longest) {
            return lookEvery(longest, null);
        }

        /**
         * The same while something is so.
         *
         * @param when asked before each slice, quick; null: always
         */
        public Builder lookEvery(Duration longest, BooleanSupplier when) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("lookEvery=" + longest + ": must be more than 0");
            }
            lookEveryNanos = longest.toNanos();
            lookOften = when;
            return this;
        }

        /**
         * Looks less often while it spins, for as long in all: where each look disturbs the one that is waited for.
         *
         * @param pauses 1 to 250; by default 1
         */
        public Builder pausesBetweenLooks(int pauses) {
            if (pauses < 1 || pauses > SpinRule.MIN_SPINS) {
                throw new IllegalArgumentException("pauses=" + pauses + ": must be from 1 to " + SpinRule.MIN_SPINS);
            }
            pausesBetweenLooks = pauses;
            return this;
        }

        /** Is told by the waiting thread, after each wait that did not end while it was awake, for how many nanoseconds it slept. */
        public Builder sleepMeter(LongConsumer value) {
            sleepMeter = Objects.requireNonNull(value, "sleepMeter");
            return this;
        }

        /** @throws IllegalStateException if slices are to be both shorter and longer than usual */
        public Waiter build() {
            if (longestSlice != null && lookEveryNanos != 0) {
                throw new IllegalStateException("longestSlice and lookEvery: a waiter has one of them");
            }
            return new Waiter(this);
        }
    }
}
