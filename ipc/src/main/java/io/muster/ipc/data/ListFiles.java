package io.muster.ipc.data;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.memory.FileRoom;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import java.nio.file.Path;

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
        private final Path directory;
        private final String prefix;

        private InDirectory(CellRef ref) {
            directory = Path.of(ref.place());
            prefix = "list-" + ref.file() + "-" + ref.offset() + "-" + ref.generation() + "-";
        }

        private Path file(long generation) {
            return directory.resolve(prefix + generation);
        }

        @Override
        public Memory create(long generation, long bodyBytes) {
            return Segment.create(file(generation), ListLayout.FILE_KIND, ListLayout.VERSION, bodyBytes)
                    .memory();
        }

        @Override
        public Memory open(long generation) {
            return Segment.open(file(generation), ListLayout.FILE_KIND, ListLayout.VERSION)
                    .memory();
        }

        @Override
        public void remove(long generation) {
            if (file(generation).toFile().delete()) {
                FileRoom.noteLeftMapping();
            }
        }
    }
}
