package io.muster.ipc.channel;

import java.nio.ByteBuffer;

/** Takes messages where they lie. */
@FunctionalInterface
public interface MessageHandler {
    /** @param message from its position to its limit; read-only, and valid only during this call */
    void onMessage(ByteBuffer message);
}
