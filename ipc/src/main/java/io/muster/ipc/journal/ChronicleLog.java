package io.muster.ipc.journal;

import io.muster.ipc.memory.ClosedObjectException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.UnrecoverableTimeoutException;
import net.openhft.chronicle.wire.Wires;

/**
 * An append-only log in a directory of its own: all that is used of Chronicle Queue, with {@link LogReader}. Thread-safe.
 *
 * <p>Death: a writer killed in the middle of an append leaves nothing that a reader would see, and Chronicle's lock, which the
 * next writer frees within milliseconds after the process has begun to end: {@link WriteLock}. Where processes cannot be looked
 * at, Chronicle does it after one and a half times {@link #TIMEOUT_MILLIS}. A writer that is stopped and not dead is waited for,
 * {@link #PATIENCE_MILLIS} long.
 */
final class ChronicleLog implements AutoCloseable {
    /** Chronicle waits for 1.5 times this. It is no more than a look at who holds the lock: a live holder keeps it. */
    static final long TIMEOUT_MILLIS = 60;

    static final long PATIENCE_MILLIS = 10_000;
    static final String FILE_END = ".cq4";
    private static final long MILLION = 1_000_000;

    private final Path directory;
    private final LongSupplier clock;
    private final SingleChronicleQueue queue;
    private final WriteLock writeLock;
    private final RollCycle cycles;
    private final ExcerptAppender appender;
    private final DiskRoom room;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private ChronicleLog(Path directory, LongSupplier clock, SingleChronicleQueue queue, WriteLock writeLock) {
        this.directory = directory;
        this.clock = clock;
        this.queue = queue;
        this.writeLock = writeLock;
        this.cycles = queue.rollCycle();
        this.appender = patiently(directory, queue::createAppender);
        this.appender.singleThreadedCheckDisabled(true);
        this.room = new DiskRoom(directory);
    }

    /** One file of the log. Its bytes are those that were written; the file itself is sparse and longer. */
    record RollFile(Path path, int cycle, long firstIndex, long endMillis, long bytes) {}

