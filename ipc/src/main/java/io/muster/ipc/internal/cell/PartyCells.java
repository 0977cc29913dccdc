package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One word for each party of a place, written by that party alone: what it holds of something; before it lives, by the
 * parent that has reserved its slot. The word of a party that is dead counts for nothing, so nobody has to take back what
 * it held.
 *
 * <pre>
 *   byte, from a multiple of 8
 *      0 | HIGH i32     no word from here on was ever written; only rises, and before the first write beyond it
 *      4 | zeros
 *      8 | word of slot 0 i64 {incarnation:40 | payload:24} | word of slot 1 | ...    one for each slot of the place
 * </pre>
 *
 * <p>A party that has the slot of a dead one overwrites its word: whoever needs to know of the dead looks before that.
 *
 * <p>Thread-safe as far as each method says.
 */
public final class PartyCells {
    private static final int PAYLOAD_BITS = 24;
    private static final int HIGH = 0;
    private static final int WORDS = HIGH + Long.BYTES;

    /** The most that a party can hold. */
    public static final int MAX_PAYLOAD = (1 << PAYLOAD_BITS) - 1;

    private final Participant participant;
    private final Memory memory;
    private final long base;
    private final int slot;
    private final long mineAt;
    private final long empty;
    private volatile boolean registered;

    /** @param base where the words lie, see {@link #bytes} */
    public PartyCells(Participant participant, Memory memory, long base) {
        this.participant = participant;
        this.memory = memory;
        this.base = base;
        this.slot = PartyId.slot(participant.self());
        this.mineAt = at(slot);
        this.empty = PartyId.incarnation(participant.self()) << PAYLOAD_BITS;
    }

    /** What the words of a place with so many slots take. */
    public static long bytes(int capacity) {
        return WORDS + (long) capacity * Long.BYTES;
    }

    /**
     * For who only looks: the parties that held something, be they alive or not.
     *
     * @param base as for the constructor
     * @param capacity slots of the place
     */
    public static List<Long> holdersIn(SegmentFile in, long base, int capacity) throws IOException {
        return holdersIn(in, base, capacity, MAX_PAYLOAD);
    }

    /** The same for payloads that are made of bits: those with one of these. */
    public static List<Long> holdersIn(SegmentFile in, long base, int capacity, int bits) throws IOException {
        List<Long> holders = new ArrayList<>();
        int high = Math.max(0, Math.min(in.getInt(base + HIGH), capacity));
        for (int each = 0; each < high; each++) {
            long word = in.getLong(base + WORDS + (long) each * Long.BYTES);
            if ((payload(word) & bits) != 0) {
                holders.add((word >>> PAYLOAD_BITS) * PartyId.MAX_SLOTS + each);
            }
        }
        return holders;
    }

    private long at(int ofSlot) {
        return base + WORDS + (long) ofSlot * Long.BYTES;
    }

    /** Makes the word this party's own; any number of threads may do it at once. */
    private void register() {
        raiseHigh(slot);
        long word = memory.getLongVolatile(mineAt);
        if (!isMine(word)) {
            memory.compareAndSetLong(mineAt, word, empty);
        }
        registered = true;
    }

    private void raiseHigh(int ofSlot) {
        int high = memory.getIntVolatile(base + HIGH);
        while (high <= ofSlot && !memory.compareAndSetInt(base + HIGH, high, ofSlot + 1)) {
            high = memory.getIntVolatile(base + HIGH);
        }
    }

    /**
     * Publishes what a party will hold that this one has reserved a slot for, and that does not live yet. Under a lock that
     * keeps newcomers out, as this may overwrite the word of a dead party.
     */
    public void give(long partyId, int payload) {
        raiseHigh(PartyId.slot(partyId));
        memory.putLongVolatile(at(PartyId.slot(partyId)), PartyId.incarnation(partyId) << PAYLOAD_BITS | payload);
    }

