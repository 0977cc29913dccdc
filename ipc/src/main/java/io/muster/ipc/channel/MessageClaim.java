package io.muster.ipc.channel;

import java.nio.ByteBuffer;

/**
 * Room in a pipe for one message. Closing it without {@link #commit} aborts it. For one thread at a time.
 *
 * <pre>{@code
 *     try (MessageClaim claim = connection.tryClaim(16)) {
 *         if (claim != null) { claim.buffer().putLong(id).putLong(value); claim.commit(); }
 *     }
 * }</pre>
 *
 * <p>Death: a claim of a process that is killed is as if it had never been.
 */
public interface MessageClaim extends AutoCloseable {
    /** The message's bytes; their content is undefined until it is written. Not to be used after {@link #commit} or {@link #close}. */
    ByteBuffer buffer();

    /**
     * Sends the message.
     *
     * @throws IllegalStateException if it was committed or aborted before
     */
    void commit();

    /** Gives the room back; nothing is sent. Harmless after {@link #commit}. */
    void abort();

    /** {@link #abort}. */
    @Override
    default void close() {
        abort();
    }
}
