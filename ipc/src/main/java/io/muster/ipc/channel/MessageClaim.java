package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import java.nio.ByteBuffer;

/**
 * Room in a pipe for one message. Closing it without {@link #commit} aborts it. For the thread that has claimed it.
 *
 * <p>When the end of the pipe is closed, a claim that is open by it will not be sent. If the thread that has claimed it closes the
 * end, the claim is aborted then; likewise if that thread has ended and done neither. If another thread closes the end, the
 * claiming one may still be writing, so the claim is aborted when that thread does so, tries to commit it, or ends: only then other
 * senders go on, and only then receivers learn that nobody can send any more, if this was the last one.
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
     * @throws ClosedObjectException if the end was closed meanwhile; nothing is sent then
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
