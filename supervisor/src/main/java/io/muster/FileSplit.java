package io.muster;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A piece of a file that begins and ends at a line's border, made to be sent to a worker: so that one huge file keeps every
 * core busy.
 *
 * <pre>{@code
 *     List<Long> counts = pool.map(Words::count, FileSplit.of(path, 8 << 20));
 *
 *     static long count(FileSplit piece) throws IOException {
 *         try (InputStream in = piece.open()) { ... }
 *     }
 * }</pre>
 *
 * <p>A line ends behind its line feed byte (10), which suits ASCII, UTF-8 and the ISO 8859 family but not UTF-16. A gzip file
 * cannot be read from its middle and stays in one piece, compressed as it is.
 *
 * <p>Immutable, for any thread. Only the name travels, byte for byte whatever its encoding is: the file has to be there where
 * the piece is opened. What is written to the file after the cut is not noticed: a grown tail belongs to no piece.
 */
public final class FileSplit implements Serializable {
    private static final long serialVersionUID = 1;

    private static final int SEARCH_BYTES = 16 * 1024;
    private static final byte LINE_FEED = '\n';
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};

    /** The file's name as a URI: a string would change names that are not valid in this JVM's encoding. */
    private final String location;

    private final long offset;
    private final long length;

    private FileSplit(String location, long offset, long length) {
        this.location = location;
        this.offset = offset;
        this.length = length;
    }

    /**
     * Cuts a file at line ends.
     *
     * @param file a regular file
     * @param pieceBytes wanted size of a piece, at least 1; a piece gets longer where its last line does not end in time
     * @return pieces that follow on each other and hold every byte exactly once, in the file's order; none for an empty file
     * @throws IOException if the file is not there, is not a regular file, or has to be read for its borders and cannot be
     */
    public static List<FileSplit> of(Path file, long pieceBytes) throws IOException {
        Objects.requireNonNull(file, "file");
        if (pieceBytes < 1) {
            throw new IllegalArgumentException("pieceBytes=" + pieceBytes + " is less than 1");
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            // Opening a pipe would wait for its other end.
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
        String location = file.toUri().toString();
        long size = attributes.size();
        if (size == 0) {
            return List.of();
        }
        if (size <= pieceBytes) {
            return List.of(new FileSplit(location, 0, size));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return isGzip(channel)
                    ? List.of(new FileSplit(location, 0, size))
                    : cut(channel, location, size, pieceBytes);
        }
    }

    private static List<FileSplit> cut(FileChannel channel, String location, long size, long pieceBytes)
            throws IOException {
        List<FileSplit> pieces = new ArrayList<>();
        for (long begin = 0; begin < size; ) {
            long end = size - begin <= pieceBytes ? size : lineEnd(channel, begin + pieceBytes, size);
            pieces.add(new FileSplit(location, begin, end - begin));
            begin = end;
        }
        return pieces;
    }

    /** The file this is a piece of. */
    public Path file() {
        return Path.of(URI.create(location));
    }

    /** Where the piece begins, in bytes from the file's start. */
    public long offset() {
        return offset;
    }

    /** How many bytes the piece has, at least 1. */
    public long length() {
        return length;
    }

    /**
     * Opens exactly the bytes of this piece. The stream is not buffered: read blocks, or wrap it.
     *
     * @return a stream for one thread at a time; it ends early if the file has become shorter
     * @throws IOException if the file cannot be opened
     */
    public InputStream open() throws IOException {
        FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ);
        return new PieceStream(channel, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileSplit that
                && location.equals(that.location)
                && offset == that.offset
                && length == that.length;
    }

    @Override
    public int hashCode() {
        return Objects.hash(location, offset, length);
    }

    @Override
    public String toString() {
        return file() + "[" + offset + ".." + (offset + length) + ")";
    }

    private static boolean isGzip(FileChannel channel) throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(GZIP_MAGIC.length);
        return channel.read(magic, 0) == GZIP_MAGIC.length
                && ByteBuffer.wrap(GZIP_MAGIC).equals(magic.flip());
    }

    /** The first place at or behind {@code wanted} that follows a line feed; the size if there is none. */
    private static long lineEnd(FileChannel channel, long wanted, long size) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(SEARCH_BYTES);
        // One byte before: a line feed just there means that the wanted place is a border already.
        for (long at = wanted - 1; at < size; at += block.limit()) {
            block.clear();
            if (channel.read(block, at) <= 0) {
                return size; // It has shrunk meanwhile; its readers will meet the end, too.
            }
            block.flip();
            for (int i = 0; i < block.limit(); i++) {
                if (block.get(i) == LINE_FEED) {
                    return at + i + 1;
                }
            }
        }
        return size;
    }

    /** Reads {@code remaining} bytes from {@code at} on. */
    private static final class PieceStream extends InputStream {
        private final FileChannel channel;
        private long at;
        private long remaining;

        PieceStream(FileChannel channel, long at, long remaining) {
            this.channel = channel;
            this.at = at;
            this.remaining = remaining;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) == 1 ? one[0] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int from, int count) throws IOException {
            Objects.checkFromIndexSize(from, count, target.length);
            if (count == 0) {
                return 0;
            }
            if (remaining == 0) {
                return -1;
            }
            int wanted = (int) Math.min(count, remaining);
            int read = channel.read(ByteBuffer.wrap(target, from, wanted), at);
            if (read > 0) {
                at += read;
                remaining -= read;
            }
            return read;
        }

        /** Exact: some readers, gzip's among them, take 0 for the end. */
        @Override
        public int available() {
            return (int) Math.min(remaining, Integer.MAX_VALUE);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
