package io.muster.ipc.journal;

import io.muster.ipc.codec.ObjectCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What a {@link Topic} is made with. If the topic is there already, what it was made with counts. For one thread.
 *
 * @param <E> entries
 */
public final class TopicBuilder<E> {
    private final Path directory;
    private final Class<E> type;
    private Roll roll = Roll.HOUR;
    private Duration retain;
    private long retainBytes;
    private ObjectCodec codec = ObjectCodec.standard();
    private LongSupplier clock = System::currentTimeMillis;

    TopicBuilder(Path directory, Class<E> type) {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.type = Objects.requireNonNull(type, "type");
    }

    /** How often it begins a file; every hour unless said. */
    public TopicBuilder<E> roll(Roll every) {
        roll = Objects.requireNonNull(every, "every");
        return this;
    }

    /** Deletes files whose entries are all older; what a subscriber with a name has not read stays. For ever unless said. */
    public TopicBuilder<E> retain(Duration age) {
        retain = Checks.positive(age, "retain");
        return this;
    }

    /**
     * Deletes the oldest files while all together have more bytes of entries; what a subscriber with a name has not read stays,
     * and so does the file that is being written. No limit unless said.
     */
    public TopicBuilder<E> retainBytes(long bytes) {
        retainBytes = Checks.positive(bytes, "retainBytes");
        return this;
    }

    /** How this handle makes bytes of objects and objects of bytes. Default: {@link ObjectCodec#standard()}. */
    public TopicBuilder<E> codec(ObjectCodec value) {
        codec = Objects.requireNonNull(value, "codec");
        return this;
    }

    TopicBuilder<E> clock(LongSupplier millis) {
        clock = millis;
        return this;
    }

    /** Opens the topic, as {@link Topic#open} does. */
    public Topic<E> open() {
        JournalSettings ours =
                new JournalSettings(JournalKind.TOPIC, type.getName(), roll, retain, retainBytes, null, 0);
        JournalHome home = JournalHome.open(directory, ours, clock);
        return new TopicHandle<>(home, new EntryCodec<>(home.directory(), type, codec));
    }
}
