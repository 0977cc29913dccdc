package io.muster.ipc.channel;

import static io.muster.ipc.channel.QueueLayout.between;
import static io.muster.ipc.channel.QueueLayout.next;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;

/**
 * The cells of a queue that can be used again: a ring, filled by who takes and emptied by who puts. A cell keeps its blocks in here,
 * until it is used or they are wanted: so only who puts ever changes the map of blocks. It can be rebuilt at any time.
 */
final class QueueFree {
    private final QueueBooks books;
    private final QueueCells cells;
    private final QueueRoom room;
    private final Memory memory;
    private final long base;
    private final int slots;

    QueueFree(QueueBooks books, QueueCells cells, QueueRoom room, Memory memory) {
        this.books = books;
        this.cells = cells;
        this.room = room;
        this.memory = memory;
        this.base = QueueLayout.freeCells(books.cells);
        this.slots = books.cells;
    }

    /** In a file of zeros that nobody knows yet: all cells are. */
    static void format(Memory memory, int cells) {
        for (int i = 0; i < cells; i++) {
            memory.putInt(QueueLayout.freeCells(cells) + (long) i * Integer.BYTES, i);
        }
    }

    private long at(long position) {
        return base + (int) position * (long) Integer.BYTES;
    }

    int get(long position) {
        int cell = memory.getInt(at(position));
        if (cell < 0 || cell >= slots || cells.isHeld(cell)) {
            throw new CorruptSegmentException("the free list of a shared queue names cell " + cell
                    + ", which is not free: it was overwritten by somebody");
        }
        return cell;
    }

    /** By who puts, who has seen that there is one. */
    int pop() {
        long head = books.getLong(QueueLayout.FREE_HEAD);
        int cell = get(head);
        if (between(head, books.getLong(QueueLayout.RECLAIMED)) <= 0) {
            giveBlocks(cell);
        }
        books.setLong(QueueLayout.FREE_HEAD, next(head, slots));
        return cell;
    }

    private void giveBlocks(int cell) {
        int block = cells.block(cell);
        if (block >= 0) {
            room.give(block, QueueRoom.blocksFor(cells.length(cell)));
        }
    }

    /** By who puts: one that was popped and not used. */
    void unpop(int cell) {
        long head = QueueLayout.previous(books.getLong(QueueLayout.FREE_HEAD), slots);
        memory.putInt(at(head), cell);
        books.setLong(QueueLayout.FREE_HEAD, head);
    }

    /** By who takes: one that was just published free, by what is in its hands now. */
    void push(int cell) {
        long tail = books.getLong(QueueLayout.FREE_TAIL);
        memory.putInt(at(tail), cell);
        books.release(QueueLayout.FREE_TAIL, next(tail, slots));
    }

    /** By who puts: makes the blocks of all these cells free. */
    void reclaim() {
        books.lookAtTakers();
        long tail = books.getLong(QueueLayout.SEEN_FREE_TAIL);
        long position = books.getLong(QueueLayout.FREE_HEAD);
        long reclaimed = books.getLong(QueueLayout.RECLAIMED);
        for (position = between(position, reclaimed) > 0 ? reclaimed : position;
                between(position, tail) > 0;
                position = next(position, slots)) {
            giveBlocks(get(position));
        }
        books.setLong(QueueLayout.RECLAIMED, tail);
    }

    /** By the holder of all locks: replaces all by the first of these cells, none of whose blocks are in the map. */
    void rebuild(int[] unused, int count) {
        for (int i = 0; i < count; i++) {
            memory.putInt(at(i), unused[i]);
        }
        long tail = QueueLayout.position(count, count % slots);
        books.setLong(QueueLayout.FREE_HEAD, 0);
        books.setLong(QueueLayout.FREE_TAIL, tail);
        books.setLong(QueueLayout.RECLAIMED, tail);
    }
}
