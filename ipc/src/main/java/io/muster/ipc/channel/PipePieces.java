package io.muster.ipc.channel;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;

/** A message in pieces, as far as it has come: in an array of its own, or right where its receiver wants it. */
final class PipePieces {
    private final int length;
    /** Filled up to its position. */
    private ByteBuffer bytes;

    private boolean lent;

    /** @param target the receiver's buffer, used if the message fits into it, and left as it is but for its content; or null */
    PipePieces(int length, ByteBuffer target) {
        this.length = length;
        lent = target != null && target.remaining() >= length;
        bytes = lent ? target.slice(target.position(), length) : ByteBuffer.allocate(length);
    }

    int length() {
        return length;
    }

    int missing() {
        return length - bytes.position();
    }

    /** There is room. */
    void add(Memory memory, long from, int count) {
        bytes.limit(bytes.position() + count);
        memory.getBytes(from, bytes);
        bytes.limit(length);
    }

    /** The receiver gave up: its buffer is its own again, and the message goes on in an array. */
    void keep() {
        if (lent) {
            lent = false;
            bytes = ByteBuffer.allocate(length).put(bytes.flip());
        }
    }

    /** Whether it lies where its receiver wants it. */
    boolean isLent() {
        return lent;
    }

    /** The message, if it was not lent. */
    byte[] array() {
        return bytes.array();
    }
}
