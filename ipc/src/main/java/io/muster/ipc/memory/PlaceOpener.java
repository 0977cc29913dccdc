package io.muster.ipc.memory;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Makes and joins the directories of named places.
 *
 * <p>Any number of processes may do that at once, and any of them may be killed anywhere. The directory and the lock file
 * are made by whoever comes first; the table is complete when it gets its name, which only one maker can give it; and a
 * reboot is repaired by who holds the place's lock alone. So what a killed one leaves is at most an unfinished table beside
 * the real one.
 *
 * <pre>
 *   lock file there, its lock had together with others      again if the file was exchanged meanwhile
 *       no table         make one
 *       table removed    alone: finish the removal          then again
 *       of another boot  alone: publish all of it dead      then again
 *       else             take a slot
 * </pre>
 */
final class PlaceOpener {
    private static final int CAPACITY = 1024;
    private static final long LIMIT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long UNFINISHED_GRACE_MILLIS = Duration.ofHours(1).toMillis();

    private final int capacity;
    private final Self process;
    private final Witness witness;
    private final WakeUp wakeUp;
    private final FileSteps steps;
    private final LockFiles lockFiles;
    private final UnaryOperator<Memory> view;
    private final long userId = DirectoryOwner.currentUser();

    /** What a successful opening gives. */
    record Opened(Place place, PlaceLocks locks, Memory table, Object tableKey) {}

    /**
     * @param capacity slots of a new place
     * @param view how this process sees the table's memory: tests let it die there
     */
    PlaceOpener(
            int capacity,
            Self process,
            Witness witness,
            WakeUp wakeUp,
            FileSteps steps,
            LockFiles lockFiles,
            UnaryOperator<Memory> view) {
        this.capacity = capacity;
        this.process = process;
        this.witness = witness;
        this.wakeUp = wakeUp;
        this.steps = steps;
        this.lockFiles = lockFiles;
        this.view = view;
    }

    static PlaceOpener ofThisProcess() {
        Self process = Self.current();
        return new PlaceOpener(
                CAPACITY,
                process,
                new ProcWitness(process),
                new ServiceWakeUp(),
                FileSteps.UNWATCHED,
                LockFiles.OF_THIS_JVM,
                UnaryOperator.identity());
    }

    /**
     * Takes part in a place, and makes it if it is not there.
     *
     * @param create false to be refused if it is not there
     * @param party a name for this process
     */
    Opened open(Path directory, boolean create, String party) {
        JoinedPlaces.add(directory);
        Opened opened = null;
        try {
            opened = attempts(directory, create, party);
            return opened;
        } catch (NoSuchFileException e) {
            throw new PlaceException(
                    "there is no place at " + directory + (create ? ", and it cannot be made" : ""), e);
        } catch (IOException e) {
            throw new PlaceException("cannot take part in the place " + directory, e);
        } finally {
            if (opened == null) {
                JoinedPlaces.remove(directory);
            }
        }
    }

