package io.muster.ipc.memory;

import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One file, mapped by every process that shares what is in it.
 *
 * <p>Its bytes are allocated when it is made, never sparse: a full file system is an exception then, and not a lost
 * store or a dead JVM later. It becomes visible under its name when it is complete, so nobody attaches to half a
 * segment; nobody ever shrinks it. Where there is no room, what closed objects still take is collected first. Its {@link SegmentHeader header} says what it is.
 *
 * <p>Thread-safety: any thread. An interrupt is neither lost nor does it harm the file. Death: a process killed while it
 * makes a segment leaves at most a file named {@code .new-*}, which goes with its directory.
 */
public final class Segment implements AutoCloseable {
    static final String UNFINISHED_PREFIX = ".new-";

    private final Path path;
    private final Memory header;
    private final Memory body;
    private final ByteBuffer[] mapped;
    private volatile boolean closed;

    private Segment(Path path, Memory header, Memory body, ByteBuffer[] mapped) {
        this.path = path;
        this.header = header;
        this.body = body;
        this.mapped = mapped;
    }

    /**
     * Makes a new segment full of zeros.
     *
     * @param file where; what is there already is replaced
     * @param kind what it will hold, see {@link SegmentKind}
     * @param version of the layout of what it will hold
     * @param bodyBytes room for that, without the header; more than 0
     * @throws NoSpaceException if there is no room; nothing is left behind
     * @throws SegmentException if it cannot be made for another reason
     */
    public static Segment create(Path file, int kind, int version, long bodyBytes) {
        return create(file, kind, version, bodyBytes, FileSteps.UNWATCHED);
    }

    /** The same, told to {@code steps} before each step that others could see: for structures whose tests die there. */
    public static Segment create(Path file, int kind, int version, long bodyBytes, FileSteps steps) {
        return FileRoom.make(() -> createOnce(file, kind, version, bodyBytes, steps));
    }

    private static Segment createOnce(Path file, int kind, int version, long bodyBytes, FileSteps steps) {
        Path unfinished = unfinished(file);
        try {
            ByteBuffer[] pieces = fillNew(unfinished, file, kind, version, bodyBytes, steps);
            steps.before("rename " + unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return over(file, pieces);
        } catch (IOException e) {
            throw cannotMake(file, unfinished, bodyBytes, e);
        }
    }

    /**
     * Makes a new segment, unless there is one of that name already: of any number of processes that try at once, one does.
     *
     * @param prepare fills what nobody else sees yet, from zeros
     * @param steps is told of each step; {@link FileSteps#UNWATCHED}
     * @return it, or nothing if that file was there first
     * @throws NoSpaceException if there is no room; nothing is left behind
     * @throws SegmentException if it cannot be made for another reason
     */
    public static Optional<Segment> createNew(
            Path file, int kind, int version, long bodyBytes, Consumer<Memory> prepare, FileSteps steps) {
        return FileRoom.make(() -> createNewOnce(file, kind, version, bodyBytes, prepare, steps));
    }

    private static Optional<Segment> createNewOnce(
            Path file, int kind, int version, long bodyBytes, Consumer<Memory> prepare, FileSteps steps) {
        Path unfinished = unfinished(file);
        try {
            Segment segment = over(file, fillNew(unfinished, file, kind, version, bodyBytes, steps));
            prepare.accept(segment.memory());
            steps.before("link " + unfinished);
            boolean first = link(unfinished, file);
            steps.before("unlink " + unfinished);
            Files.deleteIfExists(unfinished);
            return first ? Optional.of(segment) : Optional.empty();
        } catch (IOException e) {
            throw cannotMake(file, unfinished, bodyBytes, e);
        } catch (RuntimeException e) {
            unfinished.toFile().delete();
            throw e;
        }
    }

    private static boolean link(Path unfinished, Path file) throws IOException {
        try {
            Files.createLink(file, unfinished);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException e) {
            throw new IOException("its file system has no hard links, by which the first of several makers is told", e);
        }
    }

    private static Path unfinished(Path file) {
        Objects.requireNonNull(file, "file");
        return file.resolveSibling(UNFINISHED_PREFIX + file.getFileName() + "-"
                + ProcessHandle.current().pid() + "-" + System.nanoTime());
    }

    private static ByteBuffer[] fillNew(
            Path unfinished, Path file, int kind, int version, long bodyBytes, FileSteps steps) throws IOException {
        if (bodyBytes <= 0) {
            throw new IllegalArgumentException("bodyBytes=" + bodyBytes + " for " + file + ", want more than 0");
        }
        Path directory = file.toAbsolutePath().getParent();
        FreeSpace free = FreeSpace.in(directory);
        long bytes = SegmentHeader.BYTES + bodyBytes;
        if (free.bytes() < bytes && Files.isDirectory(directory)) {
            throw NoSpaceException.in(directory, bytes, free, null);
        }
        steps.before("create " + unfinished);
        fill(
                unfinished.toFile(),
                SegmentHeader.encode(
                        kind, version, bodyBytes, ProcessHandle.current().pid()),
                bodyBytes);
        return map(unfinished.toFile(), bodyBytes);
    }

    private static SegmentException cannotMake(Path file, Path unfinished, long bodyBytes, IOException e) {
        unfinished.toFile().delete();
        long bytes = SegmentHeader.BYTES + bodyBytes;
        if (isNoSpace(e)) {
            Path directory = file.toAbsolutePath().getParent();
            return NoSpaceException.in(directory, bytes, FreeSpace.in(directory), e);
        }
        return new SegmentException("cannot make the shared memory file " + file + " of " + bytes + " bytes", e);
    }

    /**
     * Attaches to a segment that another process, or this one, has made.
     *
     * @throws CorruptSegmentException if it is foreign, truncated, or of another kind or version
     * @throws SegmentException if it is not there, has been closed by its maker, or cannot be mapped
     */
    public static Segment open(Path file, int kind, int version) {
        Objects.requireNonNull(file, "file");
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long bodyBytes = SegmentHeader.check(file, beginning(in), in.length(), kind, version);
            return over(file, map(file.toFile(), bodyBytes));
        } catch (IOException e) {
            throw new SegmentException("cannot attach to the shared memory file " + file, e);
        }
    }

