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
     * Prepares the next frame of a message: as much of what is left of it as one frame may have. Either the bytes or the buffer
     * has the message; neither is changed.
     *
     * @param from where what is left of it begins
     * @param left how many bytes that are
     * @return how many the frame has
     */
    int stage(byte[] bytes, ByteBuffer buffer, int from, int left, long totalBytes) {
        int length = Math.min(left, FrameLayout.MAX_PAYLOAD_BYTES);
        if (out.capacity() < FrameLayout.HEADER_BYTES + length + FrameLayout.VERDICT_BYTES) {
            out = FrameLayout.buffer(FrameLayout.MAX_FRAME_BYTES);
        }
        out.clear();
        FrameLayout.putHeader(out, length, totalBytes);
        if (bytes != null) {
            out.put(bytes, from, length);
        } else {
            out.put(FrameLayout.HEADER_BYTES, buffer, from, length).position(FrameLayout.HEADER_BYTES + length);
        }
        out.put(length < left ? FrameLayout.MORE : FrameLayout.END).flip();
        return length;
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
