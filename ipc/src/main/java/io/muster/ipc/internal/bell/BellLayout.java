package io.muster.ipc.internal.bell;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of bells lie. Each process that waits with bells has files of its own in the place, full of strips; a bell
 * is one strip or more.
 *
 * <pre>
 *   byte of a strip, 64 bytes each
 *      0 | BITS i64    one for each of its 64 lines: somebody has rung there since the owner looked last
 *      8 | HEAD i32    number of the first strip of its bell
 *     12 | WAIT u32    where the owner sleeps, if this is the first strip
 *
 *   a line, as others know it
 *      {mark:4 | incarnation:20 | slot:12 | strip:22 | bit:6}
 * </pre>
 *
 * All of it is hints: what a bit is meant for, its owner finds out by looking. So a strip is used again without more ado, and
 * a ring that comes late costs one look. That is also why the low 20 bits of the owner's incarnation are enough.
 */
final class BellLayout {
    static final int KIND = SegmentKind.of("BELL");
    static final int VERSION = 1;

    static final int BITS = 0;
    static final int HEAD = BITS + Long.BYTES;
    static final int WAIT = HEAD + Integer.BYTES;
    static final int USED = WAIT + WaitWord.BYTES;
    /** A cache line of its own for each. */
    static final int STRIP_BYTES = 64;

    static final int STRIPS_PER_FILE = 256;
    static final int LINES_PER_STRIP = Long.SIZE;

    private static final String PREFIX = "bells-";

    private static final int BIT_BITS = 6;
    private static final int STRIP_BITS = 22;
    private static final int SLOT_BITS = 12;
    private static final int INCARNATION_BITS = 20;
    private static final int SLOT_SHIFT = BIT_BITS + STRIP_BITS;
    private static final int INCARNATION_SHIFT = SLOT_SHIFT + SLOT_BITS;
    private static final int MARK_SHIFT = INCARNATION_SHIFT + INCARNATION_BITS;
    private static final long INCARNATION_MASK = (1L << INCARNATION_BITS) - 1;
    /** Of every line: so none is 0, and none is taken for an owner's id. */
    private static final long MARK = 0xBL;

    static final int MOST_STRIPS = 1 << STRIP_BITS;

    private BellLayout() {}

    static String fileName(long party, int file) {
        return PREFIX + Long.toString(party, Character.MAX_RADIX) + "-" + file;
    }

    /** Whose file that is; {@link PartyId#NOBODY} if it is none of these. */
    static long ownerOfFile(String name) {
        int end = name.lastIndexOf('-');
        if (!name.startsWith(PREFIX) || end < PREFIX.length()) {
            return PartyId.NOBODY;
        }
        try {
            return Long.parseLong(name, PREFIX.length(), end, Character.MAX_RADIX);
        } catch (NumberFormatException e) {
            return PartyId.NOBODY;
        }
    }

    static long line(long party, int strip, int bit) {
        return MARK << MARK_SHIFT
                | (PartyId.incarnation(party) & INCARNATION_MASK) << INCARNATION_SHIFT
                | (long) PartyId.slot(party) << SLOT_SHIFT
                | (long) strip << BIT_BITS
                | bit;
    }

    static int bit(long line) {
        return (int) line & (1 << BIT_BITS) - 1;
    }

    static int strip(long line) {
        return (int) (line >>> BIT_BITS) & MOST_STRIPS - 1;
    }

    /** Whose line it is; {@link PartyId#NOBODY} if that process is dead, or if no process can have such a line. */
    static long party(long line, Participant participant) {
        int slot = (int) (line >>> SLOT_SHIFT) & (1 << SLOT_BITS) - 1;
        if (line >>> MARK_SHIFT != MARK || slot >= participant.place().capacity()) {
            return PartyId.NOBODY;
        }
        long party = participant.place().partyIn(slot);
        boolean same = party != PartyId.NOBODY
                && (PartyId.incarnation(party) & INCARNATION_MASK) == (line >>> INCARNATION_SHIFT & INCARNATION_MASK);
        return same && !participant.isDead(party) ? party : PartyId.NOBODY;
    }
}
