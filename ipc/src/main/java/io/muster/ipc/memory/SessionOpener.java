package io.muster.ipc.memory;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Makes, joins and leaves session directories.
 *
 * <p>What can be seen is locked: a new one gets its locks under a name that sweepers leave alone, and is renamed then.
 */
final class SessionOpener {
    /** 128 KiB. More processes than that would need more memory than machines have. */
    private static final int CAPACITY = 1024;

    private final Self process;
    private final Witness witness;
    private final WakeUp wakeUp;
    private final FileSteps steps;
    private final LockFiles lockFiles;

    SessionOpener(Self process, Witness witness, WakeUp wakeUp, FileSteps steps, LockFiles lockFiles) {
        this.process = process;
        this.witness = witness;
        this.wakeUp = wakeUp;
        this.steps = steps;
        this.lockFiles = lockFiles;
    }

    static SessionOpener ofThisProcess() {
        Self process = Self.current();
        return new SessionOpener(
                process, new ProcWitness(process), new ServiceWakeUp(), FileSteps.UNWATCHED, LockFiles.OF_THIS_JVM);
    }

    /** Where there is room; removes what dead ones have left, there and elsewhere. */
    SessionDirectory create() {
        List<BaseDirectory> candidates = BaseDirectory.candidates();
        SessionDirectory.sweepStale(false);
        return create(BaseDirectory.choose(candidates));
    }

    SessionDirectory create(Path base) {
        Path path = base.resolve(SessionName.of(process));
        JoinedPlaces.add(path);
        Path unfinished = base.resolve(Segment.UNFINISHED_PREFIX + path.getFileName());
        PlaceLocks locks = null;
        try {
            steps.before("create " + unfinished);
            Files.createDirectory(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            steps.before("create lock file");
            locks = lockFiles.create(unfinished);
            Place place = createPlace(unfinished, locks);
            steps.before("rename " + unfinished);
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            return new SessionDirectory(path, place, locks, this);
        } catch (IOException | RuntimeException e) {
            undo(unfinished, path, locks);
            throw asPlaceException("cannot make the session directory " + path, e);
        }
    }

    private Place createPlace(Path directory, PlaceLocks locks) {
        Segment table = Segment.create(
                directory.resolve(TableFile.NAME),
                PlaceLayout.KIND,
                PlaceLayout.VERSION,
                PlaceLayout.bodyBytes(CAPACITY),
                steps);
        PartyTable.format(table.memory(), CAPACITY, Runtime.getRuntime().availableProcessors(), process);
        Place place = place(table.memory(), locks);
        locks.tryLockPlaceShared();
        place.join("root");
        return place;
    }

    private Place place(Memory table, PlaceLocks locks) {
        return new Place(table, locks, witness, wakeUp, process);
    }

    SessionDirectory join(Path path, long reservedParty) {
        JoinedPlaces.add(path);
        PlaceLocks locks = null;
        try {
            locks = lockFiles.open(path);
            // The lock before the look: whoever has it cannot be swept, whoever was swept sees it now.
            if (!tryLockShared(locks)) {
                throw new PlaceException("the session " + path + " is being removed: all its processes had ended");
            }
            Memory table = Segment.open(path.resolve(TableFile.NAME), PlaceLayout.KIND, PlaceLayout.VERSION)
                    .memory();
            if (table.getIntVolatile(PlaceLayout.STATE) != PlaceLayout.STATE_OPEN) {
                throw new PlaceException("the session " + path + " was removed: all its processes had ended");
            }
            Place place = place(table, locks);
            place.joinReserved(reservedParty);
            return new SessionDirectory(path, place, locks, this);
        } catch (IOException | RuntimeException e) {
            undo(null, path, locks);
            if (e instanceof NoSuchFileException || !Files.exists(path)) {
                throw new PlaceException("the session " + path + " is not there any more: its processes have ended", e);
            }
            throw asPlaceException("cannot join the session " + path, e);
        }
    }

    /** Somebody who only looks whether the session is dead may have it for a moment; who removes it keeps it. */
    private static boolean tryLockShared(PlaceLocks locks) {
        for (int attempt = 0; attempt < 100; attempt++) {
            if (locks.tryLockPlaceShared()) {
                return true;
            }
            Place.pause();
        }
        return false;
    }

    private Sweeper sweeper() {
        return new Sweeper(process, witness, steps, lockFiles);
    }

    private static RuntimeException asPlaceException(String what, Exception e) {
        return e instanceof RuntimeException ? (RuntimeException) e : new PlaceException(what, e);
    }

    /** Sweeping it ourselves is allowed, as nobody else can be in it. */
    private void undo(Path unfinished, Path path, PlaceLocks locks) {
        if (unfinished != null) {
            sweeper().removeOwn(unfinished);
        }
        if (locks != null) {
            locks.close();
        }
        JoinedPlaces.remove(path);
    }

    /**
     * Of several that leave at once the last one to drop the shared lock gets it alone: nobody else's second witness
     * keeps it from sweeping, as all that leave are marked.
     */
    void leave(Path path, Place place, PlaceLocks locks) {
        try {
            place.markLeaving();
            locks.unlockPlace();
            if (locks.tryLockPlaceExclusive()) {
                sweeper().sweepLocked(path, false, PartyId.slot(place.self()));
                locks.unlockPlace();
            }
        } catch (IOException | RuntimeException | InternalError e) {
            // Even a table that somebody truncated must not keep a process from ending.
            System.getLogger(SessionOpener.class.getName())
                    .log(Level.DEBUG, "left " + path + " for others to remove", e);
        }
    }
}
