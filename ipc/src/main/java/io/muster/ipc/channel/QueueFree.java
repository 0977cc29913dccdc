package io.muster.ipc.channel;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;

/** The cells of a queue that are FREE: a stack. For the holder of the queue's lock; it can be rebuilt at any time. */
final class QueueFree {
    private final QueueBooks books;
    private final QueueCells cells;
    private final Memory memory;
    private final long base;

    QueueFree(QueueBooks books, QueueCells cells, Memory memory) {
        this.books = books;
        this.cells = cells;
        this.memory = memory;
        this.base = QueueLayout.freeCells(books.cells);
    }

    /** In a file of zeros that nobody knows yet: all cells are. */
    static void format(Memory memory, int cells) {
        for (int i = 0; i < cells; i++) {
            memory.putInt(QueueLayout.freeCells(cells) + (long) i * Integer.BYTES, cells - 1 - i);
        }
    }

    boolean isEmpty() {
        return books.get(QueueLayout.FREE) == 0;
    }

    /** There is one. */
    int pop() {
        int count = books.get(QueueLayout.FREE) - 1;
        int cell = memory.getInt(base + (long) count * Integer.BYTES);
        if (cell < 0 || cell >= books.cells || cells.phase(cell) != QueueLayout.IS_FREE) {
            throw new CorruptSegmentException("the free list of a shared queue names cell " + cell
                    + ", which is not free: it was overwritten by somebody");
        }
        books.set(QueueLayout.FREE, count);
        return cell;
    }

    void push(int cell) {
        int count = books.get(QueueLayout.FREE);
        memory.putInt(base + (long) count * Integer.BYTES, cell);
        books.set(QueueLayout.FREE, count + 1);
    }

    void clear() {
        books.set(QueueLayout.FREE, 0);
    }
}
