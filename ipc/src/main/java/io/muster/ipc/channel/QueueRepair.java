package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.CorruptSegmentException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Sets a queue right after a death: first its truth, then all that follows from it. For the holder of all its locks. */
final class QueueRepair {
    private final Participant participant;
    private final QueueBooks books;
    private final QueueCells cells;
    private final QueueIndex index;
    private final QueueFree free;
    private final QueueRoom room;
    private final QueueFiles files;

    QueueRepair(
            Participant participant,
            QueueBooks books,
            QueueCells cells,
            QueueIndex index,
            QueueFree free,
            QueueRoom room,
            QueueFiles files) {
        this.participant = participant;
        this.books = books;
        this.cells = cells;
        this.index = index;
        this.free = free;
        this.room = room;
        this.files = files;
    }

    /**
     * Takes from the dead what they held.
     *
     * @return whether there was anything
     */
    boolean takeFromTheDead() {
        boolean changed = false;
        for (int cell = 0; cell < cells.count(); cell++) {
            long state = cells.state(cell);
            int phase = QueueLayout.phase(state);
            if (QueueCells.isHeld(state) && participant.isDead(QueueLayout.party(state))) {
                long left = phase == QueueLayout.IS_FILLING
                        ? QueueLayout.IS_FREE
                        : QueueLayout.ready(true, QueueLayout.deliveries(state), cells.key(cell));
                cells.publish(cell, left);
                books.addLong(QueueLayout.RETURNED, phase == QueueLayout.IS_FILLING ? 0 : 1);
                changed = true;
            }
        }
        return changed;
    }

    /** Makes the index what the cells say; of an intact one it makes the same. */
    void rebuild() {
        Integer[] ready = new Integer[cells.count()];
        int[] unused = new int[cells.count()];
        int readyCount = 0;
        int unusedCount = 0;
        int filling = 0;
        int held = 0;
        long bytes = 0;
        long nextLast = Math.max(books.getLong(QueueLayout.NEXT_LAST), books.acquire(QueueLayout.TAKEN_KEY));
        long nextFirst = books.getLong(QueueLayout.NEXT_FIRST);
        room.clear();
        for (int cell = 0; cell < cells.count(); cell++) {
            int phase = cells.phase(cell);
            switch (phase) {
                case QueueLayout.IS_FREE -> {
                    unused[unusedCount++] = cell;
                    continue;
                }
                case QueueLayout.IS_FILLING -> filling++;
                case QueueLayout.IS_READY -> ready[readyCount++] = cell;
                case QueueLayout.IS_TAKEN, QueueLayout.IS_LENT -> held++;
                default ->
                    throw new CorruptSegmentException("cell " + cell + " of a shared queue has the state 0x"
                            + Long.toHexString(cells.state(cell)) + ": it was overwritten by somebody");
            }
            bytes += cells.length(cell);
            if (phase != QueueLayout.IS_FILLING) {
                nextLast = Math.max(nextLast, cells.key(cell) + 1);
                nextFirst = Math.min(nextFirst, cells.key(cell) - 1);
            }
            markBlocks(cell);
        }
        Arrays.sort(ready, 0, readyCount, cells::compare);
        int[] sorted = new int[readyCount];
        Arrays.setAll(sorted, i -> ready[i]);
        index.rebuild(sorted);
        free.rebuild(unused, unusedCount);
        books.set(QueueLayout.FILLING, filling);
        books.set(QueueLayout.HELD, held);
        books.setLong(QueueLayout.FREED_BYTES, books.getLong(QueueLayout.PUT_BYTES) - bytes);
        books.setLong(QueueLayout.NEXT_LAST, nextLast);
        books.setLong(QueueLayout.NEXT_FIRST, nextFirst);
        books.lookAtAll();
    }

    private void markBlocks(int cell) {
        if (cells.block(cell) == QueueLayout.IS_INLINE || cells.isInFile(cell)) {
            return;
        }
        int count = QueueRoom.blocksFor(cells.length(cell));
        if (!room.isInside(cells.block(cell), count)) {
            throw new CorruptSegmentException("cell " + cell + " of a shared queue names block " + cells.block(cell)
                    + " of " + books.blocks + ": it was overwritten by somebody");
        }
        room.take(cells.block(cell), count);
    }

    /** Removes files of items that the dead had begun to put, or had just taken. */
    void removeOrphans() {
        if (books.getLong(QueueLayout.NEXT_FILE) == 1) {
            return;
        }
        Set<Long> named = new HashSet<>();
        for (int cell = 0; cell < cells.count(); cell++) {
            if (cells.phase(cell) != QueueLayout.IS_FREE && cells.isInFile(cell)) {
                named.add(cells.file(cell));
            }
        }
        for (long number : files.numbers()) {
            if (!named.contains(number)) {
                files.remove(number);
            }
        }
    }
}
