package io.muster.ipc.journal;

import io.muster.ipc.codec.ObjectCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What a {@link WorkQueue} is made with, and what counts for one handle alone: {@link #prefetch} and {@link #codec}. If the queue is
 * there already, what it was made with counts. For one thread.
 *
 * @param <E> entries
 */
public final class WorkQueueBuilder<E> {
    private static final int MOST_ATTEMPTS = 1_000_000;

    private final Path directory;
    private final Class<E> type;
    private Roll roll = Roll.HOUR;
    private Duration retain;
    private long retainBytes;
    private Duration visibility;
    private int maxAttempts;
    private int prefetch = Integer.MAX_VALUE;
    private ObjectCodec codec = ObjectCodec.standard();
    private LongSupplier clock = System::currentTimeMillis;

    WorkQueueBuilder(Path directory, Class<E> type) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.type = Objects.requireNonNull(type, "type");
    }

    /** How often it begins a file; every hour unless said. */
    public WorkQueueBuilder<E> roll(Roll every) {
        roll = Objects.requireNonNull(every, "every");
        return this;
    }

    /** Keeps files whose entries are done with so long, for `bin/muster journal replay`; not at all unless said. */
    public WorkQueueBuilder<E> retain(Duration age) {
        retain = Checks.positive(age, "retain");
        return this;
    }

    /** Keeps files whose entries are done with while all together have no more bytes of entries. */
    public WorkQueueBuilder<E> retainBytes(long bytes) {
        retainBytes = Checks.positive(bytes, "retainBytes");
        return this;
    }

    /**
     * How long a consumer may take over an entry before it is given to another; as long as its process lives unless said. For
     * consumers that may hang.
     */
    public WorkQueueBuilder<E> visibility(Duration time) {
        visibility = Checks.positive(time, "visibility");
        return this;
    }

    /** How often an entry is given to somebody before it is a dead letter; as often as it takes unless said. */
    public WorkQueueBuilder<E> maxAttempts(int attempts) {
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("maxAttempts=" + attempts + ": must be from 1 to " + MOST_ATTEMPTS);
        }
        maxAttempts = attempts;
        return this;
    }

    /** How many entries this handle may hold without having acknowledged them; no limit unless said. */
    public WorkQueueBuilder<E> prefetch(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("prefetch=" + entries + ": must be 1 or more");
        }
        prefetch = entries;
        return this;
    }

    /** How this handle makes bytes of objects and objects of bytes. Default: {@link ObjectCodec#standard()}. */
    public WorkQueueBuilder<E> codec(ObjectCodec value) {
        codec = Objects.requireNonNull(value, "codec");
        return this;
    }

    WorkQueueBuilder<E> clock(LongSupplier millis) {
        clock = millis;
        return this;
    }

    /** Opens the queue, as {@link WorkQueue#open} does. */
    public WorkQueue<E> open() {
        JournalSettings ours = new JournalSettings(
                JournalKind.WORK_QUEUE, type.getName(), roll, retain, retainBytes, visibility, maxAttempts);
        JournalHome home = JournalHome.open(directory, ours, clock);
        return new WorkQueueHandle<>(home, new EntryCodec<>(home.directory(), type, codec), prefetch);
    }
}
