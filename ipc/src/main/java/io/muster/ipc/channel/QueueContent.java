package io.muster.ipc.channel;

import io.muster.ipc.memory.Memory;
import java.util.Arrays;

/** All items of a shared queue at one moment, and changes in the middle of them. */
final class QueueContent {
    private final QueueCore core;
    private final QueueCells cells;
    private final QueueIndex index;
    private final QueueFiles files;
    private final Memory memory;

    QueueContent(QueueCore core) {
        this.core = core;
        this.cells = core.cells;
        this.index = core.index;
        this.files = core.files;
        this.memory = core.memory;
    }

    /** All items, in their order. */
    QueueSnapshot snapshot() {
        return core.locked(sorted -> {
            QueueSnapshot snapshot = new QueueSnapshot(files, sorted.length);
            for (int i = 0; i < sorted.length; i++) {
                int cell = sorted[i];
                int length = core.checkedLength(cell);
                byte[] bytes = cells.isInFile(cell) ? null : copyOf(cell, length);
                snapshot.set(i, cell, cells.key(cell), bytes, cells.file(cell), length);
            }
            return snapshot;
        });
    }

    /** Whether there is an item of that encoding. */
    boolean contains(byte[] encoded) {
        return core.locked(sorted -> find(sorted, encoded, false) >= 0);
    }

    /** Removes the first item of that encoding, or the last one; false if there is none. */
    boolean remove(byte[] encoded, boolean last) {
        long[] file = new long[1];
        boolean removed = core.locked(sorted -> {
            int cell = find(sorted, encoded, last);
            if (cell >= 0) {
                file[0] = drop(cell);
            }
            return cell >= 0;
        });
        if (removed) {
            tellDropped(file[0]);
        }
        return removed;
    }

    private int find(int[] sorted, byte[] encoded, boolean last) {
        for (int i = 0; i < sorted.length; i++) {
            int cell = sorted[last ? sorted.length - 1 - i : i];
            if (cells.length(cell) == encoded.length && Arrays.equals(encoded, bytesOf(cell))) {
                return cell;
            }
        }
        return -1;
    }

    private byte[] bytesOf(int cell) {
        int length = core.checkedLength(cell);
        return cells.isInFile(cell) ? core.readFile(cells.file(cell), length) : copyOf(cell, length);
    }

    private byte[] copyOf(int cell, int length) {
        byte[] bytes = new byte[length];
        memory.getBytes(core.offsetOf(cell), bytes, 0, length);
        return bytes;
    }

    /** Removes just that item; false if it is not in the queue any more. */
    boolean remove(int cell, long key) {
        long[] file = new long[1];
        boolean removed = core.locked(sorted -> {
            boolean there = cells.phase(cell) == QueueLayout.IS_READY && cells.key(cell) == key;
            if (there) {
                file[0] = drop(cell);
            }
            return there;
        });
        if (removed) {
            tellDropped(file[0]);
        }
        return removed;
    }

    /** Returns the number of its file, or 0. */
    private long drop(int cell) {
        long file = cells.isInFile(cell) ? cells.file(cell) : 0;
        cells.publish(cell, QueueLayout.IS_FREE);
        index.remove(cell);
        core.forget(cell);
        return file;
    }

    private void tellDropped(long file) {
        if (file != 0) {
            files.remove(file);
        }
        core.space.wakeAll();
        core.idle.wakeAll();
    }

    /** Removes all items that are in the queue, not those in somebody's hands. */
    void clear() {
        long[] numbers = core.locked(sorted -> {
            long[] found = new long[sorted.length];
            for (int i = 0; i < sorted.length; i++) {
                found[i] = drop(sorted[i]);
            }
            return found;
        });
        for (long number : numbers) {
            if (number != 0) {
                files.remove(number);
            }
        }
        core.space.wakeAll();
        core.idle.wakeAll();
    }
}
