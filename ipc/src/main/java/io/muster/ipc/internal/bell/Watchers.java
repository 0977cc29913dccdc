package io.muster.ipc.internal.bell;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import java.lang.invoke.VarHandle;

/**
 * Who wants to hear when one shared object becomes ready: a few words in that object's own layout.
 *
 * <pre>
 *   byte, from a multiple of 8
 *      0 | STIR u32 {arms:31 | watched:1}    bit 0 clear: nobody, so that this is all that a ring looks at
 *      4 | zeros
 *      8 | seven lines, see BellLayout; 0: free
 * </pre>
 *
 * To arm: a line by CAS, then STIR, then look at the object. To ring: publish, then look at STIR. So one of the two sees the
 * other. Whoever rings and finds no line at all clears {@code watched}, unless somebody has armed since it looked.
 *
 * <p>Best laid beside the word that the object publishes with. Thread-safe. Death: lines of the dead mean nothing and are
 * cleared by whoever rings or wants one; what the dead had published but not rung is found by those who wait, when they hear
 * of the death or after a slice.
 */
public final class Watchers {
    /** What it takes in the object's layout, zeros at first; at a multiple of 8. */
    public static final int BYTES = 64;

    private static final int STIR = 0;
    private static final int LINES = STIR + Long.BYTES;

    /** How many can watch; others must be told by other means. */
    static final int MOST = (BYTES - LINES) / Long.BYTES;

    private static final int WATCHED = 1;
    private static final int ARM_STEP = 2;

    private final Participant participant;
    private final Memory memory;
    private final long base;
    /** Those found last; each is checked before use. */
    private final BellLine[] found = new BellLine[MOST];

    public Watchers(Participant participant, Memory memory, long base) {
        this.participant = participant;
        this.memory = memory;
        this.base = base;
    }

    private long at(int index) {
        return base + LINES + (long) index * Long.BYTES;
    }

    /** Tells all who watch, after the caller has published in whatever way. Never throws for what others have done. */
    public void ring() {
        VarHandle.fullFence();
        ringAfterCas();
    }

    /** The same without its fence: only right after a compare-and-set, a get-and-add or a volatile store. */
    public void ringAfterCas() {
        int stir = memory.getIntVolatile(base + STIR);
        if ((stir & WATCHED) != 0) {
            ringAll(stir);
        }
    }

    private void ringAll(int stir) {
        boolean watched = false;
        for (int i = 0; i < MOST; i++) {
            long line = memory.getLongVolatile(at(i));
            if (line == 0) {
                continue;
            }
            long party = BellLayout.party(line, participant);
            if (party == PartyId.NOBODY) {
                memory.compareAndSetLong(at(i), line, 0);
                Bells.of(participant).forgetDead();
                continue;
            }
            watched = true;
            BellLine bell = find(i, party, line);
            if (bell != null) {
                bell.ring();
            }
        }
        if (!watched) {
            memory.compareAndSetInt(base + STIR, stir, stir & ~WATCHED);
        }
    }

    private BellLine find(int index, long party, long line) {
        BellLine known = found[index];
        if (known == null || known.line() != line || known.party() != party) {
            known = BellLine.find(Bells.of(participant), party, line);
            found[index] = known;
        }
        return known;
    }

    /**
     * Has that line rung from now on; look at the object afterwards, as it may have become ready before.
     *
     * @return false if there is no room: nothing rings then
     */
    public boolean arm(long line) {
        for (int i = 0; i < MOST; i++) {
            long there = memory.getLongVolatile(at(i));
            boolean free = there == 0 || BellLayout.party(there, participant) == PartyId.NOBODY;
            if (free && memory.compareAndSetLong(at(i), there, line)) {
                stir();
                return true;
            }
        }
        return false;
    }

    private void stir() {
        int stir;
        do {
            stir = memory.getIntVolatile(base + STIR);
        } while (!memory.compareAndSetInt(base + STIR, stir, stir + ARM_STEP | WATCHED));
    }

    /** Undoes {@link #arm}; only while the object is open, as its bytes may be another's afterwards. Twice is harmless. */
    public void disarm(long line) {
        for (int i = 0; i < MOST; i++) {
            if (memory.getLongVolatile(at(i)) == line) {
                memory.compareAndSetLong(at(i), line, 0);
            }
        }
    }

    /** Whether somebody may be watching: a load. */
    public boolean isWatched() {
        return (memory.getIntVolatile(base + STIR) & WATCHED) != 0;
    }
}
