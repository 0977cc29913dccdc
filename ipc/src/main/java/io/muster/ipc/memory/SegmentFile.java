package io.muster.ipc.memory;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A segment read as a file and not mapped: by who only looks at it. Its bytes are what its users have stored a moment ago, but
 * nothing orders them. For one thread at a time.
 */
public final class SegmentFile implements AutoCloseable {
    private final RandomAccessFile in;
    private final Path path;

    private SegmentFile(Path path, RandomAccessFile in) {
        this.path = path;
        this.in = in;
    }

    /**
     * @throws NoSuchFileException if it is not there
     * @throws CorruptSegmentException if it is foreign, truncated, or of another kind or version
     */
    public static SegmentFile open(Path path, int kind, int version) throws IOException {
        SegmentFile file = new SegmentFile(path, openFile(path));
        try {
            long length = file.in.length();
            byte[] header = new byte[(int) Math.min(SegmentHeader.BYTES, length)];
            file.in.readFully(header);
            SegmentHeader.check(path, header, length, kind, version);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The kind of the segment in that file; 0 if it is none. */
    public static int kindOf(Path path) {
        try (RandomAccessFile in = openFile(path)) {
            byte[] header = new byte[SegmentHeader.BYTES];
            in.readFully(header);
            return SegmentHeader.kindOf(header);
        } catch (IOException e) {
            return 0;
        }
    }

    private static RandomAccessFile openFile(Path path) throws IOException {
        try {
            return new RandomAccessFile(path.toFile(), "r");
        } catch (FileNotFoundException e) {
            if (Files.exists(path)) {
                throw e;
            }
            NoSuchFileException missing = new NoSuchFileException(path.toString());
            missing.initCause(e);
            throw missing;
        }
    }

    public Path path() {
        return path;
    }

    /** The bytes of its body in all. */
    public long bodyBytes() throws IOException {
        return in.length() - SegmentHeader.BYTES;
    }

    /** @param offset in the body */
    public byte[] getBytes(long offset, int length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new CorruptSegmentException(path + ": " + length + " bytes at " + offset + " cannot be read");
        }
        byte[] bytes = new byte[length];
        try {
            in.seek(SegmentHeader.BYTES + offset);
            in.readFully(bytes);
        } catch (EOFException e) {
            throw new CorruptSegmentException(path + " has " + in.length() + " bytes, and should have " + length
                    + " more at " + (SegmentHeader.BYTES + offset));
        }
        return bytes;
    }

    public int getInt(long offset) throws IOException {
        return (int) number(getBytes(offset, Integer.BYTES));
    }

    public long getLong(long offset) throws IOException {
        return number(getBytes(offset, Long.BYTES));
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            number = number << Byte.SIZE | bytes[i] & 0xFF;
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
