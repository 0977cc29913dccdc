package io.muster.ipc.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Where each field of a segment's header lies, and what may be in it.
 *
 * <pre>
 *   byte
 *      0 +---------------------------+-------------------------------+
 *        | MAGIC i64 "MusterSg"                                      |  written last: no magic, no segment
 *      8 +---------------------------+-------------------------------+
 *        | FORMAT i32: of this header| KIND i32: what the body is    |
 *     16 +---------------------------+-------------------------------+
 *        | VERSION i32: of the body  | STATE i32: 0 open, 1 closed   |  only STATE ever changes
 *     24 +---------------------------+-------------------------------+
 *        | BODY_BYTES i64                                            |
 *     32 +-----------------------------------------------------------+
 *        | CREATOR i64: pid, for messages                            |
 *     40 +-----------------------------------------------------------+
 *        | zeros                                                     |
 *     64 +-----------------------------------------------------------+
 *        | body                                                      |
 * </pre>
 *
 * All integers are little-endian. A change here is a change of {@link #FORMAT_NOW}.
 */
final class SegmentHeader {
    /** The letters MusterSg, in the order of a hex dump. */
    static final long MAGIC_NOW = 0x67537265_7473754dL;

    static final int FORMAT_NOW = 1;

    static final int MAGIC = 0;
    static final int FORMAT = MAGIC + Long.BYTES;
    static final int KIND = FORMAT + Integer.BYTES;
    static final int VERSION = KIND + Integer.BYTES;
    static final int STATE = VERSION + Integer.BYTES;
    static final int BODY_BYTES = STATE + Integer.BYTES;
    static final int CREATOR = BODY_BYTES + Long.BYTES;
    static final int BYTES = 64;

    static final int OPEN = 0;
    static final int CLOSED = 1;

    private SegmentHeader() {}

    static byte[] encode(int kind, int version, long bodyBytes, long creatorPid) {
        byte[] bytes = new byte[BYTES];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC, MAGIC_NOW)
                .putInt(FORMAT, FORMAT_NOW)
                .putInt(KIND, kind)
                .putInt(VERSION, version)
                .putLong(BODY_BYTES, bodyBytes)
                .putLong(CREATOR, creatorPid);
        return bytes;
    }

    /** The kind of the segment that begins so; 0 if none does. */
    static int kindOf(byte[] bytes) {
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return header.getLong(MAGIC) == MAGIC_NOW ? header.getInt(KIND) : 0;
    }

    /**
     * The number of body bytes that the header promises and the file has.
     *
     * @param bytes the beginning of the file, shorter than {@link #BYTES} if the file is
     * @throws CorruptSegmentException if it is not a segment of this kind and version, or is cut short
     */
    static long check(Path file, byte[] bytes, long fileBytes, int kind, int version) {
        if (bytes.length < BYTES) {
            throw corrupt(file, "it has " + fileBytes + " bytes, a header alone has " + BYTES);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        expect(file, "magic", header.getLong(MAGIC), MAGIC_NOW, "it was not made by Muster, or not finished");
        expect(file, "header format", header.getInt(FORMAT), FORMAT_NOW, "another version of Muster made it");
        if (header.getInt(KIND) != kind) {
            throw corrupt(
                    file,
                    "it holds " + SegmentKind.toString(header.getInt(KIND)) + ", expected "
                            + SegmentKind.toString(kind));
        }
        expect(file, "version", header.getInt(VERSION), version, "another version of Muster made it");
        long bodyBytes = header.getLong(BODY_BYTES);
        if (bodyBytes < 0 || bodyBytes > fileBytes - BYTES) {
            throw corrupt(file, "it has " + fileBytes + " bytes, its header promises " + BYTES + " + " + bodyBytes);
        }
        if (header.getInt(STATE) != OPEN) {
            throw new SegmentException("the shared memory file " + file + " has been closed by its maker");
        }
        return bodyBytes;
    }

    private static void expect(Path file, String what, long found, long expected, String meaning) {
        if (found != expected) {
            throw corrupt(
                    file,
                    what + " is 0x" + Long.toHexString(found) + ", expected 0x" + Long.toHexString(expected) + ": "
                            + meaning);
        }
    }

    private static CorruptSegmentException corrupt(Path file, String why) {
        return new CorruptSegmentException(file + " is not the shared memory expected: " + why);
    }
}
