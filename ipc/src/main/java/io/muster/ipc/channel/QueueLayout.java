package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the parts of a shared queue lie: a cell with all that is small, and one file with the items. Processes map these bytes:
 * a change here is a change of {@link #VERSION}.
 *
 * <pre>
 *   body of the cell, which begins 16 bytes behind a multiple of 64: each part below is in cache lines of its own
 *      0 | CAPACITY i32: most items | 4 | CELLS i32 | 8 | STYLE i32 | 12 | BLOCKS i32                 constant
 *     16 | MOST_BYTES i64: of all items together                                                      constant
 *     24 | DEATHS i32: of the place, as last taken account of | 28 | PLACES i32: slots of the place, constant
 *
 *     48 | DATA u32, SPACE u32, IDLE u32           where takers, putters and joiners sleep
 *     60 | WANTED i32: 1 if somebody waits for bytes, or for a cell, and not for one item less
 *    112 | WATCHERS                                see Watchers
 *
 *    176 | PUT LOCK: a robust lock                 changes of what is below, up to the take lock, are made by its holder
 *    240 | TAIL position, FREE_HEAD position       of the end of INDEX, and of the first of FREE CELLS
 *        | NEXT_LAST i64                           order key; it only rises
 *        | PUTS i64, PUT_BYTES i64                 counted from the beginning; bytes of what is FILLING are among them
 *        | SEEN_HEAD, SEEN_FREE_TAIL, SEEN_FREED   HEAD, FREE_TAIL and FREED_BYTES when they were last looked at
 *    304 | FILLING i32: how many cells are so      | ROTOR i32: where to look for room
 *        | NEXT_FIRST i64                          order key; it only falls
 *        | NEXT_FILE i64                           number of the next file; moved before it is used
 *        | RECLAIMED position                      up to here FREE CELLS have no blocks
 *        | HIGH i64, PUT_WAITED i64                for who looks from outside
 *
 *    368 | TAKE LOCK: a robust lock, not used by styles with one lock    the same for what is below
 *    432 | HEAD position, FREE_TAIL position       of the first in INDEX, and of the end of FREE CELLS
 *        | TAKEN_KEY i64                           whatever is READY with a lower key, and not returned, was taken; it only rises
 *        | FREED_BYTES i64                         counted from the beginning: of what has left
 *        | TAKES i64, TAKEN_BYTES i64              for who looks from outside
 *        | SEEN_TAIL                               TAIL when it was last looked at
 *    496 | HELD i32: how many cells are TAKEN or LENT | 0 | TAKE_WAITED i64, RETURNED i64     for who looks from outside
 *
 *    560 | USERS                                   party cells, see QueueUse
 *
 *   position {count:32 | slot:32}: a place in a ring of CELLS slots, and how many came before
 *
 *   body of the file
 *      0 | cells, 128 bytes each
 *        | INDEX, CELLS words of 4 bytes           a ring of the READY cells in their order, or a heap of them
 *        | FREE CELLS, CELLS words of 4 bytes      a ring of those
 *        | MAP, a bit for each block               those in use, or of cells that were freed and not yet used again
 *        | blocks, 64 bytes each
 *
 *   cell     0 | STATE i64 {phase:3 | returned:1 | deliveries:8 | party:52, of READY: low bits of KEY}    the publishing word
 *            8 | KEY i64   | 16 | PRIORITY i64     the order: by PRIORITY, then by KEY
 *           24 | LENGTH i32: bytes of the item's encoding
 *           28 | BLOCK i32: its first block; -1: inline; -2: in a file
 *           32 | FILE i64: the number of that file
 *           40 | 88 bytes inline
 * </pre>
 *
 * <p>Truth: the cells, each by its STATE, and TAKEN_KEY. A cell that is FREE, or READY with a key below that, means nothing beyond
 * it. Index: everything that can be counted or sorted from the cells, which is all else but NEXT_FILE and the constants.
 *
 * <p>Who puts and who takes hand each other two words, TAIL and FREE_TAIL, and look at the other's only when what they have seen
 * of it is used up. What changes items in the middle, gives one back, or sets the index right, holds both locks, the put lock
 * first; it leaves the SEEN words exact. A stack, a deque and a priority queue have one lock, as both ends of their index are
 * used by both sides.
 *
 * <pre>
 *   FREE -> READY            put
 *   FREE -> FILLING(me)      put of an item that goes to a file: that is written without the lock
 *   FILLING(me) -> READY     it is written; the item's place in the order is that of this store
 *   READY -> FREE            take of an item that is copied under the lock; of the first in order by TAKEN_KEY, else by STATE
 *   READY -> TAKEN(me)       take; -> FREE when it is decoded, or acknowledged by taskDone
 *   READY -> LENT(me)        receive; -> FREE when it is acknowledged, -> READY when it is given back
 *   FILLING(dead) -> FREE;   TAKEN(dead), LENT(dead) -> READY, returned, with the old key       repair
 * </pre>
 */
final class QueueLayout {
    static final int KIND = SegmentKind.of("QUEU");
    /** Of the file. */
    static final int FILE_KIND = SegmentKind.of("QSEG");

    static final int VERSION = 2;

    static final int CAPACITY = 0;
    static final int CELLS = CAPACITY + Integer.BYTES;
    static final int STYLE = CELLS + Integer.BYTES;
    static final int BLOCKS = STYLE + Integer.BYTES;
    static final int MOST_BYTES = BLOCKS + Integer.BYTES;
    static final int DEATHS = MOST_BYTES + Long.BYTES;

    static final int PLACES = DEATHS + Integer.BYTES;

    private static final int LINE = 64;
    /** The body begins so many bytes behind the start of a line. */
    private static final int FIRST_LINE = LINE - 16;

    static final int DATA = FIRST_LINE;
    static final int SPACE = DATA + WaitWord.BYTES;
    static final int IDLE = SPACE + WaitWord.BYTES;
    static final int WANTED = IDLE + WaitWord.BYTES;
    /** See {@link Watchers}. */
    static final int WATCHERS = DATA + LINE;

    static final int PUT_LOCK = WATCHERS + Watchers.BYTES;
    static final int TAIL = PUT_LOCK + LINE;
    static final int FREE_HEAD = TAIL + Long.BYTES;
    static final int NEXT_LAST = FREE_HEAD + Long.BYTES;
    static final int PUTS = NEXT_LAST + Long.BYTES;
    static final int PUT_BYTES = PUTS + Long.BYTES;
    static final int SEEN_HEAD = PUT_BYTES + Long.BYTES;
    static final int SEEN_FREE_TAIL = SEEN_HEAD + Long.BYTES;
    static final int SEEN_FREED = SEEN_FREE_TAIL + Long.BYTES;

    static final int FILLING = TAIL + LINE;
    static final int ROTOR = FILLING + Integer.BYTES;
    static final int NEXT_FIRST = ROTOR + Integer.BYTES;
    static final int NEXT_FILE = NEXT_FIRST + Long.BYTES;
    static final int RECLAIMED = NEXT_FILE + Long.BYTES;
    static final int HIGH = RECLAIMED + Long.BYTES;
    static final int PUT_WAITED = HIGH + Long.BYTES;

    static final int TAKE_LOCK = FILLING + LINE;
    static final int HEAD = TAKE_LOCK + LINE;
    static final int FREE_TAIL = HEAD + Long.BYTES;
    static final int TAKEN_KEY = FREE_TAIL + Long.BYTES;
    static final int FREED_BYTES = TAKEN_KEY + Long.BYTES;
    static final int TAKES = FREED_BYTES + Long.BYTES;
    static final int TAKEN_BYTES = TAKES + Long.BYTES;
    static final int SEEN_TAIL = TAKEN_BYTES + Long.BYTES;

    static final int HELD = HEAD + LINE;
    static final int TAKE_WAITED = HELD + Long.BYTES;
    static final int RETURNED = TAKE_WAITED + Long.BYTES;

    /** See {@link PartyCells}. */
    static final int USERS = HELD + LINE;

    static final int CELL_BYTES = 128;
    static final int STATE = 0;
    static final int KEY = STATE + Long.BYTES;
    static final int PRIORITY = KEY + Long.BYTES;
    static final int LENGTH = PRIORITY + Long.BYTES;
    static final int BLOCK = LENGTH + Integer.BYTES;
    static final int FILE = BLOCK + Integer.BYTES;
    static final int INLINE = FILE + Long.BYTES;
    static final int MOST_INLINE_BYTES = CELL_BYTES - INLINE;

    static final int BLOCK_BYTES = 64;
    /** What does not fit into so many blocks goes to a file of its own: it is copied without the lock. */
    static final int MOST_BLOCK_BYTES = 64 * 1024;
    /** The most that is set aside for items which are not inline; what finds no room there goes to files. */
    static final long MOST_ROOM_BYTES = 4L << 20;

    static final int IS_INLINE = -1;
    static final int IN_FILE = -2;

    static final int MOST_CAPACITY = 1 << 22;
    private static final int SPARE_CELLS = 64;
    private static final int MOST_SPARE_CELLS = 1024;

    // Phases.
    static final int IS_FREE = 0;
    static final int IS_FILLING = 1;
    static final int IS_READY = 2;
    static final int IS_TAKEN = 3;
    static final int IS_LENT = 4;

    private static final int PHASE_SHIFT = 61;
    private static final long RETURNED_BIT = 1L << 60;
    private static final int DELIVERIES_SHIFT = PartyId.BITS;
    private static final int MOST_DELIVERIES = 255;
    private static final long PARTY_MASK = (1L << PartyId.BITS) - 1;

    private QueueLayout() {}

    /** @param places slots of the place */
    static long bodyBytes(int places) {
        return USERS + PartyCells.bytes(places);
    }

    /** How many cells there are: some more than items, for those that are in the hands of consumers. */
    static int cells(int capacity) {
        return capacity + SPARE_CELLS + Math.min(capacity, MOST_SPARE_CELLS);
    }

    static int blocks(long mostBytes) {
        return (int) ((Math.min(mostBytes, MOST_ROOM_BYTES) + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    static long cell(int cell) {
        return (long) cell * CELL_BYTES;
    }

    static long index(int cells) {
        return cell(cells);
    }

    static long freeCells(int cells) {
        return index(cells) + (long) cells * Integer.BYTES;
    }

    static long map(int cells) {
        return freeCells(cells) + (long) cells * Integer.BYTES + Long.BYTES - 1 & -Long.BYTES;
    }

    static int mapWords(int blocks) {
        return (blocks + Long.SIZE - 1) / Long.SIZE;
    }

    static long room(int cells, int blocks) {
        return map(cells) + (long) mapWords(blocks) * Long.BYTES;
    }

    static long fileBytes(int cells, int blocks) {
        return room(cells, blocks) + (long) blocks * BLOCK_BYTES;
    }

    /** The position behind that one. */
    static long next(long position, int slots) {
        int slot = (int) position + 1;
        return position(count(position) + 1, slot == slots ? 0 : slot);
    }

    /** The position before that one. */
    static long previous(long position, int slots) {
        int slot = (int) position;
        return position(count(position) - 1, (slot == 0 ? slots : slot) - 1);
    }

    static long position(int count, int slot) {
        return (long) count << Integer.SIZE | slot;
    }

    private static int count(long position) {
        return (int) (position >>> Integer.SIZE);
    }

    /** How many positions there are from one up to the other. */
    static int between(long from, long to) {
        return count(to) - count(from);
    }

    static long ready(boolean returned, int deliveries, long key) {
        return state(IS_READY, returned, deliveries, key & PARTY_MASK);
    }

    static long state(int phase, boolean returned, int deliveries, long party) {
        return (long) phase << PHASE_SHIFT
                | (returned ? RETURNED_BIT : 0)
                | (long) Math.min(deliveries, MOST_DELIVERIES) << DELIVERIES_SHIFT
                | party;
    }

    static int phase(long state) {
        return (int) (state >>> PHASE_SHIFT);
    }

    static boolean isReturned(long state) {
        return (state & RETURNED_BIT) != 0;
    }

    static int deliveries(long state) {
        return (int) (state >>> DELIVERIES_SHIFT) & MOST_DELIVERIES;
    }

    /** Of a READY one: as much of its key as there is room for. */
    static long keyBits(long state) {
        return state & PARTY_MASK;
    }

    static long party(long state) {
        return state & PARTY_MASK;
    }
}
