package io.muster.samples.echo;

import io.muster.ipc.data.SharedLongArray;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Iterator;

/**
 * One of the servers: a single thread that sends back every frame of every connection that the kernel gives to this process.
 * A connection that breaks or speaks nonsense is closed and harms no other.
 */
final class EchoServer {
    private static final int BACKLOG = 1024;

    private final SharedLongArray books;
    private final int connectionsAt;
    private final int framesAt;

    /**
     * A server that keeps books.
     *
     * @param books for all servers: how many connections and frames each has had
     * @param number of this one, from 0
     */
    EchoServer(SharedLongArray books, int number) {
        this.books = books;
        this.connectionsAt = Books.connectionsAt(number);
        this.framesAt = Books.framesAt(number);
    }

    /**
     * Serves until this process ends.
     *
     * @param listening is run as soon as connections can come
     */
    void serve(int port, Runnable listening) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            // Every process of this user that says so may listen there, too; each has a queue of connections of its
            // own.
            server.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            listening.run();
            while (true) {
                selector.select();
                Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
                while (ready.hasNext()) {
                    SelectionKey key = ready.next();
                    ready.remove();
                    if (key.isAcceptable()) {
                        accept(server, selector);
                    } else {
                        echo(key);
                    }
                }
            }
        }
    }

    private void accept(ServerSocketChannel server, Selector selector) throws IOException {
        for (SocketChannel client; (client = server.accept()) != null; ) {
            books.getAndAdd(connectionsAt, 1);
            FramedChannel channel = new FramedChannel(client);
            client.register(selector, SelectionKey.OP_READ, channel);
        }
    }

    private void echo(SelectionKey key) throws IOException {
        FramedChannel channel = (FramedChannel) key.attachment();
        boolean open;
        try {
            open = key.isWritable() || channel.read();
            long frames = 0;
            for (ByteBuffer frame; open && (frame = channel.next()) != null; frames++) {
                channel.put(frame);
            }
            books.getAndAdd(framesAt, frames); // Before the client can have them back.
            // A client that does not read is not read from either.
            key.interestOps(channel.flush() ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
        } catch (IOException e) {
            System.err.println("a connection is closed: " + e.getMessage());
            open = false;
        }
        if (!open) {
            channel.close();
        }
    }
}
