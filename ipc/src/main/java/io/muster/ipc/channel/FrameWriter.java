package io.muster.ipc.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Cuts a message into frames, and keeps the one that is on its way. A frame that was begun is always finished before the
 * next one, so the stream stays whole; but {@link #giveUp} still turns it into one that the receiver drops.
 *
 * <p>For one thread at a time.
 */
final class FrameWriter {
    private static final int SMALL_BUFFER_BYTES = 8 * 1024;

    private ByteBuffer out = FrameLayout.buffer(SMALL_BUFFER_BYTES).limit(0);
    private boolean midMessage;

    /** Whether bytes wait for {@link #write}. */
    boolean isPending() {
        return out.hasRemaining();
    }

    /**
     * Prepares the next frame of a message: as much of it as one frame may have.
     *
     * @param message what is left of it; its position is moved
     */
    void stage(ByteBuffer message, long totalBytes) {
        int length = Math.min(message.remaining(), FrameLayout.MAX_PAYLOAD_BYTES);
        if (out.capacity() < FrameLayout.HEADER_BYTES + length + FrameLayout.VERDICT_BYTES) {
            out = FrameLayout.buffer(FrameLayout.MAX_FRAME_BYTES);
        }
        out.clear();
        FrameLayout.putHeader(out, length, totalBytes);
        int end = message.limit();
        out.put(message.limit(message.position() + length));
        message.limit(end);
        out.put(message.hasRemaining() ? FrameLayout.MORE : FrameLayout.END).flip();
    }

    /**
     * Writes what the channel takes.
     *
     * @return false if that was nothing
     */
    boolean write(WritableByteChannel channel) throws IOException {
        if (channel.write(out) == 0) {
            return false;
        }
        midMessage = out.hasRemaining() || out.get(out.limit() - 1) == FrameLayout.MORE;
        return true;
    }

    /** Takes back the message that is on its way; what went out of it already will be dropped by the receiver. */
    void giveUp() {
        if (midMessage) {
            out.put(out.limit() - 1, FrameLayout.ABORT);
        } else {
            out.limit(out.position());
        }
    }
}
