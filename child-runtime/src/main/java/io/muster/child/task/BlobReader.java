package io.muster.child.task;

import static io.muster.child.task.BlobLayout.*;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what one {@link BlobWriter} wrote, in another process. Maps each chunk once.
 *
 * <p>Thread-safe. Death of the writer: what its published references name can still be read.
 */
public final class BlobReader implements AutoCloseable {
    private final Path base;
    private final Map<Integer, Segment> chunks = new ConcurrentHashMap<>();

    /** @param base the writer's */
    public BlobReader(Path base) {
        this.base = base;
    }

    /**
     * Copies a payload in.
     *
     * @param length what was published beside the reference, checked against what lies there
     */
    public byte[] read(long reference, int length) {
        byte[] bytes = new byte[length];
        if (isLarge(reference)) {
            readLarge(reference, bytes);
            return bytes;
        }
        Memory memory = chunk(file(reference));
        long at = offset(reference);
        int found = memory.getInt(at + LENGTH);
        if (found != length) {
            throw new IllegalStateException("block at " + at + " of " + BlobWriter.path(base, file(reference))
                    + " holds " + found + " bytes where " + length + " were published: the file is damaged");
        }
        memory.getBytes(at + BYTES, bytes, 0, length);
        return bytes;
    }

    /** Tells the writer that this payload is not needed any more. */
    public void release(long reference) {
        if (!isLarge(reference)) {
            chunk(file(reference)).putIntRelease(offset(reference) + STATE, FREED);
            return;
        }
        try {
            Files.deleteIfExists(BlobWriter.path(base, file(reference)));
        } catch (IOException e) {
            // The session's sweep removes it with the directory.
        }
    }

    @Override
    public void close() {
        chunks.values().forEach(Segment::close);
        chunks.clear();
    }

    /** Removes the files of a writer whose process has ended. */
    public void removeFiles() {
        close();
        String beginning = base.getFileName() + "-";
        try (var files = Files.newDirectoryStream(base.getParent())) {
            for (Path file : files) {
                if (file.getFileName().toString().startsWith(beginning)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // The session's sweep removes them with the directory.
        }
    }

    private Memory chunk(int file) {
        return chunks.computeIfAbsent(
                        file, f -> Segment.open(BlobWriter.path(base, f), SegmentKinds.BLOB_CHUNK, VERSION))
                .memory();
    }

    private void readLarge(long reference, byte[] bytes) {
        Path path = BlobWriter.path(base, file(reference));
        try (var in = new FileInputStream(path.toFile())) {
            int read = in.readNBytes(bytes, 0, bytes.length);
            if (read != bytes.length) {
                throw new IllegalStateException(
                        path + " holds " + read + " bytes where " + bytes.length + " were published");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a payload of " + bytes.length + " bytes from " + path, e);
        }
    }
}
