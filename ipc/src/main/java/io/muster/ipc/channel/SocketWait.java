package io.muster.ipc.channel;

import io.muster.ipc.wait.Deadline;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * Waits until a non-blocking socket can be read, or written. An interrupt ends the wait and not the socket, as it would in a
 * blocking read or write of a channel.
 *
 * <p>One thread at a time waits; {@link #close} may come from any other, and ends its wait.
 */
final class SocketWait implements AutoCloseable {
    private final SocketChannel channel;
    private final int operation;
    private Selector selector;
    private boolean closed;

    /** @param operation of {@link java.nio.channels.SelectionKey} */
    SocketWait(SocketChannel channel, int operation) {
        this.channel = channel;
        this.operation = operation;
    }

    /**
     * Waits; wakes up for nothing at times.
     *
     * @return false if the deadline has come
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     */
    boolean await(Deadline deadline) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long nanos = deadline.remainingNanos();
        if (nanos == 0) {
            return false;
        }
        try {
            Selector waiting = selector();
            if (waiting != null) {
                waiting.select(key -> {}, nanos == Long.MAX_VALUE ? 0 : nanos / 1_000_000 + 1);
            }
        } catch (ClosedSelectorException | ClosedChannelException e) {
            return true; // The caller looks whether this end is closed.
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return true;
    }

    private synchronized Selector selector() throws IOException {
        if (selector == null && !closed) {
            Selector made = channel.provider().openSelector();
            try {
                channel.register(made, operation);
            } catch (IOException | RuntimeException e) {
                made.close();
                throw e;
            }
            selector = made;
        }
        return selector;
    }

    @Override
    public void close() {
        Selector last;
        synchronized (this) {
            closed = true;
            last = selector;
        }
        if (last != null) {
            try {
                last.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
