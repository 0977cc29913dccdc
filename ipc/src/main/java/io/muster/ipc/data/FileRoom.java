package io.muster.ipc.data;

import io.muster.ipc.memory.NoSpaceException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Finds room for new files of a structure that replaces its files. The room of a removed one comes back when it is unmapped,
 * which only the garbage collector does, and a structure by itself leaves it no garbage to be called for. Thread-safe.
 */
final class FileRoom {
    private static final int TRIES_AFTER_COLLECTION = 100;
    private static final long TRY_AGAIN_NANOS = 5_000_000;

    /** Whether mappings of removed files may wait for the collector. */
    private volatile boolean leftMappings;

    void noteRemoved() {
        leftMappings = true;
    }

    /** @throws NoSpaceException if there is no room, after a collection if that can help */
    <T> T make(Supplier<T> file) {
        try {
            return file.get();
        } catch (NoSpaceException full) {
            if (!leftMappings) {
                throw full;
            }
            leftMappings = false;
            return makeAfterCollection(file, full);
        }
    }

    private static <T> T makeAfterCollection(Supplier<T> file, NoSpaceException full) {
        System.gc();
        NoSpaceException last = full;
        for (int i = 0; i < TRIES_AFTER_COLLECTION; i++) {
            try {
                return file.get();
            } catch (NoSpaceException again) {
                last = again;
                LockSupport.parkNanos(TRY_AGAIN_NANOS);
            }
        }
        throw last;
    }
}
