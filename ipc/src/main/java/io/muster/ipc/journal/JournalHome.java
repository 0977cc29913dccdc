package io.muster.ipc.journal;

import io.muster.ipc.Manager;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.WrongObjectException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * The directory of a journal, opened.
 *
 * <pre>
 *   journal.properties   what it is, of which type: {@link JournalSettings}
 *   entries/             a Chronicle queue of all entries
 *   dead/                work queue: another one, of those that failed too often
 *   place/               a place of shared memory: who has read how far, who has which entry, where they sleep
 * </pre>
 */
final class JournalHome implements AutoCloseable {
    private final Path directory;
    private final JournalSettings settings;
    private final LongSupplier clock;
    private final ChronicleLog entries;
    private final Manager place;
    private final Participant participant;
    private final BellCore bell;
    private volatile boolean closed;

    private JournalHome(
            Path directory,
            JournalSettings settings,
            LongSupplier clock,
            ChronicleLog entries,
            Manager place,
            Participant participant) {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.entries = entries;
        this.place = place;
        this.participant = participant;
        this.bell = new NamedCells(participant).attach("bell", BellCore.spec(), BellCore.class, BellCore::new);
    }

    /** @param ours what it is to be if it is made now, and in kind and type has to be if it is there */
    static JournalHome open(Path directory, JournalSettings ours, LongSupplier clock) {
        ChronicleRuntime.require("a journal (" + directory + ")");
        Path absolute = directory.toAbsolutePath().normalize();
        JournalSettings known = SettingsFile.readOrMake(absolute, ours);
        if (known.kind() != ours.kind() || !known.type().equals(ours.type())) {
            throw new WrongObjectException("the journal in " + absolute + " is a "
                    + known.kind().typeName() + "<" + known.type() + ">, and was asked for as a "
                    + ours.kind().typeName() + "<" + ours.type() + ">. Ask for what it is, or use another directory.");
        }
        return openKnown(absolute, known, clock);
    }

    /** One that is there, whatever it is. */
    static JournalHome openKnown(Path absolute, JournalSettings known, LongSupplier clock) {
        Manager place = null;
        ChronicleLog entries = null;
        try {
            // First, as the log asks who uses it.
            place = Manager.open(absolute.resolve("place"));
            Participant participant = Participants.at(place.path().toString());
            entries = openLog(absolute.resolve("entries"), known.roll(), clock, participant);
            return new JournalHome(absolute, known, clock, entries, place, participant);
        } catch (RuntimeException e) {
            if (entries != null) {
                entries.close();
            }
            if (place != null) {
                place.close();
            }
            throw e instanceof SegmentException ? inPlace(absolute, e) : e;
        }
    }

    private static ChronicleLog openLog(Path directory, Roll roll, LongSupplier clock, Participant participant) {
        return ChronicleLog.open(directory, roll, clock, participant.place()::isUsedBy);
    }

    private static JournalException inPlace(Path directory, RuntimeException e) {
        return new JournalException(
                "the journal in " + directory + " cannot be used: " + e.getMessage() + " If "
                        + directory.resolve("place")
                        + " is damaged, delete it while no process uses the journal: all entries stay, subscribers begin"
                        + " anew, and work that had been acknowledged is given again.",
                e);
    }

    Path directory() {
        return directory;
    }

    JournalSettings settings() {
        return settings;
    }

    ChronicleLog entries() {
        return entries;
    }

    ChronicleLog openDeadLetters() {
        return openLog(directory.resolve("dead"), Roll.DAY, clock, participant);
    }

    Manager place() {
        return place;
    }

    Participant participant() {
        return participant;
    }

    BellCore bell() {
        return bell;
    }

    long now() {
        return clock.getAsLong();
    }

    boolean isClosed() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw new ClosedObjectException("the journal in " + directory + " was closed in this process");
        }
    }

    /** Everything that was appended or acknowledged so far survives a loss of power from then on. */
    void force() {
        entries.force();
        place.force();
    }

    /** From now on who waits here is told that it is closed. */
    void beginClose() {
        closed = true;
        bell.word().wakeAllAnyway();
    }

    @Override
    public void close() {
        beginClose();
        entries.close();
        place.close();
    }
}
