package io.muster.ipc.data;

import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;

/**
 * Where the parts of a shared list lie: a cell that names a file, and that file, one for each time that the list outgrew the
 * one before. Processes map these bytes: a change here is a change of {@link #VERSION}.
 *
 * <pre>
 *   body of the cell
 *      0 | LOCK: a robust lock                 every change is made by its holder
 *     48 | CUR i64: generation of the file     publishes a new file; 0: no file yet, the list is empty
 *     56 | MOST i64: the highest count so far  for people
 *
 *   body of a file, one per generation, never resized
 *      0 | STATE i64 {version:32 | table:1 | count:31}    publishes a change of which elements there are
 *      8 | BUMP i64: first byte of the heap that is free  moved before what lies below it is published
 *     16 | SLOTS i64: slots per table                     written once, before CUR names the file
 *     64 | TABLE 0, SLOTS words
 *        | TABLE 1, SLOTS words
 *        | HEAP, to the end
 *
 *   slot of a table   {bytes of the encoding:56 | 0:4 | their number:3 | 1:1}    an element of 7 bytes or less, in place
 *                     {offset, a multiple of 8}                                  one in the heap
 *   element in the heap, 8-aligned    LENGTH i32 | bytes of the encoding
 * </pre>
 *
 * Truth: CUR, STATE, and the slots below STATE's count in STATE's table. An element in the heap never changes, and the heap is
 * not used again within a generation: a slot that was read stays good. {@code set} publishes a slot; an append writes
 * behind the count and publishes STATE; whatever moves elements fills the other table and publishes STATE.
 *
 * <p>STATE's version steps with every change, so that a reader without the lock sees that it has read two halves. It is an
 * index: a {@code set} killed between slot and version is made good by the next holder of the lock.
 */
final class ListLayout {
    static final int KIND = SegmentKind.of("LIST");
    /** Of a generation's file. */
    static final int FILE_KIND = SegmentKind.of("LSEG");

    static final int VERSION = 2;

    static final int LOCK = 0;
    static final int CUR = LOCK + RobustLock.BYTES;
    static final int MOST = CUR + Long.BYTES;
    static final int CELL_BYTES = MOST + Long.BYTES;

    static final int STATE = 0;
    static final int BUMP = STATE + Long.BYTES;
    static final int SLOTS = BUMP + Long.BYTES;
    static final int TABLES = 64;

    /** An element of the heap begins with its length. */
    static final int ELEMENT = Integer.BYTES;

    static final int MOST_INLINE_BYTES = 7;
    /** What an array can hold, as a list is copied into one. */
    static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    static final int FIRST_SLOTS = 512;
    static final int FIRST_HEAP_BYTES = 24 * 1024;

    private static final long COUNT_MASK = (1L << 31) - 1;
    private static final int TABLE_SHIFT = 31;
    private static final int VERSION_SHIFT = 32;

    private ListLayout() {}

    static int count(long state) {
        return (int) (state & COUNT_MASK);
    }

    static int table(long state) {
        return (int) (state >>> TABLE_SHIFT) & 1;
    }

    /** The state that follows: its version is one more, which may wrap around. */
    static long next(long state, int table, int count) {
        long version = (state >>> VERSION_SHIFT) + 1;
        return version << VERSION_SHIFT | (long) table << TABLE_SHIFT | count;
    }

    static long slot(int slots, int table, int index) {
        return TABLES + ((long) table * slots + index) * Long.BYTES;
    }

    static long heap(int slots) {
        return slot(slots, 2, 0);
    }

    /** What an element of that many encoded bytes takes of the heap. */
    static long heapBytes(int encodedBytes) {
        return encodedBytes <= MOST_INLINE_BYTES ? 0 : ((long) ELEMENT + encodedBytes + Long.BYTES - 1) & -Long.BYTES;
    }

    static boolean isInline(long slot) {
        return (slot & 1) != 0;
    }

    static long inline(byte[] encoded) {
        long word = (long) encoded.length << 1 | 1;
        for (int i = 0; i < encoded.length; i++) {
            word |= (encoded[i] & 0xFFL) << Byte.SIZE * (i + 1);
        }
        return word;
    }

    static byte[] inlined(long slot) {
        byte[] encoded = new byte[(int) (slot >>> 1) & MOST_INLINE_BYTES];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = (byte) (slot >>> Byte.SIZE * (i + 1));
        }
        return encoded;
    }
}
