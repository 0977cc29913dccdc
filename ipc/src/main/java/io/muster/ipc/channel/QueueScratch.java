package io.muster.ipc.channel;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.Memory;
import java.util.Arrays;

/**
 * What one operation of a queue works with: the item to be put, or the one that was taken. Each thread keeps one for each depth
 * of operations inside operations, as decoding may run code of the user. For one thread.
 */
final class QueueScratch {
    private static final ThreadLocal<QueueScratch> OF_THREAD = ThreadLocal.withInitial(QueueScratch::new);
    /** Larger buffers are not kept for the next operation. */
    private static final int MOST_KEPT_BYTES = 64 * 1024;
    /** A wait that ends sooner is not measured. */
    private static final int LOOKS_BEFORE_CLOCK = 64;

    // The item to be put.
    private CodecOutput out = new CodecOutput();
    private byte[] bytes;
    private int byteCount;
    boolean toFront;
    long priority;

    // The item that was found.
    int cell;
    long key;
    int length;
    int deliveries;
    boolean returned;
    boolean complete;
    long file;
    Object value;
    DecodeException failure;
    private byte[] copy = new byte[QueueLayout.MOST_INLINE_BYTES];
    /** That array, or the content of a file. */
    private byte[] found = copy;

    private CodecInput in = new CodecInput();

    private int looks;
    private long waitedFrom;

    private boolean busy;
    private QueueScratch inner;

    /** {@link #giveBack} belongs into a finally block. */
    static QueueScratch take() {
        QueueScratch scratch = OF_THREAD.get();
        while (scratch.busy) {
            if (scratch.inner == null) {
                scratch.inner = new QueueScratch();
            }
            scratch = scratch.inner;
        }
        scratch.busy = true;
        scratch.looks = 0;
        scratch.waitedFrom = 0;
        return scratch;
    }

    void giveBack() {
        if (out.array().length > MOST_KEPT_BYTES) {
            out = new CodecOutput();
        }
        if (copy.length > MOST_KEPT_BYTES || found != copy) {
            copy = new byte[QueueLayout.MOST_INLINE_BYTES];
            found = copy;
            in = new CodecInput();
        }
        bytes = null;
        value = null;
        failure = null;
        busy = false;
    }

    void encode(Object item, boolean front, long itsPriority) {
        out.reset();
        ObjectCodec.standard().write(out, item);
        bytes = out.array();
        byteCount = out.position();
        toFront = front;
        priority = itsPriority;
    }

    void setEncoded(byte[] encoded, long itsPriority) {
        bytes = encoded;
        byteCount = encoded.length;
        toFront = false;
        priority = itsPriority;
    }

    byte[] bytes() {
        return bytes;
    }

    int byteCount() {
        return byteCount;
    }

    /** Under the queue's lock: what lies there may be gone as soon as that is released. */
    void copyFrom(Memory memory, long offset) {
        if (copy.length < length) {
            copy = new byte[length];
        }
        memory.getBytes(offset, copy, 0, length);
        found = copy;
    }

    /** What lay in a file. */
    void setFound(byte[] bytes) {
        found = bytes;
    }

    /** Whether decoding what was copied runs no code of the user's. */
    boolean isSelfContained() {
        return length > 0 && ObjectCodec.isSelfContained(found[0]);
    }

    boolean isSmall() {
        return length <= QueueLayout.MOST_INLINE_BYTES;
    }

    /** {@link #decode} of what nobody else has any more: whatever keeps it from being decoded, its bytes are not lost. */
    void decodeWhateverHappens() {
        try {
            decode();
        } catch (RuntimeException | Error e) {
            failure = new DecodeException(DecodeException.Reason.USER_CODE, "decoding it ended with " + e, e);
        }
    }

    /** Leaves the object in {@link #value}, or why there is none in {@link #failure}. */
    void decode() {
        value = null;
        failure = null;
        try {
            in.wrap(found, 0, length);
            value = ObjectCodec.standard().readLast(in);
            if (value == null) {
                failure = new DecodeException(DecodeException.Reason.CORRUPT, "an item is null", null);
            }
        } catch (DecodeException e) {
            failure = e;
        }
    }

    byte[] copyOfBytes() {
        return Arrays.copyOf(found, length);
    }

    /** Each time that there was nothing to be done. */
    void noteLook() {
        if (++looks == LOOKS_BEFORE_CLOCK) {
            waitedFrom = System.nanoTime();
        }
    }

    long waitedNanos() {
        return waitedFrom == 0 ? 0 : System.nanoTime() - waitedFrom;
    }
}
