package io.muster.ipc.channel;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;

/**
 * The records of one direction from HEAD on, as its receivers meet them, and what has come of the message in pieces that this
 * process has begun. It all belongs to the read lock, but for the looks that say otherwise.
 */
final class PipeRecords {
    /** No position. */
    static final long NONE = -1;

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final PipeCore core;
    private final Memory memory;
    private final long base;
    private final long ring;
    private final int ringBytes;
    /** What has come of a message in pieces. */
    private PipePieces partial;
    /** HEAD stood here, and another process will go on with the message there. */
    private volatile long busyAt = NONE;

    private ByteBuffer wholeRing;

    PipeRecords(PipeCore core) {
        this.core = core;
        this.memory = core.memory;
        this.base = core.base;
        this.ring = core.ring;
        this.ringBytes = core.ringBytes;
    }

    // Looks without the lock

    /** Whether nothing stands at HEAD. */
    boolean isEmpty() {
        long head;
        boolean empty;
        do {
            head = head();
            empty = header(head) == 0;
        } while (head != head());
        return empty;
    }

    /** Whether it is worth to look. What stands at HEAD may be anything if that has just moved. */
    boolean mayHaveMessage() {
        long head = head();
        return header(head) != 0 && head != busyAt;
    }

    /** The same for more than one record. */
    boolean seemToBeSeveral() {
        long head = head();
        long header = header(head);
        int length = PipeLayout.length(header);
        return header != 0 && length >= 0 && length <= ringBytes && header(head + PipeLayout.recordBytes(length)) != 0;
    }

    /** Whether a message in one piece comes next. */
    boolean beginWithWhole() {
        long head = head();
        return PipeLayout.kind(header(head)) == PipeLayout.WHOLE && head() == head;
    }

    /** Whether another process still has to go on with what stands at HEAD, as far as was seen. */
    boolean waitForTaker() {
        return head() == busyAt;
    }

    /** Whoever else had begun a message may be gone: look again. */
    void forgetTaker() {
        busyAt = NONE;
    }

    private long head() {
        return memory.getLongVolatile(base + PipeLayout.HEAD);
    }

    // Under the lock

    /** 0: there is no record yet. */
    long header(long position) {
        return memory.getLongAcquire(address(position));
    }

    /** Where what the record at this position holds begins. */
    long contentAddress(long position) {
        return address(position) + PipeLayout.HEADER;
    }

    /** The content of a message in one piece, where it lies; the same buffer each time. */
    ByteBuffer view(long position, int length) {
        if (wholeRing == null) {
            wholeRing = memory.directSlice(ring, ringBytes).asReadOnlyBuffer();
        }
        int from = (int) position + PipeLayout.HEADER & ringBytes - 1;
        return wholeRing.limit(from + length).position(from);
    }

    private long address(long position) {
        return ring + (position & ringBytes - Long.BYTES);
    }

    /** Position of the record to deal with next: WHOLE, FIRST, or more of the message that this process has begun. */
    long next() {
        long head = memory.getLongAcquire(base + PipeLayout.HEAD);
        while (true) {
            long header = header(head);
            if (header == 0) {
                return NONE;
            }
            long end = core.checkedEnd(head, header);
            switch (PipeLayout.kind(header)) {
                case PipeLayout.WHOLE:
                    partial = null;
                    return head;
                case PipeLayout.FIRST:
                    partial = null;
                    long aborted = endOfAborted(end);
                    if (aborted == NONE) {
                        return head;
                    }
                    moveHead(aborted);
                    end = aborted;
                    break;
                case PipeLayout.PAD:
                    break;
                case PipeLayout.ABORT:
                    partial = null;
                    moveHead(end);
                    break;
                default:
                    long taker = memory.getLong(base + PipeLayout.TAKER);
                    if (taker == core.self() && partial != null) {
                        return head;
                    }
                    if (taker != core.self() && !core.isReaderGone(taker)) {
                        busyAt = head;
                        return NONE;
                    }
                    moveHead(end);
            }
            head = end;
        }
    }

    /** Where the ABORT ends, if that is there already for a message whose first piece ended at {@code from}. */
    private long endOfAborted(long from) {
        long at = from;
        for (long header = header(at); header != 0; header = header(at)) {
            long end = core.checkedEnd(at, header);
            if (PipeLayout.kind(header) == PipeLayout.ABORT) {
                return end;
            }
            if (PipeLayout.kind(header) == PipeLayout.LAST) {
                return NONE;
            }
            at = end;
        }
        return NONE;
    }

    /** The store that receives what lies before. */
    void moveHead(long head) {
        memory.putLongRelease(base + PipeLayout.HEAD, head);
    }

    // Messages in pieces, under the lock

    /** Whether a message was begun and may still be completed. */
    boolean haveBegun() {
        return partial != null;
    }

    /** What has come must not lie in a caller's buffer from now on. */
    void keepBegun() {
        if (partial != null) {
            partial.keep();
        }
    }

    /**
     * Receives one piece, the first or a further one.
     *
     * @param target as for {@link PipeReader#find}
     * @return whether it was the last
     */
    boolean takePiece(long at, ByteBuffer target) {
        long header = header(at);
        int kind = PipeLayout.kind(header);
        int length = PipeLayout.length(header);
        long from = contentAddress(at);
        if (kind == PipeLayout.FIRST) {
            partial = new PipePieces(checkedTotal(memory.getLong(from)), target);
            from += PipeLayout.TOTAL;
            length -= PipeLayout.TOTAL;
            memory.putLong(base + PipeLayout.TAKER, core.self());
        }
        if (length < 0 || length > partial.missing()) {
            throw new CorruptSegmentException("pipe " + core + ": a piece of " + length + " bytes, where "
                    + partial.missing() + " are missing; it was overwritten by somebody");
        }
        partial.add(memory, from, length);
        moveHead(at + PipeLayout.recordBytes(PipeLayout.length(header)));
        return kind == PipeLayout.LAST;
    }

    private int checkedTotal(long total) {
        if (total < 0 || total > LARGEST_ARRAY) {
            throw new CorruptSegmentException(
                    "pipe " + core + ": a message of " + total + " bytes; it was overwritten by somebody");
        }
        return (int) total;
    }

    /** The message whose last piece was taken. */
    PipePieces whole() {
        PipePieces message = partial;
        partial = null;
        if (message.missing() != 0) {
            throw new CorruptSegmentException("pipe " + core + ": " + message.missing() + " bytes of a message of "
                    + message.length() + " are missing at its end; it was overwritten by somebody");
        }
        return message;
    }
}
