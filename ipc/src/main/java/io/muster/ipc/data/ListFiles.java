package io.muster.ipc.data;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** The files of one list, a generation each. Tests have some that are only memory, and die between the steps. */
interface ListFiles {
    /**
     * A new file of zeros; one of that generation that was never published is replaced.
     *
     * @throws NoSpaceException if there is no room; nothing was changed
     */
    Memory create(long generation, long bodyBytes);

    /** @throws io.muster.ipc.memory.SegmentException if it is not there any more, or is no such file */
    Memory open(long generation);

    /** Removes a file, if it is there: who has it mapped keeps its bytes. */
    void remove(long generation);

    /** Those in the directory of the list's place. */
    static ListFiles of(CellRef ref) {
        return new InDirectory(ref);
    }

    /** Named after the cell, so that who finds one knows whose it is. */
    final class InDirectory implements ListFiles {
        private static final int TRIES_AFTER_COLLECTION = 20;
        private static final long TRY_AGAIN_NANOS = 5_000_000;

        private final Path directory;
        private final String prefix;
        /** Whether mappings of former generations may wait for the garbage collector. */
        private boolean leftMappings;

        private InDirectory(CellRef ref) {
            directory = Path.of(ref.place());
            prefix = "list-" + ref.file() + "-" + ref.offset() + "-" + ref.generation() + "-";
        }

        private Path file(long generation) {
            return directory.resolve(prefix + generation);
        }

        /** The room of removed files comes back when they are unmapped, which only the garbage collector does. */
        @Override
        public synchronized Memory create(long generation, long bodyBytes) {
            try {
                return createOnce(generation, bodyBytes);
            } catch (NoSpaceException full) {
                if (!leftMappings) {
                    throw full;
                }
                leftMappings = false;
                return createAfterCollection(generation, bodyBytes, full);
            }
        }

        private Memory createAfterCollection(long generation, long bodyBytes, NoSpaceException full) {
            System.gc();
            NoSpaceException last = full;
            for (int i = 0; i < TRIES_AFTER_COLLECTION; i++) {
                try {
                    return createOnce(generation, bodyBytes);
                } catch (NoSpaceException again) {
                    last = again;
                    LockSupport.parkNanos(TRY_AGAIN_NANOS);
                }
            }
            throw last;
        }

        private Memory createOnce(long generation, long bodyBytes) {
            return Segment.create(file(generation), ListLayout.FILE_KIND, ListLayout.VERSION, bodyBytes)
                    .memory();
        }

        @Override
        public Memory open(long generation) {
            return Segment.open(file(generation), ListLayout.FILE_KIND, ListLayout.VERSION)
                    .memory();
        }

        @Override
        public synchronized void remove(long generation) {
            File file = file(generation).toFile();
            leftMappings |= file.delete();
        }
    }
}
