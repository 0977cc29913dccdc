package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.memory.FileSteps;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PlainFile;
import io.muster.ipc.memory.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one queue: one with the cells, and one for each large item. Tests have some that die between the steps. */
interface QueueFiles {
    /** @throws io.muster.ipc.memory.NoSpaceException if there is no room; nothing was changed */
    Memory create(long bodyBytes);

    /** @throws io.muster.ipc.memory.SegmentException if it is not there any more, or is no such file */
    Memory open();

    /** @throws io.muster.ipc.memory.NoSpaceException if there is no room; nothing was changed */
    void write(long number, byte[] bytes, int length);

    /** Null if it is not there any more. */
    byte[] read(long number, int length);

    void remove(long number);

    /** Those of large items that are there. */
    List<Long> numbers();

    /** For a queue that is closed. */
    void removeAll();

    /** Those in the directory of the queue's place. */
    static QueueFiles of(CellRef ref) {
        return new InDirectory(ref);
    }

    /** For who only looks: the file with the cells. */
    static Path cellsOf(CellRef ref) {
        return new InDirectory(ref).cells();
    }

    /** Named after the cell, so that who finds one knows whose it is. */
    final class InDirectory implements QueueFiles {
        private final Path directory;
        private final String prefix;

        private InDirectory(CellRef ref) {
            directory = Path.of(ref.place());
            prefix = "queue-" + ref.file() + "-" + ref.offset() + "-" + ref.generation() + "-";
        }

        private Path cells() {
            return directory.resolve(prefix + "cells");
        }

        private Path item(long number) {
            return directory.resolve(prefix + number);
        }

        @Override
        public Memory create(long bodyBytes) {
            return Segment.create(cells(), QueueLayout.FILE_KIND, QueueLayout.VERSION, bodyBytes)
                    .memory();
        }

        @Override
        public Memory open() {
            return Segment.open(cells(), QueueLayout.FILE_KIND, QueueLayout.VERSION)
                    .memory();
        }

        @Override
        public void write(long number, byte[] bytes, int length) {
            PlainFile.write(item(number), bytes, length, FileSteps.UNWATCHED);
        }

        @Override
        public byte[] read(long number, int length) {
            return PlainFile.read(item(number), length);
        }

        @Override
        public void remove(long number) {
            item(number).toFile().delete();
        }

        @Override
        public List<Long> numbers() {
            List<Long> numbers = new ArrayList<>();
            String[] names = directory.toFile().list();
            for (String name : names == null ? new String[0] : names) {
                String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
                if (!number.isEmpty() && number.chars().allMatch(Character::isDigit)) {
                    numbers.add(Long.parseLong(number));
                }
            }
            return numbers;
        }

        @Override
        public void removeAll() {
            cells().toFile().delete();
            numbers().forEach(this::remove);
        }
    }
}
