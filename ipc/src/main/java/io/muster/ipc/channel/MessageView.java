package io.muster.ipc.channel;

import java.nio.ByteBuffer;

/** A message where it lies in a pipe. It is received when this is closed. For one thread at a time. */
public interface MessageView extends AutoCloseable {
    /** The message, from position to limit; read-only, and not to be used after {@link #close}. */
    ByteBuffer message();

    /** Receives the message for good, and lets other receivers go on. Twice is harmless. */
    @Override
    void close();
}
