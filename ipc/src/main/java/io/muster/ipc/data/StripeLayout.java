package io.muster.ipc.data;

import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of a stripe's segment and of an entry in it lie. Several processes map them, so this class <em>is</em> the
 * protocol: a change here is a change of {@link #VERSION_NOW}.
 *
 * <pre>
 *   segment (kind MAPS), one per generation of a stripe, or used again for a later one
 *      0 | SLOTS i64   how many, a power of two              constant within a generation
 *      8 | BUMP i64    entries end here                      only rises; moved before the entry is published
 *     16 | LIVE i64    bytes of the entries that slots name  index
 *     24 | USED i64    slots that are not empty              index
 *     64 | slots, 8 bytes each                               the truth, each by itself
 *        |   0 empty | 1 tombstone | {hash:24 | offset of the entry / 8:40}
 *        | entries, each at a multiple of 8
 *
 *   entry, immutable within a generation but for NUMBER and VERSION
 *      0 | KEY_LENGTH i32
 *      4 | VALUE i32 {length of the value:24 | type:6 | E:1 | P:1}
 *      8 | VERSION i64
 *     16 | only if P: i64 the number itself, or the length of the file PREFIX.v[stripe].[version]
 *        | only if E: i64 when it expires
 *        | key, padded with zeros to 8
 *        | value, padded likewise; none if P
 * </pre>
 *
 * A key is published by one store into its slot, replaced by another into the same slot, removed by a tombstone there, or by
 * "empty" if the next slot is so too. A number that replaces one of its type is stored in place, VERSION before it.
 */
final class StripeLayout {
    static final int KIND = SegmentKind.of("MAPS");
    static final int VERSION_NOW = 1;

    static final int SLOTS = 0;
    static final int BUMP = SLOTS + Long.BYTES;
    static final int LIVE = BUMP + Long.BYTES;
    static final int USED = LIVE + Long.BYTES;
    static final int FIRST_SLOT = 64;

    static final long EMPTY = 0;
    static final long TOMBSTONE = 1;
    private static final int OFFSET_BITS = 40;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
    static final long TAG_MASK = ~OFFSET_MASK;
    private static final int OFFSET_UNIT_BITS = 3;

    static final int KEY_LENGTH = 0;
    static final int VALUE = KEY_LENGTH + Integer.BYTES;
    static final int VERSION = VALUE + Integer.BYTES;
    static final int PAYLOAD = VERSION + Long.BYTES;

    // The low byte of VALUE.
    static final int HAS_PAYLOAD = 1;
    static final int EXPIRES = 2;
    static final int TYPE_MASK = 0xff & ~EXPIRES;
    static final int LONG = 1 << 2 | HAS_PAYLOAD;
    static final int INTEGER = 2 << 2 | HAS_PAYLOAD;
    static final int DOUBLE = 3 << 2 | HAS_PAYLOAD;
    static final int FILE = 4 << 2 | HAS_PAYLOAD;
    static final int BYTES = 5 << 2;
    static final int KIND_BITS = 8;

    /** Values whose encoding is longer go to a file of their own. */
    static final int LONGEST_INLINE = 64 * 1024;

    /** At most 5 of 8 slots are used: longer runs make every search longer. */
    private static final int USED_OF_8 = 5;

    private static final int FEWEST_SLOTS = 8;
    /** What a short key, a number and their share of the slots take. */
    static final int TYPICAL_ENTRY_BYTES = 53;

    private static final long PLENTY_BYTES = 16 << 20;

    private StripeLayout() {}

    static long slot(int index) {
        return FIRST_SLOT + (long) index * Long.BYTES;
    }

    static long slotWord(long hash, long entry) {
        return hash & TAG_MASK | entry >>> OFFSET_UNIT_BITS;
    }

    static long entryOf(long slotWord) {
        return (slotWord & OFFSET_MASK) << OFFSET_UNIT_BITS;
    }

    static boolean isEntry(long slotWord) {
        return slotWord != EMPTY && slotWord != TOMBSTONE;
    }

    static long heap(long slots) {
        return FIRST_SLOT + slots * Long.BYTES;
    }

    static long mostUsed(long slots) {
        return slots * USED_OF_8 / 8;
    }

    static int pad(int length) {
        return length + 7 & -8;
    }

    /** Offset of the key in an entry of that kind. */
    static int key(int kind) {
        return PAYLOAD + ((kind & HAS_PAYLOAD) << 3) + ((kind & EXPIRES) << 2);
    }

    /** Offset of the moment of expiry, in an entry that has one. */
    static int expiry(int kind) {
        return PAYLOAD + ((kind & HAS_PAYLOAD) << 3);
    }

    static long entryBytes(int kind, int keyLength, int inlineLength) {
        return (long) key(kind) + pad(keyLength) + pad(inlineLength);
    }

    static int valueWord(int kind, int inlineLength) {
        return inlineLength << KIND_BITS | kind;
    }

    static int kindOf(int valueWord) {
        return valueWord & 0xff;
    }

    static int typeOf(int kind) {
        return kind & TYPE_MASK;
    }

    static int inlineLength(int valueWord) {
        return valueWord >>> KIND_BITS;
    }

    static boolean isNumber(int kind) {
        int type = typeOf(kind);
        return type == LONG || type == INTEGER || type == DOUBLE;
    }

    static boolean isKind(int kind) {
        return isNumber(kind) || typeOf(kind) == FILE || typeOf(kind) == BYTES;
    }

    /**
     * How many slots go with so many entries, when there shall be room for as many again.
     *
     * @param bytes of the segment, which say how many there may come to be if there are none yet
     */
    static long slotsFor(long entries, long bytes) {
        long expected = entries == 0 ? bytes / TYPICAL_ENTRY_BYTES : 2 * entries;
        long wanted = Math.max(FEWEST_SLOTS, expected * 8 / USED_OF_8 + 1);
        return Long.highestOneBit(wanted - 1) << 1;
    }

    /** Room for the entries that are there and those to come: as much again while that is not much. */
    static long heapFor(long liveBytes, long needBytes) {
        long more = liveBytes <= PLENTY_BYTES ? liveBytes : liveBytes / 2;
        return liveBytes + more + needBytes;
    }
}
