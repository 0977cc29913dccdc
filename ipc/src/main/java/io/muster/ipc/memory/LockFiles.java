package io.muster.ipc.memory;

import java.io.IOException;
import java.nio.file.Path;

/** Makes and opens the lock file of a place. Tests pass one whose locks belong to processes of their own. */
interface LockFiles {
    /** The real ones. */
    LockFiles OF_THIS_JVM = new LockFiles() {
        @Override
        public PlaceLocks create(Path directory) throws IOException {
            return LiveFile.create(directory);
        }

        @Override
        public PlaceLocks open(Path directory) throws IOException {
            return LiveFile.open(directory);
        }
    };

    /** In a directory that nobody else sees yet. */
    PlaceLocks create(Path directory) throws IOException;

    /**
     * Must not be called for a place that this JVM takes part in, see {@link JoinedPlaces}.
     *
     * @throws java.nio.file.NoSuchFileException if it is not there
     */
    PlaceLocks open(Path directory) throws IOException;
}
