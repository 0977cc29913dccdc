package io.muster.ipc.channel;

import io.muster.ipc.wait.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Connects, shakes hands, and gives up in time. */
final class ConnectionOpener {
    /** Between two looks whether the server of a Unix domain socket takes more connections; the kernel does not say. */
    private static final long FULL_NANOS = 5_000_000;

    private final SocketAddress address;
    private final ConnectionOptions options;
    private final Deadline deadline;
    private final boolean tcp;
    private final String name;

    ConnectionOpener(SocketAddress address, ConnectionOptions options, Deadline deadline) {
        this.address = address;
        this.options = options;
        this.deadline = deadline;
        tcp = Transport.isTcp(address);
        name = "the server at " + Transport.name(address);
    }

    Connection open() throws IOException, InterruptedException, TimeoutException {
        if (!tcp) {
            SocketFile.checkLength((UnixDomainSocketAddress) address);
        }
        Transport.checkKey(address, options);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        SocketChannel channel = null;
        try {
            channel = connect();
            Transport.tune(channel, tcp);
            Handshake handshake = Handshake.ofClient(options);
            shakeHands(channel, handshake);
            Connection connection = new SocketConnection(
                    channel, name, tcp, options.codec(), options.maxMessageBytes(), handshake.peerMaxBytes());
            channel = null;
            return connection;
        } finally {
            if (channel != null) {
                channel.close();
            }
        }
    }

    private SocketChannel connect() throws IOException, InterruptedException, TimeoutException {
        while (true) {
            SocketChannel channel = SocketChannel.open(Transport.family(address));
            boolean connected = false;
            try {
                channel.configureBlocking(false);
                connected = channel.connect(address) || finish(channel);
                return channel;
            } catch (SocketException e) {
                if (!mayBeFull(e)) {
                    throw explained(e);
                }
                pause(e);
            } finally {
                if (!connected) {
                    channel.close();
                }
            }
        }
    }

    private boolean finish(SocketChannel channel) throws IOException, InterruptedException, TimeoutException {
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            while (!channel.finishConnect()) {
                await(selector, key, SelectionKey.OP_CONNECT);
            }
            return true;
        }
    }

    /** A Unix domain socket whose server has more to accept than it wants to wait refuses at once, with a bare error. */
    private boolean mayBeFull(SocketException e) {
        return !tcp
                && e.getClass() == SocketException.class
                && Files.exists(((UnixDomainSocketAddress) address).getPath());
    }

    private void pause(SocketException reason) throws InterruptedException, TimeoutException {
        if (deadline.isExpired()) {
            throw late("it takes no more clients for now (" + reason.getMessage() + ")");
        }
        TimeUnit.NANOSECONDS.sleep(Math.min(FULL_NANOS, deadline.remainingNanos()));
    }

    private void shakeHands(SocketChannel channel, Handshake handshake)
            throws IOException, InterruptedException, TimeoutException {
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, 0);
            for (int wanted = handshake.advance(channel); wanted != 0; wanted = handshake.advance(channel)) {
                await(selector, key, wanted);
            }
        } catch (AuthenticationException e) {
            throw new AuthenticationException("no connection to " + name + ": " + e.getMessage());
        } catch (ProtocolException e) {
            throw initCause(new ProtocolException("no connection to " + name + ": " + e.getMessage()), e);
        } catch (EOFException | SocketException e) {
            throw new IOException(
                    "no connection to " + name
                            + ": it closed this one before it stood. It may be no server of Muster's,"
                            + " have just been closed, or have too many clients at once",
                    e);
        }
    }

    private void await(Selector selector, SelectionKey key, int operation)
            throws IOException, InterruptedException, TimeoutException {
        key.interestOps(operation);
        if (deadline.isExpired()) {
            throw late("it does not answer");
        }
        long nanos = deadline.remainingNanos();
        selector.select(ready -> {}, nanos == Long.MAX_VALUE ? 0 : nanos / 1_000_000 + 1);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private TimeoutException late(String why) {
        return new TimeoutException("no connection to " + name + " in time: " + why);
    }

    private SocketException explained(SocketException e) {
        String why = e.getMessage();
        if (!tcp && e instanceof ConnectException) {
            why = "nobody listens there, the file was left by a server that is gone";
        } else if (!tcp && !Files.exists(((UnixDomainSocketAddress) address).getPath())) {
            why = "there is no such file";
        }
        return initCause(new ConnectException("no connection to " + name + ": " + why), e);
    }

    private static <E extends Exception> E initCause(E exception, Exception cause) {
        exception.initCause(cause);
        return exception;
    }
}
