package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the parts of a shared queue lie: a cell with all that is small, and one file with the items. Processes map these bytes:
 * a change here is a change of {@link #VERSION}.
 *
 * <pre>
 *   body of the cell
 *      0 | LOCK: a robust lock                     every change is made by its holder
 *     48 | DATA u32, SPACE u32, IDLE u32           where takers, putters and joiners sleep
 *     60 | DEATHS i32: of the place, as last taken account of
 *     64 | CAPACITY i32: most items | 68 | CELLS i32 | 72 | STYLE i32 | 76 | BLOCKS i32     constant
 *     80 | MOST_BYTES i64: of all items together                                            constant
 *     88 | BYTES_WANTED i32: 1 if somebody waits for bytes and not for a cell
 *    112 | READY i32, FILLING i32, HELD i32        how many cells are so; HELD: TAKEN and LENT
 *    124 | FREE i32: how many of FREE CELLS below  | 128 | FIRST i32: where the ring begins | 132 | ROTOR i32: where to look for room
 *    136 | BYTES i64: of all cells that are not FREE
 *    144 | NEXT_LAST i64, NEXT_FIRST i64           order keys; one only rises, the other only falls
 *    160 | NEXT_FILE i64                           number of the next file; moved before it is used
 *    176 | HIGH, PUTS, PUT_BYTES, TAKES, TAKEN_BYTES, PUT_WAITED, TAKE_WAITED, RETURNED    i64 each: for who looks from outside
 *    240 | WATCHERS                                see Watchers
 *
 *   body of the file
 *      0 | cells, 128 bytes each
 *        | INDEX, CELLS words of 4 bytes           a ring of the READY cells in their order, or a heap of them
 *        | FREE CELLS, CELLS words of 4 bytes      a stack
 *        | MAP, a bit for each block               those in use
 *        | blocks, 64 bytes each
 *
 *   cell     0 | STATE i64 {phase:3 | returned:1 | deliveries:8 | party:52}    the publishing word
 *            8 | KEY i64   | 16 | PRIORITY i64     the order: by PRIORITY, then by KEY
 *           24 | LENGTH i32: bytes of the item's encoding
 *           28 | BLOCK i32: its first block; -1: inline; -2: in a file
 *           32 | FILE i64: the number of that file
 *           40 | 88 bytes inline
 * </pre>
 *
 * <p>Truth: the cells, each by its STATE. A cell that is FREE means nothing beyond that. Index: everything that can be counted
 * or sorted from the cells, which is all else but NEXT_FILE and the constants.
 *
 * <pre>
 *   FREE -> READY            put
 *   FREE -> FILLING(me)      put of an item that goes to a file: that is written without the lock
 *   FILLING(me) -> READY     it is written; the item's place in the order is that of this store
 *   READY -> FREE            take, if the item was decoded under the lock, as small ones are
 *   READY -> TAKEN(me)       take; -> FREE when it is decoded, or acknowledged by taskDone
 *   READY -> LENT(me)        receive; -> FREE when it is acknowledged, -> READY when it is given back
 *   FILLING(dead) -> FREE;   TAKEN(dead), LENT(dead) -> READY, returned, with the old key       repair
 * </pre>
 */
final class QueueLayout {
    static final int KIND = SegmentKind.of("QUEU");
    /** Of the file. */
    static final int FILE_KIND = SegmentKind.of("QSEG");

    static final int VERSION = 1;

    static final int LOCK = 0;
    static final int DATA = LOCK + RobustLock.BYTES;
    static final int SPACE = DATA + WaitWord.BYTES;
    static final int IDLE = SPACE + WaitWord.BYTES;
    static final int DEATHS = IDLE + WaitWord.BYTES;
    static final int CAPACITY = DEATHS + Integer.BYTES;
    static final int CELLS = CAPACITY + Integer.BYTES;
    static final int STYLE = CELLS + Integer.BYTES;
    static final int BLOCKS = STYLE + Integer.BYTES;
    static final int MOST_BYTES = BLOCKS + Integer.BYTES;
    static final int BYTES_WANTED = MOST_BYTES + Long.BYTES;

    static final int READY = 112;
    static final int FILLING = READY + Integer.BYTES;
    static final int HELD = FILLING + Integer.BYTES;
    static final int FREE = HELD + Integer.BYTES;
    static final int FIRST = FREE + Integer.BYTES;
    static final int ROTOR = FIRST + Integer.BYTES;
    static final int BYTES = ROTOR + Integer.BYTES;
    static final int NEXT_LAST = BYTES + Long.BYTES;
    static final int NEXT_FIRST = NEXT_LAST + Long.BYTES;
    static final int NEXT_FILE = NEXT_FIRST + Long.BYTES;

    static final int HIGH = 176;
    static final int PUTS = HIGH + Long.BYTES;
    static final int PUT_BYTES = PUTS + Long.BYTES;
    static final int TAKES = PUT_BYTES + Long.BYTES;
    static final int TAKEN_BYTES = TAKES + Long.BYTES;
    static final int PUT_WAITED = TAKEN_BYTES + Long.BYTES;
    static final int TAKE_WAITED = PUT_WAITED + Long.BYTES;
    static final int RETURNED = TAKE_WAITED + Long.BYTES;
    /** See {@link Watchers}. */
    static final int WATCHERS = RETURNED + Long.BYTES;

    static final int BODY_BYTES = WATCHERS + Watchers.BYTES;

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

    static long party(long state) {
        return state & PARTY_MASK;
    }
}
