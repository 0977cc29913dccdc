package io.muster.ipc.channel;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The thread of a server, which takes clients from the kernel and shakes hands with all of them at once. It waits for nobody
 * in particular, and nothing that a client does ends it.
 */
final class ServerLoop implements Runnable {
    /** After that long in a place that somebody else needs, a client is turned away. */
    private static final long GRACE_NANOS = 1_000_000_000L;
    /** Without file descriptors or memory for another client: how long until the next try. */
    private static final long EXHAUSTED_NANOS = 50_000_000L;

    private final ServerSocketChannel server;
    private final boolean tcp;
    private final String name;
    private final ConnectionOptions options;
    private final ReadyConnections ready;
    private final Selector selector;
    private final SelectionKey acceptKey;
    private final Thread thread;

    /** In the order of their arrival, so of their deadlines too. */
    private final Deque<Guest> guests = new ArrayDeque<>();

    private long exhaustedUntilNanos = System.nanoTime();
    private volatile boolean acceptsPaused;
    private volatile long refused;
    private volatile boolean closed;

    /** A client that is not in yet. */
    private record Guest(SocketChannel channel, Handshake handshake, long sinceNanos) {
        boolean isGone() {
            return !channel.isOpen();
        }
    }

    ServerLoop(ServerSocketChannel server, boolean tcp, String name, ConnectionOptions options, ReadyConnections ready)
            throws IOException {
        this.server = server;
        this.tcp = tcp;
        this.name = name;
        this.options = options;
        this.ready = ready;
        server.configureBlocking(false);
        selector = Selector.open();
        acceptKey = server.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this, "muster-accept " + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    long refused() {
        return refused;
    }

    /** Somebody has taken a connection. */
    void roomAgain() {
        if (acceptsPaused) {
            selector.wakeup();
        }
    }

    /** Ends the thread, and returns when it has. */
    void close() throws IOException {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        server.close();
    }

    @Override
    public void run() {
        try {
            while (!closed) {
                selector.select(this::handle, step());
            }
        } catch (IOException | RuntimeException | Error e) {
            ready.fail(e);
        } finally {
            guests.forEach(guest -> closeQuietly(guest.channel));
            closeQuietly(server);
            closeQuietly(selector);
        }
    }

    /** Turns away who is late, and decides whether to take more. Returns for how many milliseconds to wait; 0: no limit. */
    private long step() {
        long now = System.nanoTime();
        guests.removeIf(Guest::isGone);
        while (patienceNanos(now) <= 0) {
            refuse(guests.remove());
        }
        long next = patienceNanos(now);
        boolean exhausted = exhaustedUntilNanos - now > 0;
        if (exhausted) {
            next = Math.min(next, exhaustedUntilNanos - now);
        }
        acceptsPaused = true; // Before the look, so that whoever makes room after it wakes this thread.
        boolean room = hasRoom();
        acceptsPaused = !room;
        acceptKey.interestOps(room && !exhausted ? SelectionKey.OP_ACCEPT : 0);
        return next == Long.MAX_VALUE ? 0 : next / 1_000_000 + 1;
    }

    private boolean hasRoom() {
        return guests.size() < options.handshakes() && ready.size() < options.backlog();
    }

    /** How long the one that has been here longest may stay. */
    private long patienceNanos(long now) {
        if (guests.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long patience = options.handshakeTimeout().toNanos();
        boolean full = guests.size() >= options.handshakes();
        return guests.peek().sinceNanos + (full ? Math.min(GRACE_NANOS, patience) : patience) - now;
    }

    private void handle(SelectionKey key) {
        if (key == acceptKey) {
            admitAll();
        } else {
            advance((Guest) key.attachment(), key);
        }
    }

    private void admitAll() {
        try {
            while (hasRoom()) {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                admit(channel);
            }
        } catch (IOException | OutOfMemoryError e) {
            exhaustedUntilNanos = System.nanoTime() + EXHAUSTED_NANOS;
        }
    }

    private void admit(SocketChannel channel) {
        Guest guest = new Guest(channel, Handshake.ofServer(options), System.nanoTime());
        try {
            channel.configureBlocking(false);
            Transport.tune(channel, tcp);
            guests.add(guest);
            advance(guest, channel.register(selector, 0, guest));
        } catch (IOException e) {
            refuse(guest);
        }
    }

    private void advance(Guest guest, SelectionKey key) {
        try {
            int wanted = guest.handshake.advance(guest.channel);
            if (wanted != 0) {
                key.interestOps(wanted);
                return;
            }
            key.cancel();
            guests.remove(guest);
            ready.add(connection(guest));
        } catch (IOException | CancelledKeyException | OutOfMemoryError e) {
            refuse(guest);
        }
    }

    private Connection connection(Guest guest) throws IOException {
        String peer = tcp ? Transport.name(guest.channel.getRemoteAddress()) : "a client of " + name;
        return new SocketConnection(
                guest.channel, peer, tcp, options.codec(), options.maxMessageBytes(), guest.handshake.peerMaxBytes());
    }

    /** One that has said nothing and is gone was only a look whether somebody listens. */
    private void refuse(Guest guest) {
        if (guest.handshake.hasSpoken() || System.nanoTime() - guest.sinceNanos > GRACE_NANOS / 2) {
            refused++;
        }
        closeQuietly(guest.channel);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // There is nobody to tell, and nothing to do about it.
            return;
        }
    }
}
