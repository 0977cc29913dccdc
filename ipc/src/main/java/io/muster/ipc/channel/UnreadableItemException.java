package io.muster.ipc.channel;

import io.muster.ipc.codec.DecodeException;
import java.util.Objects;

/**
 * An item was taken from a queue, but its bytes are no object in this process: a class is missing here, or its own code failed.
 * The item has left the queue; {@link #bytes()} has it, so that it can be inspected, kept, or decoded elsewhere by {@link
 * io.muster.ipc.codec.ObjectCodec#decode(byte[])}. The items behind it are not touched.
 */
public final class UnreadableItemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final byte[] bytes;

    UnreadableItemException(String what, byte[] bytes, DecodeException cause) {
        super(what + ": " + cause.getMessage(), Objects.requireNonNull(cause, "cause"));
        this.bytes = bytes;
    }

    /** The encoding of the item. Not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Which kind of trouble it was. */
    public DecodeException.Reason reason() {
        return getCause() instanceof DecodeException cause ? cause.reason() : DecodeException.Reason.CORRUPT;
    }
}
