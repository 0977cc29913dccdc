package io.muster.ipc.channel;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** What a user holds of a pipe's end. */
final class PipeEnd implements PipeConnection, BellSource {
    private static final long serialVersionUID = 1L;
    private static final String WHAT = "a pipe";
    private static final ObjectCodec CODEC = ObjectCodec.standard();

    /** Null if this end cannot do that. */
    private final transient PipeCore in;

    private final transient PipeCore out;
    private final transient EndUse use;
    private final transient Cleaner.Cleanable cleanable;

    /** @param in what it receives from, or null; {@code out} likewise */
    PipeEnd(PipeCore in, PipeCore out) {
        this.in = in;
        this.out = out;
        this.use = new EndUse(in, out, true);
        this.cleanable = EndUse.CLEANER.register(this, use);
    }

    private PipeReader reader() {
        if (in == null) {
            throw new UnsupportedOperationException("this end of pipe " + out + " only sends");
        }
        return in.in;
    }

    private PipeWriter writer() {
        if (out == null) {
            throw new UnsupportedOperationException("this end of pipe " + in + " only receives");
        }
        return out.out;
    }

    // Sending

    @Override
    public void send(Object message) throws IOException, InterruptedException {
        sendObject(message, Deadline.never());
    }

    @Override
    public void send(Object message, Duration timeout) throws IOException, InterruptedException, TimeoutException {
        if (!sendObject(message, Deadline.after(Objects.requireNonNull(timeout, "timeout")))) {
            throw new TimeoutException("no room within " + timeout + " in pipe " + out + "; nothing was sent");
        }
    }

