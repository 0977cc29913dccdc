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
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.Wires;

/**
 * An append-only log in a directory of its own: all that is used of Chronicle Queue, with {@link LogReader}. Thread-safe.
 *
 * <p>Death: a writer killed in the middle of an append leaves nothing that a reader would see, and Chronicle's lock, which the
 * next writer frees within milliseconds after the process has begun to end: {@link WriteLock}. Where processes cannot be looked
 * at, Chronicle does it after one and a half times {@link #TIMEOUT_MILLIS}. A writer that is stopped and not dead is waited for,
 * {@link ChronicleCalls#PATIENCE_MILLIS} long.
 */
final class ChronicleLog implements AutoCloseable {
    /** Chronicle waits for 1.5 times this. It is no more than a look at who holds the lock: a live holder keeps it. */
    static final long TIMEOUT_MILLIS = 60;

    static final String FILE_END = ".cq4";

    /** One thread at a time: who closes a file gives up the locks that other threads of the process have on it. */
    private static final ReentrantLock[] OPENING =
            Stream.generate(ReentrantLock::new).limit(16).toArray(ReentrantLock[]::new);

    /** The directories that are open in this process, as often as they are. */
    private static final Collection<Path> OPEN = new ConcurrentLinkedQueue<>();

    private final Path directory;
    private final SingleChronicleQueue queue;
    private final WriteLock writeLock;
    private final RollCycle cycles;
    private final LogAppender appender;

    private final DiskRoom room;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    private ChronicleLog(Path directory, LongSupplier clock, SingleChronicleQueue queue, WriteLock writeLock) {
        this.directory = directory;
        this.queue = queue;
        this.writeLock = writeLock;
        this.cycles = queue.rollCycle();
        this.appender = new LogAppender(directory, clock, queue, writeLock);
        this.room = new DiskRoom(directory);
    }

    /** One file of the log. Its bytes are those that were written; the file itself is sparse and longer. */
    record RollFile(Path path, int cycle, long firstIndex, long endMillis, long bytes) {}

    /** @param users whether a live process with that pid, other than this one, may be at it */
    static ChronicleLog open(Path asked, Roll roll, LongSupplier clock, LongPredicate users) {
        Path directory = made(asked);
        ReentrantLock opening = OPENING[Math.floorMod(directory.hashCode(), OPENING.length)];
        opening.lock();
        try {
            return openAlone(directory, roll, clock, users);
        } finally {
            opening.unlock();
        }
    }

    /** By the one name that it has in this process. */
    private static Path made(Path asked) {
        try {
            Files.createDirectories(asked);
            return asked.toRealPath();
        } catch (IOException e) {
            throw ChronicleCalls.damaged(asked, e);
        }
    }

    private static ChronicleLog openAlone(Path directory, Roll roll, LongSupplier clock, LongPredicate users) {
        return ChronicleCalls.inPeace(() -> {
            try {
                new DiskRoom(directory).require(0);
                boolean unfinished = LogFiles.check(directory);
                WriteLock writeLock = new WriteLock(users);
                SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                        .rollCycle(cycleOf(roll))
                        .timeoutMS(TIMEOUT_MILLIS)
                        .pauserSupplier(() -> new LockPauser(writeLock))
                        .timeProvider(clock::getAsLong)
                        .build();
                return open(directory, clock, queue, writeLock, unfinished);
            } catch (JournalException e) {
                throw e;
            } catch (Exception | LinkageError | AssertionError e) {
                throw ChronicleCalls.damaged(directory, e);
            }
        });
    }

    private static ChronicleLog open(
            Path directory, LongSupplier clock, SingleChronicleQueue queue, WriteLock writeLock, boolean unfinished) {
        boolean open = false;
        try {
            writeLock.attach(queue);
            if (!OPEN.contains(directory)) {
                writeLock.takeFromNamesake();
            }
            if (unfinished && LogAppender.putUnfinishedAside(directory, writeLock)) {
                queue.refreshDirectoryListing();
            }
            ChronicleLog log = new ChronicleLog(directory, clock, queue, writeLock);
            OPEN.add(directory);
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

    /**
     * Appends one entry; once this has returned it is there for all, whoever dies.
     *
     * @param ready the header's READY
     * @return its index
     */
    long append(long ready, byte[] payload, int length) {
        return locked(() -> {
            room.require(length + EntryLayout.HEADER);
            return ChronicleCalls.inPeace(() -> appender.write(ready, payload, length));
        });
    }

    LogReader reader() {
        return locked(() -> ChronicleCalls.onFiles(directory, () -> new LogReader(this, queue.createTailer())));
    }

    /** Chronicle finds no end behind a file that was begun by a writer that died. */
    void mendEnd() {
        locked(() -> ChronicleCalls.onFiles(directory, () -> {
            int newest = queue.lastCycle();
            if (newest != Integer.MIN_VALUE) {
                SingleChronicleQueueStore store = queue.storeForCycle(newest, 0, false, null);
                if (store == null) {
                    return appender.mend();
                }
                queue.closeStore(store);
            }
            return false;
        }));
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
        return locked(() -> ChronicleCalls.onFiles(directory, () -> {
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

    /** Where the oldest file begins that is of that cycle or a later one; -1 if there is none. */
    long firstIndexFrom(int cycle) {
        return locked(() -> ChronicleCalls.onFiles(directory, () -> {
            queue.refreshDirectoryListing();
            int oldest = queue.firstCycle();
            Long left = oldest == Integer.MAX_VALUE
                    ? null
                    : queue.listCyclesBetween(oldest, queue.lastCycle()).ceiling((long) cycle);
            return left == null ? -1L : firstIndexOf(left.intValue());
        }));
    }

    /** Who has written into a file keeps it mapped until it comes to another one. */
    void letGoOfDeleted() {
        locked(() -> ChronicleCalls.onFiles(directory, () -> {
            appender.letGoBefore(firstIndexOf(queue.firstCycle()));
            return null;
        }));
    }

    /** The first that has a file; larger than any if none has. Not while the log may be closed: it takes no lock. */
    int oldestCycle() {
        return queue.firstCycle();
    }

    int cycleAt(long timeMillis) {
        return cycles.current(() -> timeMillis, 0);
    }

    /** The files, oldest first. */
    List<RollFile> files() {
        return locked(() -> ChronicleCalls.onFiles(directory, () -> {
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
            throw ChronicleCalls.damaged(store.file().toPath(), e);
        }
    }

    /** Files were deleted: the log's own list of them has to learn it. */
    void forgetDeleted() {
        locked(() -> ChronicleCalls.onFiles(directory, () -> {
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
                ChronicleCalls.inPeace(() -> {
                    appender.close();
                    writeLock.close();
                    queue.close();
                    OPEN.remove(directory);
                    return null;
                });
            }
        } finally {
            lock.unlock();
        }
    }
}
