package io.muster.ipc.channel;

import java.io.IOException;

/** A message did not fit into the buffer that it was to be received into. It is not lost: {@link #message()} has it. */
public final class BufferTooShortException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient byte[] message;

    /** @param remaining bytes that the buffer had room for */
    public BufferTooShortException(byte[] message, int remaining) {
        super("a message of " + message.length + " bytes was received into a buffer with room for " + remaining
                + "; the message is in this exception, see message()");
        this.message = message;
    }

    /** The bytes of the message. Not a copy. */
    public byte[] message() {
        return message;
    }
}
