package io.muster.child;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A child's status block: a small file that the child alone writes and its parent reads.
 *
 * <pre>
 *   byte
 *      0 +-----------------+-----------------+
 *        | MAGIC i32       | VERSION i32     |  written by the parent before the child exists
 *      8 +-----------------+-----------------+
 *        | PHASE u8        |                 |  {@link #STARTING}, {@link #READY}, {@link #REFUSED}
 *     12 | HOW u8          | HOOKS u8 at 13  |  exit mark: how it is about to end; 1 once shutdown hooks run
 *     16 | CODE i32        |                 |  what belongs to HOW
 *     20 | TEXT LENGTH i32 | TEXT, UTF-8     |  why it refused to start
 *        +-----------------+-----------------+
 * </pre>
 *
 * <p>Ordinary positional writes and no mapping: mapping a file costs a start 11 to 39 ms of class loading. The one-byte
 * words publish, what they speak of is written before them; integers are big-endian.
 */
public final class StatusFile implements Closeable {
    /** Phase: not ready yet. */
    public static final byte STARTING = 0;

    /** Phase: the target was decoded and is about to run. */
    public static final byte READY = 1;

    /** Phase: the target cannot be run, the text says why. */
    public static final byte REFUSED = 2;

    /** Exit mark: none was left. The JVM was killed, crashed, or was halted without its hooks. */
    public static final byte NONE = 0;

    /** Exit mark: the target returned. */
    public static final byte RETURNED = 1;

    /** Exit mark: the target threw. */
    public static final byte THREW = 2;

    /** Exit mark: the target threw an {@code OutOfMemoryError}. */
    public static final byte THREW_OUT_OF_MEMORY = 3;

    /** Exit mark: shutdown hooks run because of a signal; CODE is its number. */
    public static final byte SIGNAL_SEEN = 4;

    /** Exit mark: it lost its parent and halted. */
    public static final byte PARENT_LOST = 5;

    /** Bytes that a new file has. */
    public static final int SIZE = 128;

    static final int MAGIC = 0x4d535446;
    static final int VERSION = 1;
    private static final int PHASE_OFFSET = 8;
    private static final int HOW_OFFSET = PHASE_OFFSET + 4;
    private static final int HOOKS_OFFSET = HOW_OFFSET + 1;
    private static final int CODE_OFFSET = HOW_OFFSET + 4;
    private static final int TEXT_OFFSET = CODE_OFFSET + 4;
    private static final int MAX_TEXT_BYTES = 64 * 1024;

    private final RandomAccessFile file;

    private StatusFile(RandomAccessFile file) {
        this.file = file;
    }

    /** Creates the file; the parent does so before the child exists. */
    public static StatusFile create(String path) throws IOException {
        StatusFile created = new StatusFile(new RandomAccessFile(path, "rw"));
        Bytes header = Bytes.forWriting();
        header.putInt(MAGIC);
        header.putInt(VERSION);
        byte[] image = new byte[SIZE];
        System.arraycopy(header.toArray(), 0, image, 0, PHASE_OFFSET);
        created.write(0, image);
        return created;
    }

    /** Opens a file that the parent made; only the child does. */
    static StatusFile open(String path) throws IOException {
        return new StatusFile(new RandomAccessFile(path, "rw"));
    }

    /** Child: the target is about to run. */
    synchronized void ready() throws IOException {
        write(PHASE_OFFSET, new byte[] {READY});
    }

    /** Child: the target cannot run; {@code why} becomes the message of the parent's exception. */
    synchronized void refused(String why) throws IOException {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        Bytes out = Bytes.forWriting();
        out.putBytes(text.length > MAX_TEXT_BYTES ? Arrays.copyOf(text, MAX_TEXT_BYTES) : text);
        write(TEXT_OFFSET, out.toArray());
        write(PHASE_OFFSET, new byte[] {REFUSED});
    }

    /** Child: leaves the exit mark; a later one replaces an earlier one. */
    synchronized void mark(byte how, int code) throws IOException {
        Bytes out = Bytes.forWriting();
        out.putInt(code);
        write(CODE_OFFSET, out.toArray());
        write(HOW_OFFSET, new byte[] {how});
    }

    /** Child: the shutdown hooks run, so the JVM ends in order and its exit value is a code. */
    synchronized void hooksRun() throws IOException {
        write(HOOKS_OFFSET, new byte[] {1});
    }

    /** Parent: the phase. */
    public synchronized byte phase() throws IOException {
        return read(PHASE_OFFSET, 1)[0];
    }

    /** Parent: what the child has left, by one read as somebody waits for the verdict. */
    public synchronized Mark mark() throws IOException {
        byte[] bytes = read(HOW_OFFSET, CODE_OFFSET + 4 - HOW_OFFSET);
        int code = Bytes.forReading(Arrays.copyOfRange(bytes, CODE_OFFSET - HOW_OFFSET, bytes.length))
                .getInt();
        return new Mark(bytes[0], code, bytes[HOOKS_OFFSET - HOW_OFFSET] == 1);
    }

    /**
     * How a child ended, by its own account.
     *
     * @param how the exit mark
     * @param code what belongs to it
     * @param hooksRan whether its shutdown hooks were run
     */
    public record Mark(byte how, int code, boolean hooksRan) {
        /** As if none had been left. */
        public static final Mark NONE = new Mark(StatusFile.NONE, 0, false);
    }

    /** Parent: why the child refused to start. */
    public synchronized String text() throws IOException {
        int length = Bytes.forReading(read(TEXT_OFFSET, 4)).getInt();
        int bounded = Math.max(0, Math.min(length, MAX_TEXT_BYTES));
        return new String(read(TEXT_OFFSET + 4, bounded), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }

    private void write(int offset, byte[] bytes) throws IOException {
        file.seek(offset);
        file.write(bytes, 0, bytes.length);
    }

    private byte[] read(int offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        file.seek(offset);
        int got = 0;
        while (got < length) {
            int n = file.read(bytes, got, length - got);
            if (n < 0) {
                break; // a file cut short reads as zeros: not ready, no mark
            }
            got += n;
        }
        return bytes;
    }
}
