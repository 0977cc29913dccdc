package io.muster.child.task;

import static io.muster.child.task.BlobLayout.*;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes payloads that do not fit a slot: small ones into recycled blocks of chunk files, large ones into a file each. One
 * per writing process and pool; {@link BlobReader} is the other side.
 *
 * <p>Thread-safe. Death of the writer: what it wrote stays readable until the parent removes the files.
 */
public final class BlobWriter implements AutoCloseable {
    private final Path base;
    private final boolean readerFrees;
    private final Map<Integer, Segment> chunks = new HashMap<>();
    private final Set<Integer> largeFiles = new HashSet<>();
    private final ArrayDeque<Long>[] free = queues();
    private final ArrayDeque<Long>[] lent = queues();
    private int files;
    private int cutFrom;
    private long bump;
    private long chunkEnd;
    private long nextChunkBytes = FIRST_CHUNK_BYTES;

    /**
     * @param base every file's path begins with this
     * @param readerFrees whether readers publish that they are done with a block (results), or this process learns it by
     *     other means and calls {@link #free} (arguments)
     */
    public BlobWriter(Path base, boolean readerFrees) {
        this.base = base;
        this.readerFrees = readerFrees;
    }

    /** Whether payloads of this length get a file of their own, which may take long to write. */
    public static boolean isLarge(int length) {
        return length > MAX_IN_BLOCK;
    }

    /**
     * Copies bytes out.
     *
     * @return a reference for {@link BlobReader}, never 0
     * @throws NoSpaceException if the file system has no room; nothing was written then
     */
    public long write(byte[] bytes, int length) {
        return isLarge(length) ? writeLarge(bytes, length) : writeBlock(bytes, length);
    }

    /** Takes back what no reader needs any more. */
    public synchronized void free(long reference) {
        if (BlobLayout.isLarge(reference)) {
            largeFiles.remove(file(reference));
            delete(path(base, file(reference)));
            return;
        }
        Memory memory = chunks.get(file(reference)).memory();
        free[blockShift(memory.getInt(offset(reference) + LENGTH))].add(reference);
    }

    /** Removes all files. */
    @Override
    public synchronized void close() {
        for (Segment chunk : chunks.values()) {
            chunk.close();
            chunk.unlink();
        }
        chunks.clear();
        for (int file : largeFiles) {
            delete(path(base, file));
        }
        largeFiles.clear();
    }

    static Path path(Path base, int file) {
        return base.resolveSibling(base.getFileName() + "-" + file);
    }

    private long writeLarge(byte[] bytes, int length) {
        int file = claimFileNumber();
        Path path = path(base, file);
        // A stream, not a channel: an interrupt of the calling thread must not close it half way.
        try (var out = new FileOutputStream(path.toFile())) {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            delete(path);
            synchronized (this) {
                largeFiles.remove(file);
            }
            throw NoSpaceException.whileWriting(path, length, e);
        }
        return large(file);
    }

    private synchronized int claimFileNumber() {
        largeFiles.add(++files);
        return files;
    }

    private synchronized long writeBlock(byte[] bytes, int length) {
        int shift = blockShift(length);
        long reference = allocate(shift);
        Memory memory = chunks.get(file(reference)).memory();
        long at = offset(reference);
        memory.putInt(at + LENGTH, length);
        memory.putBytes(at + BYTES, bytes, 0, length);
        memory.putIntRelease(at + STATE, IN_USE);
        if (readerFrees) {
            lent[shift].add(reference);
        }
        return reference;
    }

    private long allocate(int shift) {
        Long recycled = free[shift].poll();
        if (recycled == null) {
            recycled = findFreed(shift);
        }
        return recycled != null ? recycled : cut(shift);
    }

    /** Looks at the blocks that were lent longest ago; readers free them in about the order they were written. */
    private Long findFreed(int shift) {
        for (int looks = Math.min(4, lent[shift].size()); looks > 0; looks--) {
            Long reference = lent[shift].poll();
            if (chunks.get(file(reference)).memory().getIntAcquire(offset(reference) + STATE) == FREED) {
                return reference;
            }
            lent[shift].add(reference);
        }
        return null;
    }

    private long cut(int shift) {
        long size = 1L << shift;
        if (chunkEnd - bump < size) {
            addChunk(size);
        }
        long reference = inChunk(cutFrom, bump);
        bump += size;
        return reference;
    }

    private void addChunk(long atLeast) {
        long bytes = Math.max(nextChunkBytes, atLeast);
        int file = ++files;
        chunks.put(file, Segment.create(path(base, file), SegmentKinds.BLOB_CHUNK, VERSION, bytes));
        cutFrom = file;
        bump = 0;
        chunkEnd = bytes;
        nextChunkBytes = Math.min(2 * nextChunkBytes, MAX_CHUNK_BYTES);
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The session's sweep removes it with the directory.
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<Long>[] queues() {
        ArrayDeque[] queues = new ArrayDeque[MAX_BLOCK_SHIFT + 1];
        for (int i = 0; i < queues.length; i++) {
            queues[i] = new ArrayDeque<Long>();
        }
        return queues;
    }
}
