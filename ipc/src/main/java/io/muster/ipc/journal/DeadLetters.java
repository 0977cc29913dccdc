package io.muster.ipc.journal;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.data.SharedMap;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entries that were given too often: copies in a log of their own, so that retention need not keep the files they were in. The
 * truth is a map from an entry's index to that of its copy; a copy that it does not name is what a death has left. Changed under
 * the claims' lock.
 */
final class DeadLetters implements AutoCloseable {
    private final JournalHome home;
    private final SharedMap<Long, Long> copies;
    private ChronicleLog log;
    private LogReader reader;
    private Retention retention;

    DeadLetters(JournalHome home) {
        this.home = home;
        this.copies = home.place().getMap("dead letters", Long.class, Long.class);
    }

    /** Opened when it is needed: most queues have none. */
    private synchronized LogReader reader() {
        if (log == null) {
            log = home.openDeadLetters();
            reader = log.reader();
            retention = new Retention(home, log, this::firstNeeded);
        }
        return reader;
    }

    private long firstNeeded() {
        return copies.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    long count() {
        return copies.mappingCount();
    }

    void add(Entry entry, int attempts) {
        if (copies.containsKey(entry.index())) {
            return;
        }
        reader();
        byte[] payload = ByteBuffer.allocate(Integer.BYTES + entry.payload().length)
                .putInt(attempts)
                .put(entry.payload())
                .array();
        long copy = log.append(entry.index(), payload, payload.length);
        copies.set(entry.index(), copy);
    }

    <E> List<WorkQueue.DeadLetter<E>> all(EntryCodec<E> codec) {
        List<WorkQueue.DeadLetter<E>> letters = new ArrayList<>();
        for (Map.Entry<Long, Long> each : new TreeMap<>(copies).entrySet()) {
            Entry copy = read(each.getValue());
            if (copy != null) {
                letters.add(letter(copy, codec));
            }
        }
        return letters;
    }

    private synchronized Entry read(long copy) {
        return reader().seek(copy) ? reader().next() : null;
    }

    private static <E> WorkQueue.DeadLetter<E> letter(Entry copy, EntryCodec<E> codec) {
        int attempts = ByteBuffer.wrap(copy.payload()).getInt();
        byte[] bytes = Arrays.copyOfRange(copy.payload(), Integer.BYTES, copy.payload().length);
        E entry;
        try {
            entry = codec.decode(copy.ready(), bytes, 0);
        } catch (DecodeException e) {
            entry = null;
        }
        return new WorkQueue.DeadLetter<>(
                copy.ready(), attempts, Instant.ofEpochMilli(copy.timeMillis()), bytes, entry);
    }

    boolean has(long index) {
        return copies.containsKey(index);
    }

    boolean remove(long index) {
        return copies.remove(index) != null;
    }

    long trim() {
        reader();
        return retention.run(-1, 0, false);
    }

    @Override
    public synchronized void close() {
        if (log != null) {
            reader.close();
            log.close();
        }
    }
}
