package io.muster.ipc.wait;

import io.muster.ipc.memory.Memory;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * A 4-byte word of shared memory on which threads of any process sleep, and which wakers ring.
 *
 * <pre>
 *   bit 31            21 20                        1  0
 *      +----------------+---------------------------+---+
 *      | broadcasts: 11 | single wake-ups: 20       | S |   S: somebody may sleep
 *      +----------------+---------------------------+---+
 * </pre>
 *
 * A sleeper sets S and looks at what it waits for once more before it sleeps. A waker acts first, then looks at S: while
 * it is clear, waking costs one read. Else it clears S and steps one of the two counters, so whoever is on its way to
 * sleep finds the word changed.
 *
 * <p>Two ways to use a word, not to be mixed: either all who wait on it wait for the same thing, then {@link #wake} may
 * wake as many as can be served, and each that leaves passes the rest on; or they wait for different things, then only
 * {@link #wakeAll()} is right.
 *
 * <p>Thread-safe; several objects may stand for the same word. A zeroed word is a good start. Nothing is owned by
 * anybody here: a process may be killed at any point. A waker killed between acting and waking is made good by the
 * broadcast on the deaths word, and without one by the sleepers' slices.
 */
public final class WaitWord {
    /** Bytes that a word takes; its offset must be a multiple of this. */
    public static final int BYTES = 4;

    static final int SLEEPERS = 1;
    private static final int SINGLE_STEP = 1 << 1;
    private static final int SINGLE_MASK = ((1 << 20) - 1) << 1;
    private static final int BROADCAST_STEP = 1 << 21;
    private static final int BROADCAST_MASK = -1 << 21;

    private final Memory memory;
    private final long offset;
    private final Memory deathsMemory;
    private final long deathsOffset;
    private final boolean oneWaiter;
    private final Parking parking;
    /** What native calls know the word and its deaths by; found at the first sleep, twice at worst. */
    private long address;

    private long deathsAddress;

    /** A word that hears of no deaths: for waits among parties that cannot die alone, or with slices enough. */
    public WaitWord(Memory memory, long offset) {
        this(memory, offset, null, 0, false, Parking.configured());
    }

    /**
     * A word whose sleepers wake when {@code deaths} moves too.
     *
     * @param deathsMemory where the place counts its deaths
     * @param deathsOffset of the 4-byte counter in it
     */
    public WaitWord(Memory memory, long offset, Memory deathsMemory, long deathsOffset) {
        this(
                memory,
                offset,
                Objects.requireNonNull(deathsMemory, "deathsMemory"),
                deathsOffset,
                false,
                Parking.configured());
    }

    private WaitWord(
            Memory memory, long offset, Memory deathsMemory, long deathsOffset, boolean oneWaiter, Parking parking) {
        this.memory = Objects.requireNonNull(memory, "memory");
        this.offset = offset;
        this.deathsMemory = deathsMemory;
        this.deathsOffset = deathsOffset;
        this.oneWaiter = oneWaiter;
        this.parking = Objects.requireNonNull(parking, "parking");
        if ((offset & (BYTES - 1)) != 0) {
            throw new IllegalArgumentException("wait word at offset " + offset + ": must be a multiple of " + BYTES);
        }
    }

    /** The same word, put to sleep and woken in another way. */
    public WaitWord withParking(Parking other) {
        return new WaitWord(memory, offset, deathsMemory, deathsOffset, oneWaiter, other);
    }

    /**
     * The same word, with the promise that never more than one thread waits on it: leaving is cheaper then, as there is
     * nobody to pass a wake-up on to.
     */
    public WaitWord forOneWaiter() {
        return new WaitWord(memory, offset, deathsMemory, deathsOffset, true, parking);
    }

    /**
     * Wakes {@code count} sleepers, if there are any, after the caller has published what they wait for.
     *
     * @return true if somebody really had to be woken; see {@link Waiter#noteWoke}
     */
    public boolean wake(int count) {
        VarHandle.fullFence();
        return wakeAfterCas(count);
    }

    /** Wakes all who sleep; like {@link #wake}. */
    public boolean wakeAll() {
        return wake(Integer.MAX_VALUE);
    }

    /**
     * Wakes all who sleep, also those whom a waker had taken upon itself to wake and then did not, as it was killed or
     * stopped between its two steps: S is clear then, and other wakers pass by. For whoever repairs; always costs a system
     * call.
     */
    public void wakeAllAnyway() {
        int value = memory.getIntVolatile(offset);
        while (!memory.compareAndSetInt(offset, value, rung(value & ~SLEEPERS, Integer.MAX_VALUE))) {
            value = memory.getIntVolatile(offset);
        }
        parking.wake(this, Integer.MAX_VALUE);
    }

    /**
     * {@link #wake} without its fence, which is half of its cost: only right after publishing by a compare-and-set, a
     * get-and-add or a volatile store.
     */
    public boolean wakeAfterCas(int count) {
        int value = memory.getIntVolatile(offset);
        return (value & SLEEPERS) != 0 && ring(value, count);
    }

    private boolean ring(int seen, int count) {
        if (count <= 0) {
            throw new IllegalArgumentException("wake(" + count + "): must be 1 or more");
        }
        int value = seen;
        while ((value & SLEEPERS) != 0) {
            if (memory.compareAndSetInt(offset, value, rung(value, count))) {
                return parking.wake(this, count);
            }
            value = memory.getIntVolatile(offset);
        }
        return false;
    }

    private static int rung(int value, int count) {
        int singles = value & SINGLE_MASK;
        int broadcasts = value & BROADCAST_MASK;
        return count <= SINGLE_MASK >>> 2
                ? broadcasts | ((singles + count * SINGLE_STEP) & SINGLE_MASK)
                : (broadcasts + BROADCAST_STEP) | singles;
    }

    /** True if somebody may be asleep. */
    public boolean hasSleepers() {
        return (memory.getIntVolatile(offset) & SLEEPERS) != 0;
    }

    /** How many sleepers the wake-ups between these two values were meant for; more than can be: all of them. */
    static int wokenBetween(int before, int after) {
        if ((before & BROADCAST_MASK) != (after & BROADCAST_MASK)) {
            return Integer.MAX_VALUE;
        }
        return (((after & SINGLE_MASK) - (before & SINGLE_MASK)) & SINGLE_MASK) / SINGLE_STEP;
    }

    /** Sets S. Returns the word as it then was. */
    int arm() {
        while (true) {
            int value = memory.getIntVolatile(offset);
            if ((value & SLEEPERS) != 0 || memory.compareAndSetInt(offset, value, value | SLEEPERS)) {
                return value | SLEEPERS;
            }
        }
    }

    int value() {
        return memory.getIntVolatile(offset);
    }

    int deaths() {
        return deathsMemory == null ? 0 : deathsMemory.getIntVolatile(deathsOffset);
    }

    boolean isForOneWaiter() {
        return oneWaiter;
    }

    Parking parking() {
        return parking;
    }

    /** Where native calls find the word; {@link NativeMemory#NO_ADDRESS} if they cannot. */
    long address() {
        if (address == 0) {
            address = NativeMemory.addressOf(memory, offset);
        }
        return address;
    }

    /** The same for the deaths word. */
    long deathsAddress() {
        if (deathsAddress == 0) {
            deathsAddress =
                    deathsMemory == null ? NativeMemory.NO_ADDRESS : NativeMemory.addressOf(deathsMemory, deathsOffset);
        }
        return deathsAddress;
    }
}
