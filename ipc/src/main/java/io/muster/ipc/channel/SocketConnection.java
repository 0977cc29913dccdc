package io.muster.ipc.channel;

import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection over a socket, whose other end may be in another language. Senders and receivers each have a lock, which is
 * held by the one that reads or writes the socket or waits for it; the others wait for the lock.
 */
final class SocketConnection implements Connection {
    private static final int KEPT_OUTPUT_BYTES = 1 << 20;

    private final SocketChannel channel;
    private final String name;
    private final boolean tcp;
    private final ObjectCodec codec;
    private final long peerMaxBytes;

    private final ReentrantLock receiving = new ReentrantLock();
    private final FrameReader reader;
    private final SocketWait readable;
    private volatile boolean receiverWaits;

    private final ReentrantLock sending = new ReentrantLock();
    private final FrameWriter writer = new FrameWriter();
    private final SocketWait writable;
    private final AtomicReference<CodecOutput> spareOutput = new AtomicReference<>();

    private volatile ProtocolException violation;
    private volatile IOException brokenBy;
    private volatile boolean closed;

    /**
     * @param channel connected, and past the handshake; it is made non-blocking, and closed with this connection
     * @param name of the peer, for messages
     * @param maxBytes largest message to be received
     * @param peerMaxBytes largest message that the peer wants
     */
    SocketConnection(
            SocketChannel channel, String name, boolean tcp, ObjectCodec codec, long maxBytes, long peerMaxBytes)
            throws IOException {
        this.channel = channel;
        this.name = name;
        this.tcp = tcp;
        this.codec = codec;
        this.peerMaxBytes = peerMaxBytes;
        channel.configureBlocking(false);
        reader = new FrameReader(maxBytes);
        readable = new SocketWait(channel, SelectionKey.OP_READ);
        writable = new SocketWait(channel, SelectionKey.OP_WRITE);
    }

    @Override
    public void send(Object message) throws IOException, InterruptedException {
        untimed(() -> send(message, Deadline.never()));
    }

