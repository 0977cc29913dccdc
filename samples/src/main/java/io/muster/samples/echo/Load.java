package io.muster.samples.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * The load: connections that each send a message, wait until it has come back, compare it byte by byte, and send the next
 * one. One thread serves all of them.
 */
final class Load {
    static final int MESSAGE_BYTES = 64;

    private static final long PATIENCE_MILLIS = 20_000;

    private final int port;
    private final int connections;
    private final long nanos;
    private long begin;
    private long sent;
    private long received;

    Load(int port, int connections, Duration duration) {
        this.port = port;
        this.connections = connections;
        this.nanos = duration.toNanos();
    }

    /**
     * Sends until the time is over, and waits for what is still on its way.
     *
     * @throws IOException if anything is lost, changed or late, or a server goes away
     */
    Result run() throws IOException {
        try (Selector selector = Selector.open()) {
            try {
                for (int i = 0; i < connections; i++) {
                    SocketChannel channel =
                            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                    Client client = new Client(i, new FramedChannel(channel));
                    channel.register(selector, SelectionKey.OP_READ, client);
                }
                begin = System.nanoTime();
                for (SelectionKey key : selector.keys()) {
                    send((Client) key.attachment());
                }
                while (received < sent) {
                    if (selector.select(this::receive, PATIENCE_MILLIS) == 0) {
                        throw new IOException((sent - received) + " of " + sent + " messages are not back after "
                                + PATIENCE_MILLIS + " ms");
                    }
                }
                return new Result(received, System.nanoTime() - begin);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        } catch (ClientFailure e) {
            throw e.cause;
        }
    }

    private void send(Client client) throws IOException {
        client.send();
        sent++;
    }

    private void receive(SelectionKey key) {
        Client client = (Client) key.attachment();
        try {
            if (client.hasItBack()) {
                received++;
                if (System.nanoTime() - begin < nanos) {
                    send(client);
                }
            }
        } catch (IOException e) {
            throw new ClientFailure(e);
        }
    }

    /** One connection with one message on its way. */
    private static final class Client {
        private final int number;
        private final FramedChannel channel;
        private final ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES);
        private long messages;

        Client(int number, FramedChannel channel) {
            this.number = number;
            this.channel = channel;
        }

        /** A message that is no other's. One so short always goes out at once, as nothing else is on its way. */
        void send() throws IOException {
            message.clear().putInt(number).putLong(++messages);
            while (message.hasRemaining()) {
                message.put((byte) (number + messages * message.position()));
            }
            channel.put(message.flip());
            if (!channel.flush()) {
                throw new IOException(
                        "connection " + number + " does not take a message of " + MESSAGE_BYTES + " bytes");
            }
        }

        boolean hasItBack() throws IOException {
            if (!channel.read()) {
                throw new IOException("a server closed connection " + number + " at message " + messages);
            }
            ByteBuffer back = channel.next();
            if (back != null && !back.equals(message.rewind())) {
                throw new IOException("message " + messages + " of connection " + number + " came back changed");
            }
            return back != null;
        }
    }

    /** Brings a failure out of the selector. */
    private static final class ClientFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final IOException cause;

        ClientFailure(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    /**
     * What came back.
     *
     * @param messages how many, each as it was sent
     * @param nanos from the first one sent to the last one back
     */
    record Result(long messages, long nanos) {
        long perSecond() {
            return Math.round(messages / (nanos / 1e9));
        }
    }
}
