package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Lease;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.WaitWord;

/**
 * Where the fields of a pipe lie: one direction, a ring of bytes. A cell in a file of its own. The body begins 16 bytes behind
 * a multiple of 64, so the lines below are cache lines.
 *
 * <pre>
 *   byte of the body
 *      0 | RING_BYTES i32, a power of two | PLACES i32: slots of the place      constant
 *      8 | READERS_WAIT i32 | WRITERS_WAIT i32    0: as configured, else the WaitStrategy's ordinal + 1; constant
 *     16 | FLAGS i32: see below | CHANGES i32: how often an end was closed, rises
 *     24 | DATA u32: where readers sleep | SPACE u32: where writers do
 *     48 | TAIL i64 {position: a multiple of 8 | S}             under WRITE_LOCK; an index, see below
 *     56 | SEND_BLOCKED i64: nanoseconds that writers slept
 *    112 | WRITE_LOCK     see RobustLockLayout                  the writers' line
 *    160 | SENT i64: messages | SENT_BYTES i64                  under WRITE_LOCK
 *    176 | HEAD i64: position                                   under READ_LOCK; where waiting writers look
 *    184 | RECEIVE_BLOCKED i64: nanoseconds that readers slept
 *    240 | READ_LOCK                                            the readers' line
 *    288 | RECEIVED i64: messages | RECEIVED_BYTES i64          under READ_LOCK
 *    304 | GATE           who becomes a user, and that the end has come, is decided under this lock
 *    368 | HIGH_WATER i64: the most bytes that a writer found   under WRITE_LOCK
 *    376 | TAKER i64: party that has begun to take a message in pieces; good while the record at HEAD continues one
 *    432 | WATCHERS       whose bells ring when something can be received
 *    496 | READERS        leases | WRITERS leases
 *        | RING           at the next multiple of 64; position p lies at p modulo RING_BYTES
 *
 *   record   i64 {kind:32 | length:32} | length bytes | zeros up to a multiple of 8; never wraps, a PAD goes before it then
 *
 *   WHOLE    a message
 *   FIRST    {total length i64 | bytes}: the first piece of a message that is longer than a quarter of the ring
 *   MIDDLE   more of it
 *   LAST     the end of it
 *   ABORT    there will be no LAST: its sender has died or given up; no bytes
 *   PAD      nothing, up to the end of the ring
 *
 *   truth:  HEAD, the records from there on to the first i64 that is 0, FLAGS, the leases
 *   index:  TAIL. Its position is that of this 0, but for a writer that died, or was stopped, right behind a publishing store;
 *           its S says that the last of the records leaves a message in pieces open
 *
 *   ring  0 -> header       a record is there: the publishing store. Before it, its bytes were written, and the 0 that ends the
 *                           records behind it: 8 bytes are always kept free for that. With a PAD, it is the PAD's header that
 *                           publishes both
 *   TAIL                    follows. Whoever finds WRITE_LOCK abandoned follows the records from TAIL to the 0 first; whoever then
 *                           finds S appends ABORT: 8 more bytes are always kept free for that
 *   HEAD  p -> q            taken; a piece at a time for a message in pieces
 *   FLAGS   | EOF           no writer, and nothing in the ring: final, as nobody is admitted as a writer afterwards
 *           | BROKEN        no reader: final in the same way
 * </pre>
 *
 * <p>A reader looks at the header that is to come, and at nothing else, so that a message moves no more cache lines from the
 * writer's CPU to the reader's than its own.
 */
final class PipeLayout {
    static final int KIND = SegmentKind.of("PIPE");
    static final int VERSION = 3;

    private static final int LINE = 64;
    private static final int FIRST_LINE = 48;

    static final int RING_BYTES = 0;
    static final int PLACES = RING_BYTES + Integer.BYTES;
    static final int READERS_WAIT = PLACES + Integer.BYTES;
    static final int WRITERS_WAIT = READERS_WAIT + Integer.BYTES;
    static final int FLAGS = WRITERS_WAIT + Integer.BYTES;
    static final int CHANGES = FLAGS + Integer.BYTES;
    static final int DATA = CHANGES + Integer.BYTES;
    static final int SPACE = DATA + WaitWord.BYTES;

    static final int TAIL = FIRST_LINE;
    static final int SEND_BLOCKED = TAIL + Long.BYTES;

    static final int WRITE_LOCK = TAIL + LINE;
    static final int SENT = WRITE_LOCK + RobustLock.BYTES;
    static final int SENT_BYTES = SENT + Long.BYTES;

    static final int HEAD = WRITE_LOCK + LINE;
    static final int RECEIVE_BLOCKED = HEAD + Long.BYTES;

    static final int READ_LOCK = HEAD + LINE;
    static final int RECEIVED = READ_LOCK + RobustLock.BYTES;
    static final int RECEIVED_BYTES = RECEIVED + Long.BYTES;

    static final int GATE = READ_LOCK + LINE;
    static final int HIGH_WATER = GATE + LINE;
    static final int TAKER = HIGH_WATER + Long.BYTES;

    static final int WATCHERS = HIGH_WATER + LINE;
    static final int READERS = WATCHERS + Watchers.BYTES;

    static final int EOF = 1;
    static final int BROKEN = 2;

    static final long STREAMING = 1;
    private static final long POSITION_MASK = -8L;

    static final int WHOLE = 1;
    static final int FIRST = 2;
    static final int MIDDLE = 3;
    static final int LAST = 4;
    static final int ABORT = 5;
    static final int PAD = 6;

    /** What goes before the bytes of a record. */
    static final int HEADER = Long.BYTES;

    /** The total length in FIRST. */
    static final int TOTAL = Long.BYTES;

    /** Kept free for an ABORT, and for the 0 behind it. */
    static final int RESERVE = 2 * HEADER;

    static final int LEAST_RING = 128;
    static final int MOST_RING = 1 << 29;

    static {
        if (SENT_BYTES + Long.BYTES > HEAD || RECEIVED_BYTES + Long.BYTES > GATE) {
            throw new AssertionError("a lock and what is counted under it do not fit into a line");
        }
    }

    private PipeLayout() {}

    static long writers(int places) {
        return READERS + Lease.bytes(places);
    }

    static long ring(int places) {
        long end = writers(places) + Lease.bytes(places);
        return FIRST_LINE + (end - FIRST_LINE + LINE - 1) / LINE * LINE;
    }

    static long bodyBytes(int places, int ringBytes) {
        return ring(places) + ringBytes;
    }

    static long position(long tail) {
        return tail & POSITION_MASK;
    }

    /** How many bytes lie in the ring, if TAIL stands where it should. */
    static long depth(long tail, long head) {
        return Math.max(0, position(tail) - head);
    }

    /** Whether there is more to come of a message. */
    static boolean isOpenAfter(int kind) {
        return kind == FIRST || kind == MIDDLE;
    }

    static long header(int kind, int length) {
        return (long) kind << Integer.SIZE | length;
    }

    static int kind(long header) {
        return (int) (header >>> Integer.SIZE);
    }

    static int length(long header) {
        return (int) header;
    }

    /** What a record with so many bytes takes. */
    static int recordBytes(int length) {
        return HEADER + (length + 7 & -8);
    }

    /** The most bytes that a record can have: it takes a quarter of the ring then. */
    static int mostInRecord(int ringBytes) {
        return ringBytes / 4 - HEADER;
    }
}
