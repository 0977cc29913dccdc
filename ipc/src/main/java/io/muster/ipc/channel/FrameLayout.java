package io.muster.ipc.channel;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a message looks like on a stream of bytes; the page docs/connection-protocol.md is for those who write another
 * client. All numbers are little-endian.
 *
 * <pre>
 *   byte
 *      0 +------------+-------------+------------------+
 *        | MAGIC u16  | RESERVED 0  | LENGTH u32       |  bytes of payload in this frame
 *      8 +------------+-------------+------------------+
 *        | TOTAL u64: bytes of the whole message       |  the same in all frames of a message
 *     16 +---------------------------------------------+
 *        | payload, LENGTH bytes                       |
 *        +----------+----------------------------------+
 *        | VERDICT  |  one byte: END, MORE or ABORT
 *        +----------+
 * </pre>
 *
 * <p>A message is one frame, or several of which all but the last end with MORE. The verdict is behind the payload, and a
 * single byte, so that a sender who is interrupted or out of time can still take back what it has begun: until the last
 * byte of the last frame is written, the message does not exist.
 */
final class FrameLayout {
    /** "Mu". */
    static final short MAGIC = 0x754d;

    private static final int MAGIC_OFFSET = 0;
    private static final int RESERVED = MAGIC_OFFSET + Short.BYTES;
    private static final int LENGTH = RESERVED + Short.BYTES;
    private static final int TOTAL = LENGTH + Integer.BYTES;
    static final int HEADER_BYTES = TOTAL + Long.BYTES;
    static final int VERDICT_BYTES = 1;
    static final int MAX_PAYLOAD_BYTES = 64 * 1024;
    static final int MAX_FRAME_BYTES = HEADER_BYTES + MAX_PAYLOAD_BYTES + VERDICT_BYTES;

    /** The message is complete. */
    static final byte END = 0;
    /** Another frame of the message follows. */
    static final byte MORE = 1;
    /** The message was given up: this frame and those before it mean nothing. */
    static final byte ABORT = 2;

    private FrameLayout() {}

    static void putHeader(ByteBuffer frame, int lengthBytes, long totalBytes) {
        frame.putShort(MAGIC).putShort((short) 0).putInt(lengthBytes).putLong(totalBytes);
    }

    /** Payload bytes of the frame whose header begins at the buffer's position; checked. */
    static int length(ByteBuffer frame) throws ProtocolException {
        int at = frame.position();
        if (frame.getShort(at + MAGIC_OFFSET) != MAGIC || frame.getShort(at + RESERVED) != 0) {
            throw new ProtocolException(String.format(
                    "a frame begins with %08x, expected %08x",
                    Integer.reverseBytes(frame.getInt(at)), Integer.reverseBytes(MAGIC & 0xffff)));
        }
        int length = frame.getInt(at + LENGTH);
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new ProtocolException(
                    "a frame of " + Integer.toUnsignedString(length) + " bytes, the most is " + MAX_PAYLOAD_BYTES);
        }
        return length;
    }

    /** Bytes of the whole message of which the frame at the buffer's position is a part. */
    static long total(ByteBuffer frame) {
        return frame.getLong(frame.position() + TOTAL);
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
