package io.muster.ipc.internal.cell;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Gives the shared objects that this process makes their cells, many to a file: a file and a mapping for every lock would
 * soon meet the kernel's limits.
 *
 * <p>Only the process that made a file ever allocates in it, and its books are private: a death can leave nothing half done,
 * just cells that nobody will use again, and they go with the place.
 *
 * <p>A freed cell rests before it is used again, so that a thread which is just about to use it sees that it is closed:
 * 10 s if other processes may know it, 1 s if its handle never left this one, and then less if many were freed since.
 * Operations that publish more than one word look again once they hold their structure's lock.
 *
 * <p>Thread-safe.
 */
public final class CellStore {
    static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final long SHORT_REST_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Whoever makes and closes objects all the time shall not fill the memory with resting cells. */
    static final long MOST_RESTING_BYTES = 16 * 1024 * 1024;

    private static final long FIRST_SEGMENT_BYTES = 64 * 1024;
    private static final long MOST_SEGMENT_BYTES = 1024 * 1024;

    private final Path directory;
    private final LongSupplier fileNumbers;
    private final String prefix;
    private final LongSupplier clock;
    /** By size of the cell: those that may be used again, the longest freed first. */
    private final Map<Long, Resting> freed = new HashMap<>();

    private long nextSegmentBytes = FIRST_SEGMENT_BYTES;
    private Segment segment;
    private long bump;

    private record Freed(Memory memory, CellRef ref, long usableAt) {}

    /** Cells of one size. */
    private static final class Resting {
        private final ArrayDeque<Freed> known = new ArrayDeque<>();
        private final ArrayDeque<Freed> unknown = new ArrayDeque<>();

        /** Null: none has rested enough. */
        Freed take(long now, long bytes) {
            if (isRested(unknown, now) || unknown.size() * bytes > MOST_RESTING_BYTES) {
                return unknown.remove();
            }
            return isRested(known, now) ? known.remove() : null;
        }

        private static boolean isRested(ArrayDeque<Freed> queue, long now) {
            return !queue.isEmpty() && queue.peek().usableAt - now <= 0;
        }
    }

    CellStore(Path directory, String prefix, LongSupplier fileNumbers, LongSupplier clock) {
        this.directory = directory;
        this.prefix = prefix;
        this.fileNumbers = fileNumbers;
        this.clock = clock;
    }

    /**
     * A cell full of zeros that nobody knows yet.
     *
     * @param kind of the object, see {@link io.muster.ipc.memory.SegmentKind}
     * @param version of its layout
     * @param bodyBytes what it needs
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public synchronized Cell allocate(int kind, int version, long bodyBytes) {
        long bytes = CellLayout.cellBytes(bodyBytes);
        Resting resting = freed.get(bytes);
        Freed again = resting == null ? null : resting.take(clock.getAsLong(), bytes);
        if (again != null) {
            again.memory.setZero(again.ref.offset(), bytes);
            CellRef ref =
                    new CellRef(again.ref.place(), again.ref.file(), again.ref.offset(), again.ref.generation() + 1);
            return Cell.prepare(again.memory, ref.offset(), kind, version, bytes, ref);
        }
        if (segment == null || bump + bytes > segment.memory().size()) {
            openSegment(bytes);
        }
        long offset = bump;
        bump += bytes;
        CellRef ref =
                new CellRef(directory.toString(), segment.path().getFileName().toString(), offset, 1);
        return Cell.prepare(segment.memory(), offset, kind, version, bytes, ref);
    }

    /** What is left of the former segment stays unused: less than the largest object, once per segment. */
    private void openSegment(long bytes) {
        segment = Segment.create(
                directory.resolve(prefix + fileNumbers.getAsLong()),
                CellLayout.SEGMENT_KIND,
                CellLayout.VERSION,
                Math.max(bytes, nextSegmentBytes));
        bump = 0;
        nextSegmentBytes = Math.min(2 * nextSegmentBytes, MOST_SEGMENT_BYTES);
    }

    /**
     * Takes back a cell of this store that was {@linkplain Cell#retire retired}.
     *
     * @param known whether another process may know it
     */
    synchronized void free(Cell cell, boolean known) {
        long bytes = cell.memory().getInt(cell.ref().offset() + CellLayout.BYTES);
        Resting resting = freed.computeIfAbsent(bytes, size -> new Resting());
        long usableAt = clock.getAsLong() + (known ? REST_NANOS : SHORT_REST_NANOS);
        (known ? resting.known : resting.unknown).addLast(new Freed(cell.memory(), cell.ref(), usableAt));
    }
}
