package io.muster.ipc.channel;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * Listens for programs that want to connect: those of the same user by a Unix domain socket, others by TCP. What it accepts
 * are {@link Connection}s; the other side calls {@link Connection#open}.
 *
 * <p>A thread of its own takes the clients and shakes hands with them, many at once, each within {@link
 * ConnectionOptions#handshakeTimeout}. Only those that are past it are accepted: a client that is slow, silent, or says
 * nonsense costs one of the {@link ConnectionOptions#handshakes} for a while, and nobody else anything.
 *
 * <p>With an auth key both sides prove to each other that they know it. Without one, whoever connects is trusted, so that is
 * only possible on a Unix domain socket that lies in a directory of this user which is closed to others, or below one. The
 * key does not encrypt: over a network that is not trusted, use a tunnel.
 *
 * <p>Over TCP, what the kernel of a killed process had not delivered yet may be lost, if there was something that it had not
 * read; and a sender may learn a few messages late that the other side is gone, if it has left unread what came from there.
 * A connection stays in the process that opened or accepted it.
 *
 * <p>For any number of threads. Interrupting one that waits closes nothing. When the process dies, clients that are
 * connected find the end of their connections; the socket's file stays, and the next server at that path replaces it.
 *
 * <p>Its counterpart in Python is {@code multiprocessing.connection.Listener}. The protocol is in docs/connection-protocol.md.
 */
public interface ConnectionServer extends AutoCloseable {
    /**
     * Listens with an auth key, and the other options as they are by default.
     *
     * @see #listen(SocketAddress, ConnectionOptions)
     */
    static ConnectionServer listen(SocketAddress address, byte[] authKey) throws IOException {
        return listen(address, ConnectionOptions.defaults().authKey(authKey));
    }

    /**
     * Listens.
     *
     * @param address a {@link java.net.UnixDomainSocketAddress}, whose file is made so that only this user can connect, or an
     *     {@link java.net.InetSocketAddress}; port 0: any that is free. A file that a killed server has left is replaced.
     * @throws java.net.BindException if the address is in use, a file there is no socket, or the path is too long; nothing
     *     was changed
     * @throws IllegalArgumentException if it needs an auth key and there is none, or {@link ConnectionOptions#reusePort} was
     *     said of a Unix domain socket
     * @throws UnsupportedOperationException if {@code reusePort} was said and this platform has no such thing
     * @throws IOException if it cannot be listened to otherwise
     */
    static ConnectionServer listen(SocketAddress address, ConnectionOptions options) throws IOException {
        return SocketServer.listen(
                Objects.requireNonNull(address, "address"), Objects.requireNonNull(options, "options"));
    }

    /**
     * The next connection, however long it takes until there is one.
     *
     * @throws InterruptedException if the thread was interrupted on entry or while it waited; no connection was taken
     * @throws io.muster.ipc.memory.ClosedObjectException if this server is closed, also while it waits
     * @throws IOException if it can listen no more
     */
    Connection accept() throws IOException, InterruptedException;

    /**
     * The same within a time.
     *
     * @param timeout zero or negative: only if there is one already
     * @throws TimeoutException if there was none in time
     */
    Connection accept(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /** Where it listens: with the port that was chosen, if it was asked for port 0. */
    SocketAddress address();

    /** How many clients were turned away since it listens, for whatever reason. */
    long refused();

    /** Whether it was closed. */
    boolean isClosed();

    /**
     * Listens no more, and removes the socket's file, if it is still its own; doing it twice is harmless. Threads that wait
     * get a {@link io.muster.ipc.memory.ClosedObjectException}. Connections that were accepted go on; those that nobody has
     * accepted are closed.
     */
    @Override
    void close();
}
