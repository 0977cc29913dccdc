package io.muster.ipc.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * TCP sockets that were closed here and may still have something on its way. TCP forgets what it has not delivered as soon as
 * the other side sends anything to a socket that is closed for good; so each is only closed for sending at first, and read
 * to its end by a thread of this class, for a while.
 */
final class LastWords implements Runnable {
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    /** Beyond that the oldest goes, so that they never take all file descriptors. */
    private static final int MOST = 256;

    private static final LastWords INSTANCE = new LastWords();

    private final Deque<Leaving> arriving = new ArrayDeque<>();
    private final Deque<Leaving> leaving = new ArrayDeque<>();
    private final ByteBuffer discarded = ByteBuffer.allocateDirect(8 * 1024);
    private Selector selector;

    private record Leaving(SocketChannel channel, long sinceNanos) {}

    private LastWords() {}

    /** Closes a socket that is non-blocking: at once if the other side has closed, else when it has, or after a while. */
    static void close(SocketChannel channel) throws IOException {
        boolean given = false;
        try {
            channel.shutdownOutput();
            given = !INSTANCE.hasEnded(channel, ByteBuffer.allocate(512));
            if (given) {
                INSTANCE.add(new Leaving(channel, System.nanoTime()));
            }
        } catch (IOException failed) {
            given = false; // There is nothing left that could be delivered.
        } finally {
            if (!given) {
                channel.close();
            }
        }
    }

    private synchronized void add(Leaving one) throws IOException {
        if (selector == null) {
            selector = Selector.open();
            Thread thread = new Thread(this, "muster-last-words");
            thread.setDaemon(true);
            thread.start();
        }
        arriving.add(one);
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (goOn()) {
                selector.select(this::read, 1000);
                dropOld();
            }
        } catch (IOException | RuntimeException | Error e) {
            end();
        }
    }

    /** Takes those that are new; false: there are none at all, and the thread may end. */
    private synchronized boolean goOn() throws IOException {
        for (Leaving one = arriving.poll(); one != null; one = arriving.poll()) {
            try {
                one.channel.register(selector, SelectionKey.OP_READ);
                leaving.add(one);
            } catch (IOException e) {
                one.channel.close();
            }
        }
        if (leaving.isEmpty()) {
            end();
            return false;
        }
        return true;
    }

    private void read(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        if (hasEnded(channel, discarded)) {
            close(new Leaving(channel, 0));
        }
    }

    /** Reads and drops some of what is there; true: the other side has closed. */
    private boolean hasEnded(SocketChannel channel, ByteBuffer scratch) {
        try {
            return channel.read(scratch.clear()) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private void dropOld() {
        leaving.removeIf(one -> !one.channel.isOpen());
        long now = System.nanoTime();
        while (!leaving.isEmpty() && (leaving.size() > MOST || now - leaving.peek().sinceNanos > PATIENCE_NANOS)) {
            close(leaving.remove());
        }
    }

    private synchronized void end() {
        arriving.forEach(LastWords::close);
        leaving.forEach(LastWords::close);
        arriving.clear();
        leaving.clear();
        try {
            selector.close();
        } catch (IOException e) {
            selector = null;
            return;
        }
        selector = null;
    }

    private static void close(Leaving one) {
        try {
            one.channel.close();
        } catch (IOException e) {
            // Nobody waits for it.
            return;
        }
    }
}
