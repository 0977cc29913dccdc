package io.muster.samples.echo;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connection that never blocks and carries frames: four bytes with the length, big-endian, and as many of content. For one
 * thread.
 *
 * <p>Read again only when all is written: then whatever frames one reading brings also find room to be put.
 */
final class FramedChannel implements AutoCloseable {
    /** Of one frame's content; a peer that announces more is cut off before a byte of it is read. */
    static final int MOST_BYTES = 16 * 1024;

    private static final int CAPACITY = 2 * (Integer.BYTES + MOST_BYTES);

    private final SocketChannel channel;
    /** From its position to its limit: what was read and not yet taken. */
    private final ByteBuffer in = ByteBuffer.allocateDirect(CAPACITY).limit(0);
    /** Up to its position: what was put and not yet written. */
    private final ByteBuffer out = ByteBuffer.allocateDirect(CAPACITY);

    FramedChannel(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /**
     * Reads what is there. What {@link #next} gave is void then.
     *
     * @return false if the other side has closed the connection
     */
    boolean read() throws IOException {
        in.compact();
        try {
            return channel.read(in) >= 0;
        } finally {
            in.flip();
        }
    }

    /** The content of the next frame, or null if not all of one is there yet. */
    ByteBuffer next() throws IOException {
        if (in.remaining() < Integer.BYTES) {
            return null;
        }
        int length = in.getInt(in.position());
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a frame of " + length + " bytes is announced, from 0 to " + MOST_BYTES
                    + " are allowed: this peer speaks another protocol");
        }
        if (in.remaining() < Integer.BYTES + length) {
            return null;
        }
        ByteBuffer content = in.slice(in.position() + Integer.BYTES, length);
        in.position(in.position() + Integer.BYTES + length);
        return content;
    }

    /** Adds a frame to what will be written. */
    void put(ByteBuffer content) {
        out.putInt(content.remaining()).put(content);
    }

    /**
     * Writes what can be written now.
     *
     * @return whether that was all
     */
    boolean flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
        return out.position() == 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