    @Override
    public void send(Object message, Duration timeout) throws IOException, InterruptedException, TimeoutException {
        send(message, Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    private void send(Object message, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        checkOpen();
        CodecOutput out = spareOutput.getAndSet(null);
        if (out == null) {
            out = new CodecOutput();
        }
        try {
            codec.write(out, message);
            send(ByteBuffer.wrap(out.array(), 0, out.position()), deadline);
        } finally {
            if (out.array().length <= KEPT_OUTPUT_BYTES) {
                out.reset();
                spareOutput.set(out);
            }
        }
    }

    @Override
    public void sendBytes(ByteBuffer message) throws IOException, InterruptedException {
        ByteBuffer own = Objects.requireNonNull(message, "message").duplicate();
        untimed(() -> send(own, Deadline.never()));
        message.position(message.limit());
    }

    private void send(ByteBuffer message, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        checkOpen();
        long total = message.remaining();
        if (total > peerMaxBytes) {
            throw new IOException("a message of " + total + " bytes is too large for " + name + ", which takes "
                    + peerMaxBytes + "; nothing was sent. Try a larger maxMessageBytes there, or send it in parts");
        }
        acquire(sending, deadline, "no room");
        try {
            flush(deadline);
            do {
                writer.stage(message, total);
                flushOrGiveUp(deadline);
            } while (message.hasRemaining());
        } finally {
            sending.unlock();
        }
    }

    private void flushOrGiveUp(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        boolean done = false;
        try {
            flush(deadline);
            done = true;
        } finally {
            if (!done) {
                writer.giveUp();
            }
        }
    }

    private void flush(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        while (writer.isPending()) {
            checkReceiver();
            if (!write() && !writable.await(deadline)) {
                throw new TimeoutException("no room in time for a message to " + name + "; nothing was sent");
            }
        }
    }

    private boolean write() throws IOException {
        checkOpen();
        try {
            return writer.write(channel);
        } catch (ClosedChannelException e) {
            throw closedError();
        } catch (IOException e) {
            brokenBy = e;
            throw brokenPipe();
        }
    }

    /** TCP takes bytes for a peer that has closed long ago; only its end of the other direction tells. */
    private void checkReceiver() throws IOException {
        if (violation != null) {
            throw violated();
        }
        if (tcp && brokenBy == null && !reader.hasEnded() && receiving.tryLock()) {
            try {
                reader.look(channel);
            } catch (ClosedChannelException e) {
                throw closedError();
            } finally {
                receiving.unlock();
            }
        }
        if (brokenBy != null || reader.hasEnded()) {
            throw brokenPipe();
        }
    }

    @Override
    public Object recv() throws IOException, InterruptedException {
        return codec.decode(recvBytes());
    }

    @Override
    public Object recv(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        return codec.decode(take(Deadline.after(Objects.requireNonNull(timeout, "timeout"))));
    }

    @Override
    public byte[] recvBytes() throws IOException, InterruptedException {
        try {
            return take(Deadline.never());
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    @Override
    public int recvInto(ByteBuffer buffer) throws IOException, InterruptedException {
        if (buffer.isReadOnly()) {
            throw new java.nio.ReadOnlyBufferException();
        }
        byte[] message = recvBytes();
        if (message.length > buffer.remaining()) {
            throw new BufferTooShortException(message, buffer.remaining());
        }
        buffer.put(message);
        return message.length;
    }

    private byte[] take(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        acquire(receiving, deadline, "no message");
        try {
            if (!awaitMessage(deadline)) {
                throw new TimeoutException("no message in time from " + name + "; nothing was taken");
            }
            if (reader.hasEnded() && !advance()) {
                throw end();
            }
            return reader.take();
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public boolean poll() throws IOException {
        while (!receiving.tryLock()) {
            checkOpen();
            if (receiverWaits) {
                return false;
            }
            Thread.onSpinWait();
        }
        try {
            return advance() || reader.hasEnded();
        } finally {
            receiving.unlock();
        }
    }

    @Override
    public boolean poll(Duration timeout) throws IOException, InterruptedException {
        Deadline deadline = Deadline.after(Objects.requireNonNull(timeout, "timeout"));
        try {
            acquire(receiving, deadline, "no message");
        } catch (TimeoutException e) {
            return poll();
        }
        try {
            return awaitMessage(deadline);
        } finally {
            receiving.unlock();
        }
    }

    /** Whether there is a message, or the end, within the time. */
    private boolean awaitMessage(Deadline deadline) throws IOException, InterruptedException {
        while (!advance() && !reader.hasEnded()) {
            receiverWaits = true;
            try {
                if (!readable.await(deadline)) {
                    return false;
                }
            } finally {
                receiverWaits = false;
            }
        }
        return true;
    }

    private boolean advance() throws IOException {
        checkOpen();
        if (violation != null) {
            throw violated();
        }
        try {
            return reader.advance(channel);
        } catch (ClosedChannelException e) {
            throw closedError();
        } catch (ProtocolException e) {
            violation = e;
            throw violated();
        }
    }

    @Override
    public boolean isReadable() {
        return true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            if (tcp) {
                LastWords.close(channel);
            } else {
                closeLocal();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            readable.close();
            writable.close();
        }
    }

    /** Shut down first: a selector keeps a closed socket until it next looks. */
    private void closeLocal() throws IOException {
        try (channel) {
            channel.shutdownInput().shutdownOutput();
        } catch (IOException e) {
            brokenBy = e; // The other side was faster.
        }
    }

    /**
     * The socket, to be selected for reading, and for nothing else. Readable means that {@link #poll()} should be asked
     * again; and what was read already is not seen there, so ask it before waiting too.
     */
    SelectableChannel selectable() {
        return channel;
    }

    private void acquire(ReentrantLock lock, Deadline deadline, String missing)
            throws InterruptedException, TimeoutException {
        checkOpen();
        long nanos = deadline.remainingNanos();
        if (nanos == Long.MAX_VALUE) {
            lock.lockInterruptibly();
        } else if (!lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            throw new TimeoutException(missing + " in time at " + name + ": other threads use it; nothing was done");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw closedError();
        }
    }

    private ClosedObjectException closedError() {
        return new ClosedObjectException("the connection to " + name + " was closed in this process");
    }

    private EOFException end() {
        EOFException end = new EOFException(name + " has closed the connection, or died" + reader.remains());
        end.initCause(reader.failure());
        return end;
    }

    private BrokenPipeException brokenPipe() {
        BrokenPipeException broken =
                new BrokenPipeException("nothing was sent: " + name + " has closed the connection, or died");
        broken.initCause(brokenBy);
        return broken;
    }

    private IOException violated() {
        return new IOException(
                "the connection to " + name + " is broken: " + violation.getMessage() + "; close it", violation);
    }

    private interface TimedCall {
        void call() throws IOException, InterruptedException, TimeoutException;
    }

    private static void untimed(TimedCall call) throws IOException, InterruptedException {
        try {
            call.call();
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    @Override
    public String toString() {
        return "Connection[" + name + ", "
                + (closed ? "closed" : reader.hasEnded() ? "at its end" : violation != null ? "broken" : "open") + "]";
    }
}
