package io.muster.ipc.memory;

/**
 * Names a process inside one {@link Place}, once and for ever: ids are never reused, so an id that was read a minute
 * ago can be compared with one read now.
 *
 * <pre>
 *   52 bits   {incarnation:40 | slot:12}      slot: its line in the party table; incarnation: how often that was taken
 * </pre>
 */
public final class PartyId {
    static final int SLOT_BITS = 12;
    static final int INCARNATION_BITS = 40;

    /** How many bits an id takes; the others of a 64-bit word are the structure's own. */
    public static final int BITS = SLOT_BITS + INCARNATION_BITS;

    /** The most slots that a table can have. */
    public static final int MAX_SLOTS = 1 << SLOT_BITS;

    /** No process. */
    public static final long NOBODY = 0;

    /** Stands where an owner would, in things that were closed for good. */
    public static final long CLOSED = (1L << BITS) - 1;

    static final long INCARNATION_MASK = (1L << INCARNATION_BITS) - 1;

    private PartyId() {}

    static long of(int slot, long incarnation) {
        return incarnation << SLOT_BITS | slot;
    }

    /** Its slot in the party table: the index of its word in every array that has one word per party. */
    public static int slot(long partyId) {
        return (int) (partyId & MAX_SLOTS - 1);
    }

    /** Tells it from those that had the slot before and after it; 1 or more for a real party. */
    public static long incarnation(long partyId) {
        return partyId >>> SLOT_BITS & INCARNATION_MASK;
    }
}
