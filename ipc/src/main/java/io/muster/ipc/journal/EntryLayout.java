package io.muster.ipc.journal;

/**
 * How one entry lies in a Chronicle document.
 *
 * <pre>
 *   byte
 *      0 | MAGIC i32    format and its version
 *      4 | LENGTH i32   of the payload; the document may be padded behind it
 *      8 | TIME i64     when it was appended, milliseconds of the wall clock
 *     16 | READY i64    not given to anybody before; 0: at once. Of a dead letter: the index that it had
 *     24 | payload      the codec's bytes; of a dead letter behind the attempts i32
 * </pre>
 */
final class EntryLayout {
    /** "MJ" and the version. */
    static final int MAGIC = 0x4d4a0001;

    static final int HEADER = 24;

    /** A quarter of Chronicle's block is what fits for sure. */
    static final int MOST_BYTES = 15 << 20;

    private EntryLayout() {}
}