    private boolean isMine(long word) {
        return word >>> PAYLOAD_BITS == empty >>> PAYLOAD_BITS;
    }

    /** What this party holds. */
    public int mine() {
        long word = memory.getLongVolatile(mineAt);
        return isMine(word) ? payload(word) : 0;
    }

    /** Publishes what this party holds; by one thread at a time. */
    public void setMine(int payload) {
        if (!registered) {
            register();
        }
        memory.putLongRelease(mineAt, empty | payload);
    }

    /**
     * Adds to what this party holds, with volatile effect; by any thread.
     *
     * @return what it held before
     */
    public int addMine(int delta) {
        if (!registered) {
            register();
        }
        return payload(memory.getAndAddLong(mineAt, delta));
    }

    /**
     * Adds so many to what this party holds, unless that would be more than {@link #MAX_PAYLOAD}; by any thread.
     *
     * @return whether it was done
     */
    public boolean tryAddMine(int count) {
        if (!registered) {
            register();
        }
        long word = memory.getLongVolatile(mineAt);
        while (count <= MAX_PAYLOAD - payload(word)) {
            if (memory.compareAndSetLong(mineAt, word, word + count)) {
                return true;
            }
            word = memory.getLongVolatile(mineAt);
        }
        return false;
    }

    private static int payload(long word) {
        return (int) word & MAX_PAYLOAD;
    }

    /** How many words there are to look at. */
    public int high() {
        return Math.min(memory.getIntVolatile(base + HIGH), participant.place().capacity());
    }

    /** The party that wrote a slot's word last if it holds something, be it alive or dead; else {@link PartyId#NOBODY}. */
    public long holder(int ofSlot) {
        long word = memory.getLongVolatile(at(ofSlot));
        return payload(word) == 0 ? PartyId.NOBODY : (word >>> PAYLOAD_BITS) * PartyId.MAX_SLOTS + ofSlot;
    }

    /** What the party of a slot holds: nothing if it is published dead. */
    public int held(int ofSlot) {
        long word = memory.getLongVolatile(at(ofSlot));
        int payload = payload(word);
        long party = (word >>> PAYLOAD_BITS) * PartyId.MAX_SLOTS + ofSlot;
        return payload == 0 || participant.isDead(party) ? 0 : payload;
    }

    /** Whether any party holds something that is not published dead. */
    public boolean isAnyHeld() {
        for (int each = 0, high = high(); each < high; each++) {
            if (held(each) != 0) {
                return true;
            }
        }
        return false;
    }

    /** What that party holds: nothing if it is published dead. */
    public int heldBy(long partyId) {
        int itsSlot = PartyId.slot(partyId);
        return holder(itsSlot) == partyId ? held(itsSlot) : 0;
    }

    /** What all hold that are not published dead. */
    public long sum() {
        long sum = 0;
        for (int each = 0, high = high(); each < high; each++) {
            sum += held(each);
        }
        return sum;
    }

    /** Hears the witnesses on every other party that holds something: what a repair hook does. */
    public void judgeHolders() {
        for (int each = 0, high = high(); each < high; each++) {
            long party = holder(each);
            if (party != PartyId.NOBODY && party != participant.self()) {
                participant.isDeadByWitnesses(party);
            }
        }
    }

    /** A party that is published dead and held something, or {@link PartyId#NOBODY}. */
    public long deadHolder() {
        for (int each = 0, high = high(); each < high; each++) {
            long party = holder(each);
            if (party != PartyId.NOBODY && participant.isDead(party)) {
                return party;
            }
        }
        return PartyId.NOBODY;
    }

    /** Forgets what the dead held. Only under a lock that keeps newcomers out, as they overwrite such words too. */
    public void clearDead() {
        for (int each = 0, high = high(); each < high; each++) {
            long party = holder(each);
            if (party != PartyId.NOBODY && participant.isDead(party)) {
                memory.putLongVolatile(at(each), 0);
            }
        }
    }
}
