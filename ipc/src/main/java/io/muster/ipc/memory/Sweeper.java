package io.muster.ipc.memory;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Removes sessions of which every process has ended, and never one that lives.
 *
 * <p>A session is dead when its place's lock can be had alone <em>and</em> no party of its table is seen running. Then
 * SWEPT is published in the table, and everything deleted, the table and the lock file last: a sweeper that is killed
 * leaves what the next one can finish, and a late joiner finds SWEPT, or nothing.
 */
final class Sweeper {
    private static final long UNFINISHED_GRACE_MILLIS = 60 * 60 * 1000;
    private static final int NO_SLOT = -1;

    private final Witness witness;
    private final Self self;
    private final FileSteps steps;
    private final LockFiles lockFiles;

    Sweeper(Self self, Witness witness, FileSteps steps, LockFiles lockFiles) {
        this.self = self;
        this.witness = witness;
        this.steps = steps;
        this.lockFiles = lockFiles;
    }

    static Sweeper ofThisProcess() {
        Self self = Self.current();
        return new Sweeper(self, new ProcWitness(self), FileSteps.UNWATCHED, LockFiles.OF_THIS_JVM);
    }

    /** Looks at a session that this process takes no part in; null if it lives, or is none. */
    StaleSession sweep(Path directory, boolean dryRun) {
        synchronized (JoinedPlaces.OPENING) {
            boolean session = SessionName.isSession(directory) || isOldUnfinished(directory);
            if (!session || JoinedPlaces.contains(directory) || !isDirectory(directory)) {
                return null;
            }
            try (PlaceLocks locks = lockFiles.open(directory)) {
                return locks.tryLockPlaceExclusive() ? sweepLocked(directory, dryRun, NO_SLOT) : null;
            } catch (NoSuchFileException e) {
                return remove(directory, dryRun, "half removed by a process that was killed");
            } catch (IOException | PlaceException e) {
                return new StaleSession(directory, bytesIn(directory.toFile()), "cannot be looked at: " + e, false);
            }
        }
    }

    /** The same for one's own session, whose lock is held alone. */
    StaleSession sweepLocked(Path directory, boolean dryRun, int ownSlot) throws IOException {
        TableFile table;
        try {
            table = TableFile.read(directory);
        } catch (CorruptSegmentException | IOException e) {
            return sweepWithoutTable(directory, dryRun, e);
        }
        if (table.isNamed()) {
            return null;
        }
        if (!table.isOfBoot(self)) {
            return remove(directory, dryRun, "left over from before the machine was started");
        }
        if (table.slotSeenAlive(witness, ownSlot) >= 0) {
            return null;
        }
        if (!dryRun) {
            steps.before("publish SWEPT");
            table.publishSwept();
        }
        return remove(directory, dryRun, "all its processes have ended");
    }

    /** The lock says dead, and the second witness cannot be found in the table: ask for the root process by name. */
    private StaleSession sweepWithoutTable(Path directory, boolean dryRun, Exception problem) {
        long pid = SessionName.rootPid(directory);
        long ticks = SessionName.rootStartTicks(directory);
        boolean rootRuns = pid != self.pid() && witness.of(pid, ticks, self.pidNamespace()) == Witness.Testimony.RUNS;
        return rootRuns
                ? null
                : remove(directory, dryRun, "nobody holds it, no readable table: " + problem.getMessage());
    }

    /** For a directory that this process has made and nobody else has seen. */
    void removeOwn(Path directory) {
        if (isDirectory(directory)) {
            remove(directory, false, "could not be completed");
        }
    }

    private StaleSession remove(Path directory, boolean dryRun, String reason) {
        long bytes = bytesIn(directory.toFile());
        if (dryRun) {
            return new StaleSession(directory, bytes, reason, false);
        }
        try {
            deleteContent(directory.toFile());
            delete(directory.resolve(TableFile.NAME));
            delete(directory.resolve(LiveFile.NAME));
            delete(directory);
            return new StaleSession(directory, bytes, reason, true);
        } catch (IOException e) {
            return new StaleSession(directory, bytes, reason + "; could not be removed: " + e, false);
        }
    }

    /** Finishes the removal of a place whose lock is held alone, so that it can be made anew. */
    void removeContent(Path directory) throws IOException {
        deleteContent(directory.toFile());
        delete(directory.resolve(TableFile.NAME));
    }

    /** All of it, the table and the lock file last; who makes it anew meanwhile keeps the directory. */
    void removePlace(Path directory) throws IOException {
        removeContent(directory);
        delete(directory.resolve(LiveFile.NAME));
        try {
            delete(directory);
        } catch (DirectoryNotEmptyException e) {
            // It is a new one by now.
        }
    }

    /** All but the two files that say what this was. */
    private void deleteContent(File directory) throws IOException {
        String[] names = directory.list();
        for (String name : names == null ? new String[0] : names) {
            if (!name.equals(TableFile.NAME) && !name.equals(LiveFile.NAME)) {
                deleteTree(new File(directory, name));
            }
        }
    }

    private void deleteTree(File file) throws IOException {
        // A link is deleted, never followed.
        if (isDirectory(file.toPath())) {
            String[] names = file.list();
            for (String name : names == null ? new String[0] : names) {
                deleteTree(new File(file, name));
            }
        }
        delete(file.toPath());
    }

    private void delete(Path path) throws IOException {
        steps.before("delete " + path);
        Files.deleteIfExists(path);
    }

    private static boolean isOldUnfinished(Path directory) {
        return SessionName.isUnfinished(directory)
                && System.currentTimeMillis() - directory.toFile().lastModified() > UNFINISHED_GRACE_MILLIS;
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static long bytesIn(File file) {
        String[] names = isDirectory(file.toPath()) ? file.list() : null;
        long bytes = names == null ? file.length() : 0;
        for (String name : names == null ? new String[0] : names) {
            bytes += bytesIn(new File(file, name));
        }
        return bytes;
    }
}
