package io.muster.ipc.channel;

import io.muster.ipc.wait.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** A server over a socket: its loop lets clients in, its callers take them. */
final class SocketServer implements ConnectionServer {
    private final SocketAddress address;
    private final SocketFile file;
    private final ReadyConnections ready;
    private final ServerLoop loop;

    private SocketServer(SocketAddress address, SocketFile file, ReadyConnections ready, ServerLoop loop) {
        this.address = address;
        this.file = file;
        this.ready = ready;
        this.loop = loop;
    }

    static ConnectionServer listen(SocketAddress address, ConnectionOptions options) throws IOException {
        boolean tcp = Transport.isTcp(address);
        if (!tcp) {
            SocketFile.checkLength((UnixDomainSocketAddress) address);
        }
        Transport.checkKey(address, options);
        if (!tcp && options.reusePort()) {
            throw new IllegalArgumentException(Transport.name(address)
                    + ": reusePort(true) is for TCP; a Unix domain socket has one server. Give each its own path, or leave"
                    + " it out");
        }
        ServerSocketChannel channel = ServerSocketChannel.open(Transport.family(address));
        boolean listening = false;
        try {
            SocketFile file = null;
            if (tcp) {
                bind(channel, address, options);
            } else {
                file = SocketFile.bind(channel, (UnixDomainSocketAddress) address, options.backlog());
            }
            SocketAddress bound = tcp ? channel.getLocalAddress() : address;
            ReadyConnections ready = new ReadyConnections("server at " + Transport.name(bound));
            ServerLoop loop = new ServerLoop(channel, tcp, Transport.name(bound), options, ready);
            loop.start();
            listening = true;
            return new SocketServer(bound, file, ready, loop);
        } finally {
            if (!listening) {
                channel.close();
            }
        }
    }

    private static void bind(ServerSocketChannel channel, SocketAddress address, ConnectionOptions options)
            throws IOException {
        if (options.reusePort()) {
            sharePort(channel, address);
        }
        try {
            channel.bind(address, options.backlog());
        } catch (java.net.SocketException e) {
            BindException better =
                    new BindException(Transport.name(address) + " cannot be listened to: " + e.getMessage());
            better.initCause(e);
            throw better;
        }
    }

    private static void sharePort(ServerSocketChannel channel, SocketAddress address) throws IOException {
        if (!channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
            throw new UnsupportedOperationException(Transport.name(address)
                    + ": reusePort(true) cannot be had, as this platform has no SO_REUSEPORT. Let one process listen there,"
                    + " or each at a port of its own");
        }
        channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }

    @Override
    public Connection accept() throws IOException, InterruptedException {
        try {
            return accept(Deadline.never());
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    @Override
    public Connection accept(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return accept(Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    private Connection accept(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        Connection connection = ready.take(deadline);
        loop.roomAgain();
        return connection;
    }

    @Override
    public SocketAddress address() {
        return address;
    }

    @Override
    public long refused() {
        return loop.refused();
    }

    @Override
    public boolean isClosed() {
        return ready.isClosed();
    }

    @Override
    public void close() {
        ready.close();
        try {
            loop.close();
            if (file != null) {
                file.remove();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "ConnectionServer[" + Transport.name(address) + ", " + (isClosed() ? "closed" : "listening") + ", "
                + refused() + " refused]";
    }
}
