package io.muster.child;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The bootstrap record: the first thing on a child's stdin, written by its parent once and never shown on a command line.
 *
 * <pre>
 *   i32 MAGIC | i32 VERSION | i32 body length | body: the components below in their order
 * </pre>
 *
 * Integers are big-endian, strings and byte arrays are an i32 length and the bytes. Behind the record the stream stays
 * open: it is the lifeline, and each further byte is one {@link Control} frame.
 *
 * @param name the child's name
 * @param flags a sum of the constants below
 * @param parentPid process id of the parent
 * @param parentName the parent's own name
 * @param sessionDirectory directory of the session that the child joins
 * @param partyId the id reserved for the child in that session
 * @param token secret that opens the parent's servers
 * @param statusFile where the child says "ready" and how it ended, see {@link StatusFile}
 * @param cookie what marks the environment of this child's descendants
 * @param classServer address of the parent's class server; empty: all classes are on the class path
 * @param target what to run
 */
public record Bootstrap(
        String name,
        int flags,
        long parentPid,
        String parentName,
        String sessionDirectory,
        long partyId,
        String token,
        String statusFile,
        String cookie,
        String classServer,
        Target target) {
    /** Flag: ends with its parent, however that ends. */
    public static final int DAEMON = 1;

    /** Flag: may start children of its own. */
    public static final int MAY_HAVE_CHILDREN = 2;

    /** Flag: goes on when its parent is lost. */
    public static final int SURVIVES_PARENT = 4;

    static final int MAGIC = 0x4d555354;
    static final int VERSION = 1;
    private static final int HEADER_BYTES = 12;

    /** True if all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /** Writes the framed record; the caller flushes. */
    public void writeTo(OutputStream out) throws IOException {
        Bytes body = Bytes.forWriting();
        body.putString(name);
        body.putInt(flags);
        body.putLong(parentPid);
        body.putString(parentName);
        body.putString(sessionDirectory);
        body.putLong(partyId);
        body.putString(token);
        body.putString(statusFile);
        body.putString(cookie);
        body.putString(classServer);
        target.write(body);
        byte[] bytes = body.toArray();
        Bytes header = Bytes.forWriting();
        header.putInt(MAGIC);
        header.putInt(VERSION);
        header.putInt(bytes.length);
        out.write(header.toArray());
        out.write(bytes);
    }

    /**
     * Reads the framed record and not a byte more.
     *
     * @return the record, or null if the stream ended before its first byte: the parent is gone
     * @throws IOException if the stream ends inside the record or holds something else
     */
    static Bootstrap readFrom(InputStream in) throws IOException {
        byte[] head = read(in, HEADER_BYTES);
        if (head.length == 0) {
            return null;
        }
        Bytes header = Bytes.forReading(head);
        if (head.length < HEADER_BYTES || header.getInt() != MAGIC) {
            throw new IOException("no bootstrap record on stdin: this class is started by the library only");
        }
        int version = header.getInt();
        if (version != VERSION) {
            throw new IOException("bootstrap record has version " + version + ", this child reads version " + VERSION
                    + ": parent and child use different versions of the library");
        }
        int length = header.getInt();
        byte[] body = read(in, length);
        if (body.length < length) {
            throw new IOException("bootstrap record ends after " + body.length + " of " + length + " bytes");
        }
        Bytes from = Bytes.forReading(body);
        return new Bootstrap(
                from.getString(),
                from.getInt(),
                from.getLong(),
                from.getString(),
                from.getString(),
                from.getLong(),
                from.getString(),
                from.getString(),
                from.getString(),
                from.getString(),
                Target.read(from));
    }

    /** Up to {@code length} bytes; {@code readNBytes} of a file stream asks for its position, which a pipe has not. */
    private static byte[] read(InputStream in, int length) throws IOException {
        byte[] bytes = new byte[Math.max(0, length)];
        int got = 0;
        while (got < bytes.length) {
            int n = in.read(bytes, got, bytes.length - got);
            if (n < 0) {
                return Arrays.copyOf(bytes, got);
            }
            got += n;
        }
        return bytes;
    }
}
