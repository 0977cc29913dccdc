package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Ends named places: SWEPT is published in the table, then all files are deleted, the table and the lock file last. One that
 * was cut off there is finished by the next who opens the place, or removes it.
 */
final class PlaceRemover {
    private final Sweeper sweeper;
    private final LockFiles lockFiles;

    PlaceRemover(Sweeper sweeper, LockFiles lockFiles) {
        this.sweeper = sweeper;
        this.lockFiles = lockFiles;
    }

    static PlaceRemover ofThisProcess() {
        return new PlaceRemover(Sweeper.ofThisProcess(), LockFiles.OF_THIS_JVM);
    }

    /** @throws PlaceException if somebody takes part in it, or it is none */
    void remove(Path directory) {
        synchronized (JoinedPlaces.OPENING) {
            if (JoinedPlaces.contains(directory)) {
                throw new PlaceException("this process takes part in " + directory + ", so it is not removed");
            }
            if (!PlaceDirectory.isPlace(directory)) {
                throw new PlaceException(directory + " is no named place: nothing was removed");
            }
            try (PlaceLocks locks = lockFiles.open(directory)) {
                if (!locks.tryLockPlaceExclusive()) {
                    throw inUse(directory);
                }
                TableFile table = TableFile.read(directory);
                table.publishSwept();
                sweeper.removePlace(directory);
            } catch (NoSuchFileException e) {
                // Another one removes it too; what is left of it is nobody's.
                removeFiles(directory);
            } catch (IOException e) {
                throw new PlaceException("cannot remove the place " + directory, e);
            }
        }
    }

    private static PlaceException inUse(Path directory) {
        List<PlaceView.Occupant> living = PlaceView.of(directory).living();
        StringBuilder who = new StringBuilder();
        for (PlaceView.Occupant each : living.subList(0, Math.min(3, living.size()))) {
            who.append(who.length() == 0 ? "" : ", ").append(each.party());
        }
        return new PlaceException("the place " + directory + " is in use" + (living.isEmpty() ? "" : " by " + who)
                + (living.size() > 3 ? " and " + (living.size() - 3) + " more" : "") + ": nothing was removed");
    }

    void removeFiles(Path directory) {
        try {
            sweeper.removePlace(directory);
        } catch (IOException e) {
            throw new PlaceException("cannot remove the files of the place " + directory, e);
        }
    }
}
