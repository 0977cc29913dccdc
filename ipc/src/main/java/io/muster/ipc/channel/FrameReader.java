package io.muster.ipc.channel;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;

/**
 * Puts messages together out of what a non-blocking channel has, as far as it has come; what is there of the next message is
 * kept until the rest comes, so giving up between two calls loses nothing.
 *
 * <p>For one thread at a time, except {@link #hasEnded}.
 */
final class FrameReader {
    private static final byte[] NOTHING = {};
    private static final int SMALL_BUFFER_BYTES = 8 * 1024;
    /** No more than this is allocated for what a peer only announces. */
    private static final int FIRST_ARRAY_BYTES = 1 << 20;
    /** A larger one is not kept for the next message. */
    private static final int KEPT_ARRAY_BYTES = 1 << 20;

    private enum Part {
        HEADER,
        PAYLOAD,
        VERDICT
    }

    private final long maxMessageBytes;
    private ByteBuffer in = FrameLayout.buffer(SMALL_BUFFER_BYTES).limit(0);
    private Part next = Part.HEADER;
    private int payloadLeft;
    private boolean inMessage;
    /** At least as long as the message. */
    private byte[] message = NOTHING;

    private int filled;
    private long total;
    private boolean complete;
    private volatile boolean ended;
    private IOException failure;

    FrameReader(long maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Reads, without waiting, no further than the end of the next message.
     *
     * @return whether a message is complete; {@link #take} has it. False: not yet, or {@link #hasEnded}.
     * @throws ProtocolException if the peer does not speak this protocol; again at each call
     */
    boolean advance(ReadableByteChannel channel) throws IOException {
        while (!complete && !parse()) {
            if (ended || fill(channel) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads what there is room for, to find out whether the peer has closed. */
    void look(ReadableByteChannel channel) throws IOException {
        if (!ended && in.remaining() < in.capacity()) {
            fill(channel);
        }
    }

    /** How many bytes the message has. */
    int bytes() {
        return filled;
    }

    /** The message, as the caller's own. */
    byte[] take() {
        complete = false;
        if (message.length != filled) {
            return Arrays.copyOf(message, filled);
        }
        byte[] taken = message;
        message = NOTHING;
        return taken;
    }

    /** Copies the message behind the buffer's position, for which there must be room, and returns how many bytes that were. */
    int takeInto(ByteBuffer buffer) {
        buffer.put(message, 0, filled);
        if (message.length > KEPT_ARRAY_BYTES) {
            message = NOTHING;
        }
        complete = false;
        return filled;
    }

    /** Whether nothing more will come from the channel. What is buffered may still hold messages. */
    boolean hasEnded() {
        return ended;
    }

    /** Why it ended, if the channel failed; null if the peer closed it. */
    IOException failure() {
        return failure;
    }

    /** What is there of a message that never came to its end, in words; empty if nothing is. */
    String remains() {
        if (inMessage) {
            return "; of its last message only " + filled + " of " + total + " bytes came, they were dropped";
        }
        return "";
    }

    private int fill(ReadableByteChannel channel) throws IOException {
        in.compact();
        int count;
        try {
            count = channel.read(in);
        } catch (java.nio.channels.ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            failure = e;
            count = -1;
        } finally {
            in.flip();
        }
        if (count < 0) {
            ended = true;
        }
        return count;
    }

    /** Whether what is buffered completes a message. */
    private boolean parse() throws ProtocolException {
        while (true) {
            if (next == Part.HEADER) {
                if (in.remaining() < FrameLayout.HEADER_BYTES) {
                    return false;
                }
                startFrame();
            } else if (next == Part.PAYLOAD) {
                copyPayload();
                if (payloadLeft > 0) {
                    return false;
                }
                next = Part.VERDICT;
            } else {
                if (!in.hasRemaining()) {
                    return false;
                }
                endFrame(in.get());
                next = Part.HEADER;
                if (complete) {
                    return true;
                }
            }
        }
    }

    private void startFrame() throws ProtocolException {
        int length = FrameLayout.length(in);
        long ofMessage = FrameLayout.total(in);
        if (!inMessage) {
            startMessage(ofMessage);
        }
        if (ofMessage != total || length > total - filled) {
            throw new ProtocolException("a frame of " + length + " bytes of a message of " + ofMessage
                    + " bytes came after " + filled + " of " + total + " bytes");
        }
        in.position(in.position() + FrameLayout.HEADER_BYTES);
        payloadLeft = length;
        next = Part.PAYLOAD;
        if (length > in.capacity()) {
            in = FrameLayout.buffer(FrameLayout.MAX_FRAME_BYTES).put(in).flip();
        }
    }

    private void startMessage(long bytes) throws ProtocolException {
        if (bytes < 0 || bytes > maxMessageBytes) {
            throw new ProtocolException("a message of " + Long.toUnsignedString(bytes) + " bytes, the most is "
                    + maxMessageBytes + " (maxMessageBytes of this end)");
        }
        total = bytes;
        filled = 0;
        int first = (int) Math.min(total, FIRST_ARRAY_BYTES);
        if (message.length < first) {
            message = new byte[first];
        }
        inMessage = true;
    }

    private void copyPayload() {
        int count = Math.min(payloadLeft, in.remaining());
        if (filled + count > message.length) {
            message = Arrays.copyOf(message, (int) Math.min(total, Math.max(message.length * 2L, filled + count)));
        }
        in.get(message, filled, count);
        filled += count;
        payloadLeft -= count;
    }

    private void endFrame(byte verdict) throws ProtocolException {
        switch (verdict) {
            case FrameLayout.END -> {
                if (filled != total) {
                    throw new ProtocolException("a message of " + total + " bytes ended after " + filled);
                }
                complete = true;
                inMessage = false;
            }
            case FrameLayout.MORE -> {
                if (filled == total) {
                    throw new ProtocolException("a message of " + total + " bytes has them all and does not end");
                }
            }
            case FrameLayout.ABORT -> {
                inMessage = false;
            }
            default -> throw new ProtocolException("a frame ends with " + verdict + ", expected 0, 1 or 2");
        }
    }
}
