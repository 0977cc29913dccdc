package io.muster.ipc.memory;

/**
 * Where each field of a place's party table lies. Several processes map these bytes, so this class <em>is</em> the
 * protocol: a change here is a change of {@link #VERSION}.
 *
 * <pre>
 *   byte of the segment's body
 *      0 +------------------------------+------------------------------+
 *        | BOOT_ID, 16 bytes: the boot of the machine that made it     |  before anyone sees it; again after a reboot
 *     16 +------------------------------+------------------------------+
 *        | PROCESSORS i32, of the root  | CAPACITY i32: slots          |  the same
 *     24 +------------------------------+------------------------------+
 *        | STATE i32: 0 open, 1 swept   | JOINS u32: ever              |
 *     32 +------------------------------+------------------------------+
 *        | NAMED i32: 1, never swept    | OBJECTS u32: named, ever     |
 *     64 +------------------------------+------------------------------+
 *        | DEATHS u32: sentences passed | WATCHED i32: 1, may sleep on |  DEATHS is a futex word
 *    128 +------------------------------+------------------------------+
 *        | slot 0, slot 1, ...                                         |
 *        +-------------------------------------------------------------+
 *
 *   byte of a slot, each 128 bytes
 *      0 | STATE_WORD  {incarnation:40 | phase:4}, the publishing word: only who holds the slot's lock changes it
 *      8 | PID
 *     16 | START_TICKS
 *     24 | PID_NAMESPACE
 *     32 | RESERVER    party id of the parent that reserved it, or 0
 *     40 | BEAT        the party's own, for whoever watches it
 *     48 | EXIT_MARK   1: on its way out, needs nothing of the place any more
 *     56 | ANNOUNCED   the incarnation whose death everybody has been woken for
 *     64 | NAME        1 byte length, up to 63 bytes of UTF-8
 * </pre>
 */
final class PlaceLayout {
    static final int KIND = SegmentKind.of("PLAC");
    static final int VERSION = 1;

    static final int BOOT_ID_HIGH = 0;
    static final int BOOT_ID_LOW = BOOT_ID_HIGH + Long.BYTES;
    static final int PROCESSORS = BOOT_ID_LOW + Long.BYTES;
    static final int CAPACITY = PROCESSORS + Integer.BYTES;
    static final int STATE = CAPACITY + Integer.BYTES;
    static final int JOINS = STATE + Integer.BYTES;
    static final int NAMED = JOINS + Integer.BYTES;
    static final int OBJECTS = NAMED + Integer.BYTES;
    /** A cache line of its own: everybody who waits reads it. */
    static final int DEATHS = 64;

    static final int WATCHED = DEATHS + Integer.BYTES;
    static final int SLOTS = 128;

    static final int STATE_OPEN = 0;
    static final int STATE_SWEPT = 1;

    static final int STATE_WORD = 0;
    static final int PID = STATE_WORD + Long.BYTES;
    static final int START_TICKS = PID + Long.BYTES;
    static final int PID_NAMESPACE = START_TICKS + Long.BYTES;
    static final int RESERVER = PID_NAMESPACE + Long.BYTES;
    static final int BEAT = RESERVER + Long.BYTES;
    static final int EXIT_MARK = BEAT + Long.BYTES;
    static final int ANNOUNCED = EXIT_MARK + Long.BYTES;
    static final int NAME = ANNOUNCED + Long.BYTES;
    static final int NAME_BYTES = 64;
    static final int SLOT_BYTES = NAME + NAME_BYTES;

    static final int FREE = 0;
    static final int RESERVED = 1;
    static final int LIVE = 2;
    static final int DEAD = 3;
    private static final int PHASE_BITS = 4;

    private PlaceLayout() {}

    static long bodyBytes(int capacity) {
        return slot(capacity);
    }

    static long slot(int slot) {
        return SLOTS + (long) slot * SLOT_BYTES;
    }

    static long stateWord(int phase, long incarnation) {
        return incarnation << PHASE_BITS | phase;
    }

    static int phase(long stateWord) {
        return (int) stateWord & (1 << PHASE_BITS) - 1;
    }

    static long incarnation(long stateWord) {
        return stateWord >>> PHASE_BITS & PartyId.INCARNATION_MASK;
    }

    static String phaseName(int phase) {
        switch (phase) {
            case FREE:
                return "free";
            case RESERVED:
                return "reserved";
            case LIVE:
                return "live";
            case DEAD:
                return "dead";
            default:
                return "in unknown phase " + phase;
        }
    }
}
