package io.muster.ipc.channel;

import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.wait.Deadline;
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
    private final Peer peer;
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
        this.peer = new Peer(name);
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
        try {
            send(message, Deadline.never());
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
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
            send(out.array(), null, 0, out.position(), deadline);
        } finally {
            if (out.array().length <= KEPT_OUTPUT_BYTES) {
                out.reset();
                spareOutput.set(out);
            }
        }
    }

    @Override
    public void sendBytes(byte[] message) throws IOException, InterruptedException {
        sendBytes(message, 0, message.length);
    }

    @Override
    public void sendBytes(byte[] message, int offset, int length) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, message.length);
        sendUntimed(message, null, offset, length);
    }

    @Override
    public void sendBytes(ByteBuffer message) throws IOException, InterruptedException {
        int limit = message.limit();
        sendUntimed(null, message, message.position(), message.remaining());
        message.position(limit);
    }

    private void sendUntimed(byte[] bytes, ByteBuffer buffer, int from, int length)
            throws IOException, InterruptedException {
        try {
            send(bytes, buffer, from, length, Deadline.never());
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    /** Either the bytes or the buffer has the message; neither is changed. */
    private void send(byte[] bytes, ByteBuffer buffer, int from, int length, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        checkOpen();
        if (length > peerMaxBytes) {
            throw peer.tooLarge(length, peerMaxBytes);
        }
        acquire(sending, deadline, "no room");
        try {
            flush(deadline);
            int staged = 0;
            do {
                staged += writer.stage(bytes, buffer, from + staged, length - staged, length);
                flushOrGiveUp(deadline);
            } while (staged < length);
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
                throw peer.noRoom();
            }
        }
    }

    private boolean write() throws IOException {
        checkOpen();
        try {
            return writer.write(channel);
        } catch (ClosedChannelException e) {
            throw peer.closedHere();
        } catch (IOException e) {
            brokenBy = e;
            throw peer.broken(brokenBy);
        }
    }

    /** TCP takes bytes for a peer that has closed long ago; only its end of the other direction tells. */
    private void checkReceiver() throws IOException {
        if (violation != null) {
            throw peer.violated(violation);
        }
        if (tcp && brokenBy == null && !reader.hasEnded() && receiving.tryLock()) {
            try {
                reader.look(channel);
            } catch (ClosedChannelException e) {
                throw peer.closedHere();
            } finally {
                receiving.unlock();
            }
        }
        if (brokenBy != null || reader.hasEnded()) {
            throw peer.broken(brokenBy);
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
        try {
            acquire(receiving, Deadline.never(), "no message");
            try {
                awaitTurn(Deadline.never());
                if (reader.bytes() > buffer.remaining()) {
                    throw new BufferTooShortException(reader.take(), buffer.remaining());
                }
                return reader.takeInto(buffer);
            } finally {
                receiving.unlock();
            }
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    private byte[] take(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        acquire(receiving, deadline, "no message");
        try {
            awaitTurn(deadline);
            return reader.take();
        } finally {
            receiving.unlock();
        }
    }

    /** Until there is a message to take. */
    private void awaitTurn(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        if (!awaitMessage(deadline)) {
            throw peer.noMessage();
        }
        if (reader.hasEnded() && !advance()) {
            throw peer.ended(reader);
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
            throw peer.violated(violation);
        }
        try {
            return reader.advance(channel);
        } catch (ClosedChannelException e) {
            throw peer.closedHere();
        } catch (ProtocolException e) {
            violation = e;
            throw peer.violated(violation);
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
            throw peer.busy(missing);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw peer.closedHere();
        }
    }

    @Override
    public String toString() {
        return "Connection[" + peer.name() + ", "
                + (closed ? "closed" : reader.hasEnded() ? "at its end" : violation != null ? "broken" : "open") + "]";
    }
}
