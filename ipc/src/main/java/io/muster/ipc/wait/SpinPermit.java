package io.muster.ipc.wait;

import io.muster.ipc.memory.Memory;
import java.util.Objects;
import java.util.function.LongPredicate;

/**
 * Keeps the number of threads that spin on one place below the number of CPUs, over all processes: a few words of shared
 * memory, each naming the party that spins by it.
 *
 * <pre>
 *   +0 seat 0 | +8 seat 1 | ... | +56 seat 7      0: free, else the holder's party id
 * </pre>
 *
 * Thread-safe. Death: a seat of a killed holder is taken over by whoever next finds no free one.
 */
public final class SpinPermit {
    /** Bytes that a permit takes, whatever its number of seats; its offset must be a multiple of 8. */
    public static final int BYTES = 64;

    /** {@link #tryTake} found no seat. */
    static final int NONE = -1;

    private static final int MAX_SEATS = BYTES / Long.BYTES;
    /** Asking whether a holder is dead is dearer than a look at its seat. */
    private static final int JUDGE_EVERY = 64;

    private final Memory memory;
    private final long offset;
    private final int seats;
    private final long self;
    private final LongPredicate isDead;
    private int refusals;

    /**
     * @param memory where the zeroed words lie
     * @param cpus those that the spinning parties share; one less may spin, at least 1 and at most 8
     * @param self the party id of this process, not 0
     * @param isDead whether the party with this id is known to be dead
     */
    public SpinPermit(Memory memory, long offset, int cpus, long self, LongPredicate isDead) {
        this.memory = Objects.requireNonNull(memory, "memory");
        this.offset = offset;
        this.seats = Math.max(1, Math.min(MAX_SEATS, cpus - 1));
        this.self = self;
        this.isDead = Objects.requireNonNull(isDead, "isDead");
        if (self == 0) {
            throw new IllegalArgumentException("party id 0 means nobody");
        }
    }

    /**
     * Whether somebody spins here who will look at what the caller has published before, by a volatile store or a
     * compare-and-set: who spins gives its seat back before its last look, and this looks at the seats after the publishing.
     * A holder may have been killed or stopped since; see {@link #takeBack}.
     */
    public static boolean isTaken(Memory memory, long offset) {
        for (int seat = 0; seat < MAX_SEATS; seat++) {
            if (memory.getLongVolatile(offset + (long) seat * Long.BYTES) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Frees the seat of a party that is known to be dead, if it has one. */
    public static void takeBack(Memory memory, long offset, long party) {
        for (int seat = 0; seat < MAX_SEATS; seat++) {
            memory.compareAndSetLong(offset + (long) seat * Long.BYTES, party, 0);
        }
    }

    /** Returns the number of the seat taken, or {@link #NONE}. */
    int tryTake() {
        for (int seat = 0; seat < seats; seat++) {
            long at = offset + (long) seat * Long.BYTES;
            if (memory.getLongVolatile(at) == 0 && memory.compareAndSetLong(at, 0, self)) {
                return seat;
            }
        }
        return ++refusals % JUDGE_EVERY == 0 ? takeFromDead() : NONE;
    }

    private int takeFromDead() {
        for (int seat = 0; seat < seats; seat++) {
            long at = offset + (long) seat * Long.BYTES;
            long holder = memory.getLongVolatile(at);
            if (holder != 0 && holder != self && isDead.test(holder) && memory.compareAndSetLong(at, holder, self)) {
                return seat;
            }
        }
        return NONE;
    }

    /** Nobody else touches the seat of one that lives. */
    void giveBack(int seat) {
        memory.putLongVolatile(offset + (long) seat * Long.BYTES, 0);
    }

    /** The same for who has found what it spun for and will look for more: that is on its way without waiting for this line. */
    void giveBackLater(int seat) {
        memory.putLongRelease(offset + (long) seat * Long.BYTES, 0);
    }
}
