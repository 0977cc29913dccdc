package io.muster.ipc.memory;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Finds room for new files. The memory of one that was removed comes back when nobody has it mapped any more, and a mapping
 * goes with a collection only, for which closed objects alone make too little garbage. So where there is no room one is called
 * for, if anything was let go of since the last one. Thread-safe.
 */
public final class FileRoom {
    private static final int TRIES_AFTER_COLLECTION = 100;
    private static final long TRY_AGAIN_NANOS = 5_000_000;

    /** Whether mappings of removed files may wait for the collector. */
    private static volatile boolean leftMappings;

    private FileRoom() {}

    /** This process has let go of a mapping: its file was removed, or the object in it was closed. */
    public static void noteLeftMapping() {
        leftMappings = true;
    }

    /**
     * @param file makes it, and leaves nothing behind if it cannot
     * @throws NoSpaceException if there is no room, after a collection if that can help
     */
    static <T> T make(Supplier<T> file) {
        try {
            return file.get();
        } catch (NoSpaceException full) {
            return makeAfterCollection(file);
        }
    }

    /** One thread at a time: what the others need may come back meanwhile. */
    private static synchronized <T> T makeAfterCollection(Supplier<T> file) {
        int tries = 1;
        if (leftMappings) {
            leftMappings = false;
            System.gc();
            tries = TRIES_AFTER_COLLECTION;
        }
        while (true) {
            try {
                return file.get();
            } catch (NoSpaceException full) {
                if (--tries == 0) {
                    throw full;
                }
                LockSupport.parkNanos(TRY_AGAIN_NANOS);
            }
        }
    }
}
