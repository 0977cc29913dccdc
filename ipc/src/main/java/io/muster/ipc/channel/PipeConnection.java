package io.muster.ipc.channel;

import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;

/**
 * One end of a {@link Pipe}: a connection through shared memory. It is a handle: captured by the target of a child process or
 * of a task, it means the same end there, and the sender may close its own at once.
 *
 * <p><b>The end of it.</b> An end is in use by every process that has a handle which is not closed. When the last process that can
 * send has closed its handles or died, the others receive what is left and then an {@link EOFException}; when the last one that
 * can receive has, {@link #send} throws a {@link BrokenPipeException}. So close what you do not use: a process that keeps the
 * sending end of a pipe which it reads waits for itself. A handle that nobody refers to any more is closed by the garbage
 * collector, at some time.
 *
 * <p><b>Travelling.</b> A child counts as a user from {@code start} on, a task's worker from {@code submit} on. Sent by another
 * way (a queue, another pipe, a shared map), a handle can be used where it arrives if somebody still uses that end then, else
 * reading it fails. If what it came with cannot be read there, because a class is missing, a filter refuses it or its own code
 * fails, nobody gets the handle, and it is closed there before the failure is told.
 *
 * <p><b>Large messages.</b> One longer than {@link #maxClaim()} goes through the ring in pieces, while it is received: it may
 * have up to 2 GB - 8 bytes. If {@link #recv} is interrupted or runs out of time when a part of it has come, the next {@code
 * recv} in this process goes on with it. Other senders wait until it is complete.
 *
 * <p>Death: a process killed while it sends leaves nothing of that message for anybody to see, and holds up nobody. What a process
 * had received, or had begun to receive, goes with it. A process that is stopped in the middle of sending or receiving
 * is waited for by others at the same end.
 */
public interface PipeConnection extends Connection, Serializable {
    /**
     * Sends an object if there is room for it and no other sender is at it; never waits.
     *
     * @return whether it was sent
     * @throws IllegalArgumentException if its encoding is longer than half of {@link #capacity()}: there might never be room
     * @throws BrokenPipeException if nobody can receive it any more
     */
    boolean offer(Object message) throws IOException;

    /** The same for bytes. */
    default boolean offerBytes(byte[] message) throws IOException {
        return offerBytes(ByteBuffer.wrap(message));
    }

    /** The same for what a buffer has between position and limit; moves its position to the limit if it was sent. */
    boolean offerBytes(ByteBuffer message) throws IOException;

    /**
     * Claims room for a message, to write it where it will be received from, without a copy. Never waits.
     *
     * <p>Other senders wait until the claim is committed or aborted: do it soon, in a {@code try} block. Closing this end sees
     * to a claim that was forgotten, see {@link MessageClaim}.
     *
     * @param length of the message, from 0 to {@link #maxClaim()}
     * @return null if there is no room now, or another sender is at it
     * @throws io.muster.ipc.memory.ClosedObjectException if this end is closed
     * @throws BrokenPipeException if nobody can receive it any more
     */
    MessageClaim tryClaim(int length) throws IOException;

    /** The most bytes that a claim can have, and a message that does not go in pieces. */
    int maxClaim();

    /**
     * Gives up to {@code limit} messages to a handler, where they lie, without a copy. Never waits for one.
     *
     * <p>A message is received when the handler returns or throws; if the process is killed before, it is there for the next
     * receiver. Other receivers wait meanwhile. The handler must not receive from this end.
     *
     * @return how many there were; 0 if there were none, or another receiver was at it
     * @throws EOFException if there was no message and nobody can send one
     */
    int poll(MessageHandler handler, int limit) throws IOException;

    /**
     * Receives the next message where it lies, without a copy. It is received when the view is closed; other receivers wait
     * until then, and this thread must not receive from this end meanwhile.
     */
    MessageView recvView() throws IOException, InterruptedException;

    /** The same, if there is a message; null if there is none. */
    MessageView tryView() throws IOException;

    /** Bytes of the ring through which messages go, with 8 to 15 for each besides its own; 0 at no time. */
    int capacity();
}
