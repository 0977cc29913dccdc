package io.muster.ipc.internal.bell;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * What one thread sleeps on while it waits for many things; each has a line, by number from 0. A ring is a hint: set after
 * the thing has become ready, cleared before it is looked at. So arm first, then look, then sleep.
 *
 * <p>Thread-safe, but one thread at a time waits and drains. Death: when its process dies its lines mean nothing any more, and
 * who would ring there clears them away.
 */
public final class Bell {
    private final Bells bells;
    private final WaitWord word;
    private volatile Bells.Strip[] strips = {};

    /** @param bells of the place in which it can be rung by other processes */
    public Bell(Bells bells) {
        this.bells = bells;
        Bells.Strip first = grow();
        this.word = bells.participant()
                .waitWord(first.memory(), first.at() + BellLayout.WAIT)
                .forOneWaiter();
    }

    private synchronized Bells.Strip grow() {
        Bells.Strip strip = bells.take();
        Bells.Strip head = strips.length == 0 ? strip : strips[0];
        strip.memory().putLongVolatile(strip.at() + BellLayout.BITS, 0);
        strip.memory().putIntVolatile(strip.at() + BellLayout.HEAD, head.number());
        Bells.Strip[] more = Arrays.copyOf(strips, strips.length + 1);
        more[strips.length] = strip;
        strips = more;
        return strip;
    }

    /** The name of a line for others, see {@link Watchers#arm}; from now on it may be rung. */
    public synchronized long line(int number) {
        while (number >= strips.length * BellLayout.LINES_PER_STRIP) {
            grow();
        }
        int strip = strips[number / BellLayout.LINES_PER_STRIP].number();
        return BellLayout.line(bells.participant().self(), strip, number % BellLayout.LINES_PER_STRIP);
    }

    /**
     * Rings from this process, after what makes the thing ready is done and seen by all its threads. Does nothing if the bell is
     * closed.
     */
    public void ring(int number) {
        Bells.Strip[] all = strips;
        int index = number / BellLayout.LINES_PER_STRIP;
        if (index < all.length) {
            long bit = 1L << number % BellLayout.LINES_PER_STRIP;
            BellLine.setBit(all[index].memory(), all[index].at() + BellLayout.BITS, bit);
            wake();
        }
    }

    /** Lets the thread that waits look at what it waits for. */
    public void wake() {
        word.wake(1);
    }

    /** Whether somebody has rung since the last {@link #drain}: a load for every 64 lines. */
    public boolean isRung() {
        for (Bells.Strip strip : strips) {
            if (strip.memory().getLongVolatile(strip.at() + BellLayout.BITS) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Clears the rings, and hands over the number of each line that rang. */
    public void drain(IntConsumer rung) {
        Bells.Strip[] all = strips;
        for (int i = 0; i < all.length; i++) {
            Memory memory = all[i].memory();
            long at = all[i].at() + BellLayout.BITS;
            long bits = memory.getLongVolatile(at) == 0 ? 0 : memory.getAndSetLong(at, 0);
            for (; bits != 0; bits &= bits - 1) {
                rung.accept(i * BellLayout.LINES_PER_STRIP + Long.numberOfTrailingZeros(bits));
            }
        }
    }

    /**
     * Sleeps until {@code ready}, which is also looked at whenever somebody rings or wakes.
     *
     * @return false if the deadline came first
     */
    public boolean await(Waiter waiter, BooleanSupplier ready, Deadline deadline) throws InterruptedException {
        return waiter.await(word, ready, deadline);
    }

    /** Gives its lines back, once nothing is armed with them and nobody waits; a ring may still come. */
    public synchronized void close() {
        Bells.Strip[] all = strips;
        strips = new Bells.Strip[0];
        for (Bells.Strip strip : all) {
            bells.giveBack(strip);
        }
    }

    @Override
    public String toString() {
        return "bell of " + bells.participant() + ", " + strips.length + " strips";
    }
}