    private Opened attempts(Path directory, boolean create, String party) throws IOException {
        long start = System.nanoTime();
        while (true) {
            if (create) {
                makeDirectory(directory);
            }
            check(DirectoryOwner.refusal(directory, userId));
            Opened opened = attempt(directory, create, party);
            if (opened != null) {
                removeOldUnfinished(directory);
                return opened;
            }
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new PlaceException(
                        "for " + LIMIT_NANOS / 1_000_000_000 + " s another process has held the lock of"
                                + " the place " + directory
                                + " alone, as one does for a moment to repair or to remove it: is it"
                                + " stopped? End it, or let it go on.");
            }
            Place.pause();
        }
    }

    /** @throws PlaceException for that reason, if it is not null */
    static void check(String refusal) {
        if (refusal != null) {
            throw new PlaceException("no place for shared memory: " + refusal);
        }
    }

    private void makeDirectory(Path directory) throws IOException {
        try {
            steps.before("create " + directory);
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // Whose it is, is looked at next.
        } catch (UnsupportedOperationException e) {
            throw new PlaceException(directory + ": its file system has no owners and permissions");
        }
    }

    /** Null to try again. */
    private Opened attempt(Path directory, boolean create, String party) throws IOException {
        Path table = directory.resolve(TableFile.NAME);
        if (!Files.exists(table)) {
            if (!create) {
                throw new NoSuchFileException(table.toString());
            }
            refuseForeignContent(directory);
        }
        if (create) {
            makeLockFile(directory);
        }
        // The file that is locked must be the one that has the name: who removes a place removes its lock file last.
        Path live = directory.resolve(LiveFile.NAME);
        Object before = key(live);
        PlaceLocks locks = lockFiles.open(directory);
        Opened opened = null;
        try {
            if (locks.tryLockPlaceShared() && before != null && before.equals(key(live))) {
                opened = attemptLocked(directory, create, party, locks);
            }
            return opened;
        } finally {
            if (opened == null) {
                locks.close();
            }
        }
    }

    private void makeLockFile(Path directory) throws IOException {
        Path live = directory.resolve(LiveFile.NAME);
        if (Files.exists(live)) {
            return;
        }
        try {
            steps.before("create lock file");
            Files.createFile(live, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Somebody else makes this place too.
        } catch (NoSuchFileException e) {
            // Somebody removes it: the next attempt makes it again.
        }
    }

    private Opened attemptLocked(Path directory, boolean create, String party, PlaceLocks locks) throws IOException {
        Path file = directory.resolve(TableFile.NAME);
        if (create && !Files.exists(file)) {
            makeTable(file);
        }
        check(DirectoryOwner.refusalOfFile(file, userId));
        Memory table = view.apply(
                Segment.open(file, PlaceLayout.KIND, PlaceLayout.VERSION).memory());
        if (table.getIntVolatile(PlaceLayout.NAMED) == 0) {
            throw new PlaceException(directory + " is the session of a tree of processes, not a named place");
        }
        boolean swept = table.getIntVolatile(PlaceLayout.STATE) != PlaceLayout.STATE_OPEN;
        if (swept || !PlaceRepair.isOfBoot(table, process)) {
            repairAlone(directory, locks, table, swept);
            return null;
        }
        Place place = new Place(table, locks, witness, wakeUp, process);
        place.join(party);
        return new Opened(place, locks, table, key(file));
    }

    private void makeTable(Path file) {
        Segment.createNew(
                file,
                PlaceLayout.KIND,
                PlaceLayout.VERSION,
                PlaceLayout.bodyBytes(capacity),
                memory -> {
                    memory.putInt(PlaceLayout.NAMED, 1);
                    PartyTable.format(memory, capacity, Runtime.getRuntime().availableProcessors(), process);
                },
                steps);
    }

    /** Others that try the same at this moment are in the way for as long: then the next attempt is luckier. */
    private void repairAlone(Path directory, PlaceLocks locks, Memory table, boolean swept) throws IOException {
        locks.unlockPlace();
        if (!locks.tryLockPlaceExclusive()) {
            return;
        }
        if (swept) {
            remover().removeContent(directory);
        } else if (!PlaceRepair.isOfBoot(table, process)) {
            PlaceRepair.afterReboot(table, process, Runtime.getRuntime().availableProcessors());
        }
        locks.unlockPlace();
    }

    private Sweeper remover() {
        return new Sweeper(process, witness, steps, lockFiles);
    }

    /** A mistyped directory must not be littered. */
    private static void refuseForeignContent(Path directory) {
        String[] names = directory.toFile().list();
        boolean foreign = false;
        for (String name : names == null ? new String[0] : names) {
            if (name.equals(TableFile.NAME)) {
                return; // made since we looked
            }
            foreign |= !name.equals(LiveFile.NAME) && !name.startsWith(Segment.UNFINISHED_PREFIX);
        }
        if (foreign) {
            throw new PlaceException(directory + " holds " + names.length
                    + " files and is no place: name an empty directory, or a new one");
        }
    }

    /** What makers that were killed have left; a living one is done with it within the hour. */
    private static void removeOldUnfinished(Path directory) throws IOException {
        File[] files = directory.toFile().listFiles((parent, name) -> name.startsWith(Segment.UNFINISHED_PREFIX));
        for (File file : files == null ? new File[0] : files) {
            long modified = file.lastModified();
            boolean old = modified != 0 && System.currentTimeMillis() - modified > UNFINISHED_GRACE_MILLIS;
            if (old || hasFinalName(file.toPath())) {
                file.delete();
            }
        }
    }

    private static boolean hasFinalName(Path file) throws IOException {
        try {
            return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** What tells a file from another one of the same name, or null if there is none. */
    static Object key(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
        } catch (IOException e) {
            return null;
        }
    }
}