    /** What it holds: offset 0 is the first byte behind the header. Stays usable after {@link #unlink()}. */
    public Memory memory() {
        if (closed) {
            throw new IllegalStateException("the segment " + path + " is closed in this process");
        }
        return body;
    }

    public Path path() {
        return path;
    }

    /** Lets go of it in this process only. The mapping itself goes when nothing refers to its memory any more. */
    @Override
    public void close() {
        closed = true;
    }

    /**
     * Removes the file, and tells whoever tries to attach meanwhile. Processes that have it mapped keep its bytes, and
     * the room is free when the last of them has gone. Doing it twice is harmless.
     */
    public void unlink() {
        header.putIntVolatile(SegmentHeader.STATE, SegmentHeader.CLOSED);
        path.toFile().delete();
    }

    /**
     * Writes to the disk what this process, or another on this machine, has stored so far; returns when that is done. Against
     * the loss of power only: a killed process loses nothing that it has stored. Where files live in memory it does nothing.
     */
    public void force() {
        memory();
        for (ByteBuffer piece : mapped) {
            ((MappedByteBuffer) piece).force();
        }
    }

    /** The same segment, after a directory above it was renamed. */
    Segment movedTo(Path newPath) {
        return new Segment(newPath, header, body, mapped);
    }

    private static Segment over(Path file, ByteBuffer[] pieces) {
        ByteBuffer[] mapped = pieces.clone();
        ByteBuffer whole = pieces[0];
        pieces[0] = whole.slice(SegmentHeader.BYTES, whole.capacity() - SegmentHeader.BYTES);
        return new Segment(file, MappedMemory.of(whole.slice(0, SegmentHeader.BYTES)), MappedMemory.of(pieces), mapped);
    }

    /** Zeros behind the header first, then the header: a file cut short by a death has no magic. */
    private static void fill(File file, byte[] header, long bodyBytes) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file, "rw")) {
            byte[] zeros = new byte[(int) Math.min(bodyBytes, 64 * 1024)];
            out.seek(SegmentHeader.BYTES);
            for (long left = bodyBytes; left > 0; left -= zeros.length) {
                out.write(zeros, 0, (int) Math.min(zeros.length, left));
            }
            out.seek(0);
            out.write(header);
        }
    }

    private static byte[] beginning(RandomAccessFile in) throws IOException {
        byte[] bytes = new byte[SegmentHeader.BYTES];
        try {
            in.readFully(bytes);
            return bytes;
        } catch (EOFException e) {
            return Arrays.copyOf(bytes, (int) Math.min(bytes.length - 1, in.length()));
        }
    }

    /** The first piece holds the header too. */
    private static ByteBuffer[] map(File file, long bodyBytes) throws IOException {
        // A channel that is used by an interrupted thread closes: put the interrupt aside, and try again if one comes.
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try (RandomAccessFile opened = new RandomAccessFile(file, "rw")) {
                    return mapPieces(opened.getChannel(), bodyBytes);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ByteBuffer[] mapPieces(FileChannel channel, long bodyBytes) throws IOException {
        int count = (int) ((bodyBytes - 1) / Memory.PIECE_BYTES) + 1;
        ByteBuffer[] pieces = new ByteBuffer[count];
        for (int i = 0; i < count; i++) {
            long bodyOffset = (long) i * Memory.PIECE_BYTES;
            long start = i == 0 ? 0 : SegmentHeader.BYTES + bodyOffset;
            long end = SegmentHeader.BYTES + Math.min(bodyBytes, bodyOffset + Memory.PIECE_BYTES);
            pieces[i] = channel.map(MapMode.READ_WRITE, start, end - start);
        }
        return pieces;
    }

    /** The JDK gives no code for it, only the system's text. */
    static boolean isNoSpace(IOException e) {
        String text = String.valueOf(e.getMessage());
        return text.contains("No space left") || text.contains("quota");
    }
}
