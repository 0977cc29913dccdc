package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waitable;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * One end of a channel that carries messages, whole and in the order in which they were sent: objects, or bytes. What lies
 * between the two ends may be shared memory, a Unix domain socket or TCP; all behave alike.
 *
 * <p>An object message is the object's encoding and nothing else, so what was sent by {@link #send} may be received by
 * {@link #recvBytes} and the other way round. A message of no bytes is a message, though no object's.
 *
 * <p>Thread-safe: several threads may send and several may receive at once; each message is received once. Interrupting a
 * thread that waits here closes nothing: it takes no message, and what it was sending does not arrive, not even if a part of
 * it is on its way. The same holds when a time is over.
 *
 * <p>When the process at the other end dies, what it had sent completely is received; then {@link #recv} throws an {@link
 * EOFException}, and {@link #send} a {@link BrokenPipeException}. Half a message is never seen.
 *
 * <p>Its counterpart in Python is {@code multiprocessing.connection.Connection}.
 */
public interface Connection extends AutoCloseable, Waitable {
    /**
     * Connects to a {@link ConnectionServer}, in this program or another, in Java or another language.
     *
     * @param address a {@link java.net.UnixDomainSocketAddress} or an {@link java.net.InetSocketAddress}
     * @param authKey what the server was given as its key; both sides prove to each other that they know it, before anything
     *     is decoded
     * @param timeout for all of it together; zero or negative: no time, so it fails
     * @throws AuthenticationException if the server has another key, or none
     * @throws TimeoutException if the connection did not stand in time, such as with a server that is stopped or too busy
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     * @throws java.net.ConnectException if nobody listens there
     * @throws IOException if what listens there is no such server, or the address cannot be reached otherwise
     */
    static Connection open(SocketAddress address, byte[] authKey, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        return open(address, ConnectionOptions.defaults().authKey(authKey), timeout);
    }

    /**
     * The same with all options.
     *
     * @param options without an auth key only for a Unix domain socket that lies in a directory of this user which is closed
     *     to others, or below one: elsewhere anybody could have made it
     * @throws IllegalArgumentException if an auth key is needed and there is none
     */
    static Connection open(SocketAddress address, ConnectionOptions options, Duration timeout)
            throws IOException, InterruptedException, TimeoutException {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(options, "options");
        return new ConnectionOpener(address, options, Deadline.after(Objects.requireNonNull(timeout, "timeout")))
                .open();
    }

    /**
     * Sends an object, however long it takes until there is room for it. It is encoded by the caller's thread: it may be
     * changed afterwards.
     *
     * @param message may be null
     * @throws io.muster.ipc.codec.EncodeException if it cannot be encoded; nothing was sent
     * @throws BrokenPipeException if nobody can receive it any more
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing was sent
     * @throws ClosedObjectException if this end is closed
     * @throws UnsupportedOperationException if this end only receives
     * @throws IOException if the channel fails otherwise
     */
    void send(Object message) throws IOException, InterruptedException;

    /**
     * The same within a time.
     *
     * @param timeout zero or negative: only if there is room at once
     * @throws TimeoutException if there was no room in time; nothing was sent
     */
    void send(Object message, Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * Receives the next message as an object, however long it takes until there is one.
     *
     * @return as it was sent; may be null
     * @throws EOFException if there is no message any more and nobody can send one; again at each call
     * @throws io.muster.ipc.codec.DecodeException if it cannot be decoded, such as a class that is not known here; the
     *     message is taken all the same, the next one is not touched
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; nothing was taken
     * @throws ClosedObjectException if this end is closed
     * @throws UnsupportedOperationException if this end only sends
     * @throws IOException if the channel fails otherwise
     */
    Object recv() throws IOException, InterruptedException;

    /**
     * The same within a time.
     *
     * @param timeout zero or negative: only if there is a message already
     * @throws TimeoutException if there was no message in time; nothing was taken
     */
    Object recv(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * {@link #recv()}, as a type; null is of every type.
     *
     * @throws ClassCastException if it is of another type; it is taken all the same
     */
    default <T> T recv(Class<T> type) throws IOException, InterruptedException {
        Objects.requireNonNull(type, "type");
        return type.cast(recv());
    }

    /** Sends these bytes as one message; see {@link #send(Object)}. */
    default void sendBytes(byte[] message) throws IOException, InterruptedException {
        sendBytes(ByteBuffer.wrap(message));
    }

    /** Sends {@code length} bytes from {@code offset} on as one message. */
    default void sendBytes(byte[] message, int offset, int length) throws IOException, InterruptedException {
        sendBytes(ByteBuffer.wrap(message, offset, length));
    }

    /**
     * Sends what a buffer has between its position and its limit as one message, and moves the position to the limit if that
     * was done; see {@link #send(Object)}. They are copied: the buffer may be used again afterwards.
     */
    void sendBytes(ByteBuffer message) throws IOException, InterruptedException;

    /** Receives the bytes of the next message; see {@link #recv()}. */
    byte[] recvBytes() throws IOException, InterruptedException;

    /**
     * Receives the bytes of the next message into a buffer, from its position on, and moves the position behind them; see
     * {@link #recv()}. If an exception ends it, what the buffer holds from its position on is undefined.
     *
     * @return how many bytes the message has
     * @throws BufferTooShortException if it has more than remain in the buffer; the message is in the exception, the buffer
     *     is as it was
     * @throws java.nio.ReadOnlyBufferException if the buffer cannot be written; nothing was taken
     */
    int recvInto(ByteBuffer buffer) throws IOException, InterruptedException;

    /**
     * Whether {@link #recv} would not wait: there is a message, all of it, or there will never be one again. Consumes nothing.
     * With several receivers another may be faster.
     */
    boolean poll() throws IOException;

    /**
     * The same, after a wait for it.
     *
     * @param timeout zero or negative: do not wait
     * @return false: there was nothing in time
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    boolean poll(Duration timeout) throws IOException, InterruptedException;

    /**
     * {@link #poll()} for a {@link WaitSet}: also true if asking fails or this end is closed, as who receives is told that.
     *
     * @throws UnsupportedOperationException if this end only sends
     */
    @Override
    default boolean isReady() {
        try {
            return poll();
        } catch (IOException | ClosedObjectException e) {
            return true;
        }
    }

    /** Whether messages can be received at this end, now or ever. */
    boolean isReadable();

    /** Whether messages can be sent at this end. */
    boolean isWritable();

    /** Whether this end was closed, by this process. */
    boolean isClosed();

    /**
     * Closes this end in this process; doing it twice is harmless. Threads that wait at it get a {@link
     * ClosedObjectException}. What was sent is still received.
     */
    @Override
    void close();
}
