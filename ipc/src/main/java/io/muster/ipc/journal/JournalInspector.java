package io.muster.ipc.journal;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Looks at a journal of any kind and type from outside: what `muster journal` shows. Reading takes nothing from anybody and moves
 * no position. For one thread; its place in shared memory is joined, so it must be the same user's.
 */
public final class JournalInspector implements AutoCloseable {
    private static final int DEEPEST = 8;

    private final JournalHome home;
    private final Positions positions;
    private final ClaimTable claims;
    private final DeadLetters deadLetters;
    private final Retention retention;
    private final Waiter waiter = Waiter.create();

    private JournalInspector(JournalHome home) {
        this.home = home;
        boolean topic = home.settings().kind() == JournalKind.TOPIC;
        this.positions = topic ? new Positions(home) : null;
        this.claims = topic ? null : new ClaimTable(home);
        this.deadLetters = topic ? null : new DeadLetters(home);
        this.retention = new Retention(
                home, home.entries(), topic ? () -> TopicHandle.firstNeeded(positions) : claims::firstNeeded);
    }

    /**
     * What there is to say of a journal.
     *
     * @param kind {@code Topic} or {@code WorkQueue}
     * @param type name of the entries' class
     * @param bytes of the entries in all files
     * @param subscriptions of a topic
     * @param work of a work queue, else null
     */
    public record Facts(
            Path path,
            String kind,
            String type,
            long entries,
            int files,
            long bytes,
            List<Topic.Subscription> subscriptions,
            WorkQueue.Counts work) {}

    /**
     * An entry.
     *
     * @param index its position
     * @param time when it was appended
     * @param bytes its encoding
     */
    public record Item(long index, Instant time, byte[] bytes) {
        /** The entry as text; what it is instead, if it cannot be read with that class loader. */
        public String text(ClassLoader loader) {
            try {
                return String.valueOf(
                        ObjectCodec.builder().classLoader(loader).build().decode(bytes));
            } catch (DecodeException e) {
                return "? " + bytes.length + " bytes: " + e.getMessage();
            }
        }
    }

    /** The directories of all journals in or below that one, some levels deep; those that cannot be looked into are left out. */
    public static List<Path> find(Path directory) {
        try (Stream<Path> files = Files.find(
                directory, DEEPEST, (path, facts) -> facts.isRegularFile() && path.endsWith(SettingsFile.NAME))) {
            return files.map(Path::getParent).sorted().toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new JournalException("cannot look for journals in " + directory + ": " + e, e);
        }
    }

    /**
     * Opens the journal in that directory.
     *
     * @throws JournalException if there is none, or it cannot be used; says why
     */
    public static JournalInspector open(Path directory) {
        ChronicleRuntime.require("a journal (" + directory + ")");
        Path absolute = directory.toAbsolutePath().normalize();
        JournalSettings known = SettingsFile.read(absolute);
        if (known == null) {
            throw new JournalException("there is no journal in " + directory + ": it has no " + SettingsFile.NAME);
        }
        return new JournalInspector(JournalHome.openKnown(absolute, known, System::currentTimeMillis));
    }

    public Facts facts() {
        List<ChronicleLog.RollFile> files = home.entries().files();
        return new Facts(
                home.directory(),
                home.settings().kind().typeName(),
                home.settings().type(),
                home.entries().countBehind(Positions.BEGINNING),
                files.size(),
                files.stream().mapToLong(ChronicleLog.RollFile::bytes).sum(),
                positions == null ? List.of() : TopicHandle.subscriptions(home, positions),
                claims == null ? null : WorkQueueHandle.counts(home, claims, deadLetters));
    }

    /** Reads entries one after the other. */
    public final class Reading implements AutoCloseable {
        private final LogReader reader = home.entries().reader();

        private Reading() {}

        /** The next one, or null if there is none in that time. */
        public Item next(Duration wait) throws InterruptedException {
            waiter.await(home.bell().word(), reader::hasNext, Deadline.after(wait));
            Entry entry = reader.next();
            return entry == null
                    ? null
                    : new Item(entry.index(), Instant.ofEpochMilli(entry.timeMillis()), entry.payload());
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** From there on; done-with work included, as long as its file is there. */
    public Reading read(Start start) {
        Reading reading = new Reading();
        Positions.go(reading.reader, Positions.resolve(home, Objects.requireNonNull(start, "start")));
        return reading;
    }

    /** The last entries. */
    public Reading last(int entries) {
        Reading reading = new Reading();
        long index = entries == 0 ? -1 : reading.reader.fromEnd(entries);
        if (index >= 0) {
            reading.reader.seek(index);
        } else {
            Positions.go(reading.reader, home.entries().lastIndex());
        }
        return reading;
    }

    /**
     * Appends what this journal has to another one, which is made if it is not there, with the settings of this one.
     *
     * @param until entries of that time and later are left out; null: none
     * @return how many
     */
    public long replayInto(Path directory, Start start, Instant until) throws InterruptedException {
        if (directory.toAbsolutePath().normalize().equals(home.directory())) {
            throw new JournalException("a journal cannot be replayed into itself: " + directory);
        }
        long count = 0;
        try (JournalHome other = JournalHome.open(directory, home.settings(), System::currentTimeMillis);
                Reading reading = read(start)) {
            for (Item item = reading.next(Duration.ZERO); item != null; item = reading.next(Duration.ZERO)) {
                if (until == null || item.time().isBefore(until)) {
                    other.entries().append(0, item.bytes(), item.bytes().length);
                    other.bell().word().wakeAll();
                    count++;
                }
            }
        }
        return count;
    }

    /** Puts all dead letters of a work queue back to work; how many. */
    public long requeueDeadLetters() {
        if (deadLetters == null) {
            throw new JournalException(
                    "the journal in " + home.directory() + " is no work queue: it has no dead letters");
        }
        EntryCodec<Object> codec = new EntryCodec<>(home.directory(), Object.class, ObjectCodec.standard());
        long count = 0;
        for (WorkQueue.DeadLetter<Object> letter : deadLetters.all(codec)) {
            count += WorkQueueHandle.requeue(home, claims, deadLetters, letter) ? 1 : 0;
        }
        return count;
    }

    /**
     * Deletes files that nobody needs, by its own rules or by others.
     *
     * @param olderThan null: no rule of time
     * @param largerThan bytes; 0: no rule of size. If there is neither, the journal's own rules count
     * @param force also what a subscriber or a consumer needs
     * @return bytes
     */
    public long trim(Duration olderThan, long largerThan, boolean force) {
        return olderThan == null && largerThan <= 0
                ? retention.run(force)
                : retention.run(olderThan == null ? -1 : Checks.millis(olderThan), largerThan, force);
    }

    @Override
    public void close() {
        if (deadLetters != null) {
            deadLetters.close();
        }
        home.close();
    }
}