    static ChronicleLog open(Path directory, Roll roll, LongSupplier clock) {
        return inPeace(() -> {
            try {
                Files.createDirectories(directory);
                new DiskRoom(directory).require(0);
                WriteLock writeLock = new WriteLock();
                SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                        .rollCycle(cycleOf(roll))
                        .timeoutMS(TIMEOUT_MILLIS)
                        .pauserSupplier(() -> new LockPauser(writeLock))
                        .timeProvider(clock::getAsLong)
                        .build();
                return open(directory, clock, queue, writeLock);
            } catch (JournalException e) {
                throw e;
            } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
                throw damaged(directory, e);
            }
        });
    }

    private static ChronicleLog open(
            Path directory, LongSupplier clock, SingleChronicleQueue queue, WriteLock writeLock) {
        boolean open = false;
        try {
            writeLock.attach(queue);
            ChronicleLog log = new ChronicleLog(directory, clock, queue, writeLock);
            open = true;
            return log;
        } finally {
            if (!open) {
                writeLock.close();
                queue.close();
            }
        }
    }

    private static RollCycle cycleOf(Roll roll) {
        return switch (roll) {
            case MINUTE -> LegacyRollCycles.MINUTELY;
            case TEN_MINUTES -> RollCycles.TEN_MINUTELY;
            case HOUR -> RollCycles.FAST_HOURLY;
            case DAY -> RollCycles.FAST_DAILY;
        };
    }

    static JournalException damaged(Path directory, Throwable e) {
        return new JournalException(
                "the journal's files in " + directory + " cannot be used (" + e
                        + "): they are damaged, of another version of"
                        + " Chronicle Queue, or closed to this user. If a file was damaged, move it away; the rest can be read.",
                e);
    }

    /** An interrupt would close the file under Chronicle: it waits until the call is over. */
    static <T> T inPeace(Supplier<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return call.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Appends one entry; once this has returned it is there for all, whoever dies.
     *
     * @param ready the header's READY
     * @return its index
     */
    long append(long ready, byte[] payload, int length) {
        return locked(() -> {
            room.require(length + EntryLayout.HEADER);
            return inPeace(() -> patiently(directory, () -> write(ready, payload, length)));
        });
    }

    /** Chronicle gives up soon; who holds its lock may just be out of luck with the processor. */
    private static <T> T patiently(Path directory, Supplier<T> call) {
        long start = System.nanoTime();
        while (true) {
            try {
                return call.get();
            } catch (UnrecoverableTimeoutException e) {
                if (System.nanoTime() - start > PATIENCE_MILLIS * MILLION) {
                    throw new JournalException(
                            "nothing could be appended to the journal in " + directory + " for " + PATIENCE_MILLIS
                                    + " ms: another process is in the middle of an append and does not go on, though it"
                                    + " lives (" + e.getMessage() + "). Let it go on, or end it.",
                            e);
                }
            }
        }
    }

    private long write(long ready, byte[] payload, int length) {
        try (DocumentContext document = appender.writingDocument()) {
            boolean written = false;
            try {
                Bytes<?> bytes = document.wire().bytes();
                bytes.writeInt(EntryLayout.MAGIC);
                bytes.writeInt(length);
                bytes.writeLong(clock.getAsLong());
                bytes.writeLong(ready);
                bytes.write(payload, 0, length);
                written = true;
            } finally {
                if (!written) {
                    document.rollbackOnClose();
                }
            }
        }
        return appender.lastIndexAppended();
    }

    LogReader reader() {
        return locked(() -> inPeace(() -> new LogReader(this, queue.createTailer())));
    }

    /** The index of the last entry; -1 if there is none. */
    long lastIndex() {
        try (LogReader reader = reader()) {
            return reader.lastIndex();
        }
    }

    /** How many entries lie behind that index, which is -1 for all; may be a few off while files are being deleted. */
    long countBehind(long index) {
        long last = lastIndex();
        if (last < 0 || last <= index) {
            return 0;
        }
        return locked(() -> inPeace(() -> {
            long first = queue.firstIndex();
            return index < first ? queue.countExcerpts(first, last) + 1 : queue.countExcerpts(index, last);
        }));
    }

    int cycleOf(long index) {
        return cycles.toCycle(index);
    }

    long firstIndexOf(int cycle) {
        return cycles.toIndex(cycle, 0);
    }

    int cycleAt(long timeMillis) {
        return cycles.current(() -> timeMillis, 0);
    }

    /** The files, oldest first. */
    List<RollFile> files() {
        return locked(() -> inPeace(() -> {
            queue.refreshDirectoryListing();
            List<RollFile> files = new ArrayList<>();
            if (queue.firstCycle() != Integer.MAX_VALUE) {
                for (long cycle : queue.listCyclesBetween(queue.firstCycle(), queue.lastCycle())) {
                    addFile(files, (int) cycle);
                }
            }
            return files;
        }));
    }

    private void addFile(List<RollFile> files, int cycle) {
        SingleChronicleQueueStore store = queue.storeForCycle(cycle, 0, false, null);
        if (store != null) {
            try {
                long end = (cycle + 1L) * cycles.lengthInMillis();
                files.add(new RollFile(store.file().toPath(), cycle, firstIndexOf(cycle), end, usedBytes(store)));
            } finally {
                queue.closeStore(store);
            }
        }
    }

    /** The store knows where its last entry begins. */
    private static long usedBytes(SingleChronicleQueueStore store) {
        long last = store.writePosition();
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel channel = FileChannel.open(store.file().toPath(), StandardOpenOption.READ)) {
            if (channel.read(header, last) < Integer.BYTES) {
                return last;
            }
            return last + Integer.BYTES + Wires.lengthOf(header.getInt(0));
        } catch (IOException e) {
            throw damaged(store.file().toPath(), e);
        }
    }

    /** Files were deleted: the log's own list of them has to learn it. */
    void forgetDeleted() {
        locked(() -> inPeace(() -> {
            queue.refreshDirectoryListing();
            return null;
        }));
    }

    /** Writes all that was appended so far, by whomever, to the disk: all files of this and the last cycle. */
    void force() {
        try (var files = Files.newDirectoryStream(directory, "*{.cq4,.cq4t}")) {
            for (Path file : files) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw new JournalException("the journal in " + directory + " could not be written to the disk: " + e, e);
        }
    }

    Path directory() {
        return directory;
    }

    <T> T locked(Supplier<T> call) {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedObjectException("the journal in " + directory + " was closed in this process");
            }
            return call.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                inPeace(() -> {
                    appender.close();
                    writeLock.close();
                    queue.close();
                    return null;
                });
            }
        } finally {
            lock.unlock();
        }
    }
}