    private boolean sendObject(Object message, Deadline deadline) throws IOException, InterruptedException {
        PipeWriter writer = writer();
        ThreadBuffers buffers = ThreadBuffers.take();
        int bytes = 0;
        try {
            CodecOutput encoded = buffers.out();
            CODEC.write(encoded, message);
            bytes = encoded.position();
            return writer.send(use, encoded.array(), null, 0, bytes, deadline);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            buffers.giveBack(bytes);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void sendBytes(byte[] message, int offset, int length) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, length, message.length);
        try {
            writer().send(use, message, null, offset, length, Deadline.never());
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void sendBytes(byte[] message) throws IOException, InterruptedException {
        sendBytes(message, 0, message.length);
    }

    @Override
    public void sendBytes(ByteBuffer message) throws IOException, InterruptedException {
        PipeWriter writer = writer();
        int from = message.position();
        int limit = message.limit();
        boolean sent = false;
        try {
            if (message.hasArray()) {
                writer.send(use, message.array(), null, message.arrayOffset() + from, limit - from, Deadline.never());
            } else {
                writer.send(use, null, message, from, limit - from, Deadline.never());
            }
            sent = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            message.limit(limit).position(sent ? limit : from);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean offer(Object message) throws IOException {
        PipeWriter writer = writer();
        ThreadBuffers buffers = ThreadBuffers.take();
        int bytes = 0;
        try {
            CodecOutput encoded = buffers.out();
            CODEC.write(encoded, message);
            bytes = encoded.position();
            return writer.offer(use, encoded.array(), null, 0, bytes);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            buffers.giveBack(bytes);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean offerBytes(ByteBuffer message) throws IOException {
        PipeWriter writer = writer();
        int from = message.position();
        int limit = message.limit();
        boolean sent = false;
        try {
            sent = message.hasArray()
                    ? writer.offer(use, message.array(), null, message.arrayOffset() + from, limit - from)
                    : writer.offer(use, null, message, from, limit - from);
            return sent;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            message.limit(limit).position(sent ? limit : from);
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public MessageClaim tryClaim(int length) throws IOException {
        try {
            MessageClaim claim = writer().tryClaim(use, length);
            return claim == null ? null : new PipeClaim(claim, this);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    // Receiving

    @Override
    public Object recv() throws IOException, InterruptedException {
        find(Deadline.never());
        return decode();
    }

    @Override
    public Object recv(Duration timeout) throws IOException, InterruptedException, TimeoutException {
        if (!find(Deadline.after(Objects.requireNonNull(timeout, "timeout")))) {
            throw new TimeoutException("no message within " + timeout + " in pipe " + in);
        }
        return decode();
    }

    private boolean find(Deadline deadline) throws IOException, InterruptedException {
        return find(deadline, null);
    }

    private boolean find(Deadline deadline, ByteBuffer target) throws IOException, InterruptedException {
        try {
            return reader().find(use, deadline, target);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /** What was found is taken in any case. */
    private Object decode() {
        PipeReader reader = in.in;
        ThreadBuffers buffers = ThreadBuffers.take();
        int bytes = reader.length();
        try {
            CodecInput encoded = buffers.in();
            takeInto(reader, encoded, bytes);
            return CODEC.readLast(encoded);
        } finally {
            buffers.giveBack(bytes);
        }
    }

    private void takeInto(PipeReader reader, CodecInput encoded, int bytes) {
        boolean taken = false;
        try {
            byte[] gathered = reader.gathered();
            if (gathered != null) {
                encoded.wrap(gathered, 0, bytes);
            } else {
                encoded.copyFrom(in.memory, reader.foundAddress(), bytes);
            }
            taken = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            end(reader, taken);
        }
    }

    /** Gives the lock back. */
    private void end(PipeReader reader, boolean taken) {
        if (taken) {
            reader.take();
        } else {
            reader.leave(false);
        }
        Reference.reachabilityFence(this);
    }

    @Override
    public byte[] recvBytes() throws IOException, InterruptedException {
        find(Deadline.never());
        return takeBytes(in.in);
    }

    private byte[] takeBytes(PipeReader reader) {
        boolean taken = false;
        try {
            byte[] message = reader.gathered();
            if (message == null) {
                message = new byte[reader.length()];
                reader.copy(message, 0);
            }
            taken = true;
            return message;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            end(reader, taken);
        }
    }

    @Override
    public int recvInto(ByteBuffer buffer) throws IOException, InterruptedException {
        if (buffer.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        find(Deadline.never(), buffer);
        PipeReader reader = in.in;
        int bytes = reader.length();
        if (bytes > buffer.remaining()) {
            throw new BufferTooShortException(takeBytes(reader), buffer.remaining());
        }
        boolean taken = false;
        try {
            if (reader.isDelivered()) {
                buffer.position(buffer.position() + bytes);
            } else if (buffer.hasArray()) {
                reader.copy(buffer.array(), buffer.arrayOffset() + buffer.position());
                buffer.position(buffer.position() + bytes);
            } else {
                reader.copy(buffer);
            }
            taken = true;
            return bytes;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            end(reader, taken);
        }
    }

    @Override
    public int poll(MessageHandler handler, int limit) throws IOException {
        Objects.requireNonNull(handler, "handler");
        try {
            return reader().poll(use, handler, limit);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public MessageView recvView() throws IOException, InterruptedException {
        find(Deadline.never());
        return new PipeView(in.in, this);
    }

    @Override
    public MessageView tryView() throws IOException {
        try {
            return reader().tryFind(use) ? new PipeView(in.in, this) : null;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean poll() throws IOException {
        try {
            return reader().isReady(use);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean poll(Duration timeout) throws IOException, InterruptedException {
        Deadline deadline = Deadline.after(Objects.requireNonNull(timeout, "timeout"));
        try {
            return reader().awaitReady(use, deadline);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public boolean isReady() {
        return BellSource.super.isReady();
    }

    @Override
    public BellCore bellCore() {
        reader();
        if (isClosed()) {
            throw in.closed();
        }
        return in;
    }

    // The end itself

    @Override
    public boolean isReadable() {
        return in != null;
    }

    @Override
    public boolean isWritable() {
        return out != null;
    }

    @Override
    public int capacity() {
        return (out != null ? out : in).ringBytes;
    }

    @Override
    public int maxClaim() {
        return PipeLayout.mostInRecord(capacity());
    }

    @Override
    public boolean isClosed() {
        return use.isClosed();
    }

    @Override
    public void close() {
        try {
            cleanable.clean();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, WHAT);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PipeEnd end && end.in == in && end.out == out;
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(in) + System.identityHashCode(out);
    }

    @Override
    public String toString() {
        String ways =
                in == null ? "sends: " + out : out == null ? "receives: " + in : "receives: " + in + "; sends: " + out;
        return "PipeConnection[" + ways + (isClosed() ? "; closed in this process" : "") + "]";
    }

    private Object writeReplace() {
        try {
            return use.travel();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void readObject(ObjectInputStream stream) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a handle travels");
    }

    /** What travels. */
    record Form(CellRef in, CellRef out) implements Serializable {
        private Object readResolve() {
            return Arrival.note(new PipeEnd(attach(in), attach(out)));
        }

        private static PipeCore attach(CellRef ref) {
            if (ref == null) {
                return null;
            }
            Participant participant = Participants.at(ref.place());
            try {
                return participant.attach(
                        ref,
                        PipeLayout.KIND,
                        PipeLayout.VERSION,
                        PipeCore.class,
                        cell -> new PipeCore(participant, cell));
            } catch (SegmentException e) {
                if (Files.exists(participant.directory().resolve(ref.file()))) {
                    throw e;
                }
                throw new ClosedObjectException("pipe " + ref
                        + " is gone: all who had its ends had closed them, or died, before this process got one");
            }
        }
    }
}
