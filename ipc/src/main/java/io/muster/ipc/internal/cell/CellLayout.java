package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.SegmentKind;

/**
 * Where the fields of a cell lie: the bytes of one shared object. Several processes map them, so this class <em>is</em>
 * the protocol: a change here is a change of {@link #VERSION}.
 *
 * <pre>
 *   byte of the cell, which begins at a multiple of 64
 *      0 +------------------------------+------------------------------+
 *        | HEAD i64 {generation:32 | kind:32}, 0 while nobody may use it |  the publishing word
 *      8 +------------------------------+------------------------------+
 *        | BYTES i32: of the whole cell | VERSION i32: of its body      |  written before HEAD, constant
 *     16 +------------------------------+------------------------------+
 *        | body: up to BYTES                                            |  the object's own
 *        +--------------------------------------------------------------+
 * </pre>
 *
 * A cell that is used again has a new generation, so whoever still knows the old one finds that its object is closed.
 */
final class CellLayout {
    /** Of a segment that holds cells. */
    static final int SEGMENT_KIND = SegmentKind.of("CELL");

    static final int VERSION = 1;

    static final int HEAD = 0;
    static final int BYTES = HEAD + Long.BYTES;
    static final int BODY_VERSION = BYTES + Integer.BYTES;
    static final int BODY = BODY_VERSION + Integer.BYTES;

    /** Cells begin at multiples of a cache line. */
    static final int ALIGNMENT = 64;

    private CellLayout() {}

    static long head(int kind, int generation) {
        return (long) generation << Integer.SIZE | Integer.toUnsignedLong(kind);
    }

    static int kind(long head) {
        return (int) head;
    }

    static int generation(long head) {
        return (int) (head >>> Integer.SIZE);
    }

    /** What a cell with such a body takes. */
    static long cellBytes(long bodyBytes) {
        return (BODY + bodyBytes + ALIGNMENT - 1) & -ALIGNMENT;
    }
}
