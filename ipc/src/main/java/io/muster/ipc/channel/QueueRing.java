package io.muster.ipc.channel;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;

/** The index of a queue whose items come and go at the ends: a ring, always in order. */
final class QueueRing implements QueueIndex {
    private final QueueBooks books;
    private final QueueCells cells;
    private final Memory memory;
    private final long base;
    private final int size;

    QueueRing(QueueBooks books, QueueCells cells, Memory memory) {
        this.books = books;
        this.cells = cells;
        this.memory = memory;
        this.base = QueueLayout.index(books.cells);
        this.size = books.cells;
    }

    private long at(int position) {
        int slot = books.get(QueueLayout.FIRST) + position;
        return base + (long) (slot >= size ? slot - size : slot) * Integer.BYTES;
    }

    private int get(int position) {
        int cell = memory.getInt(at(position));
        if (cell < 0 || cell >= size) {
            throw new CorruptSegmentException("the index of a shared queue names cell " + cell + " of " + size
                    + ": it was overwritten by somebody");
        }
        return cell;
    }

    private void set(int position, int cell) {
        memory.putInt(at(position), cell);
    }

    @Override
    public int first() {
        return get(0);
    }

    @Override
    public int last() {
        return get(books.ready() - 1);
    }

    @Override
    public void insert(int cell) {
        int count = books.ready();
        if (count == 0 || !cells.isBefore(cell, last())) {
            set(count, cell);
        } else {
            insertFromFront(cell, count);
        }
        books.set(QueueLayout.READY, count + 1);
    }

    /** Those that return, and those that are put first, belong near the front. */
    private void insertFromFront(int cell, int count) {
        int first = books.get(QueueLayout.FIRST);
        books.set(QueueLayout.FIRST, first == 0 ? size - 1 : first - 1);
        int position = 0;
        while (position < count && cells.isBefore(get(position + 1), cell)) {
            set(position, get(position + 1));
            position++;
        }
        set(position, cell);
    }

    @Override
    public void remove(int cell) {
        int count = books.ready();
        if (get(0) == cell) {
            int first = books.get(QueueLayout.FIRST) + 1;
            books.set(QueueLayout.FIRST, first == size ? 0 : first);
        } else {
            int position = count - 1;
            int moved = get(position);
            while (moved != cell) {
                position--;
                int next = get(position);
                set(position, moved);
                moved = next;
            }
        }
        books.set(QueueLayout.READY, count - 1);
    }

    @Override
    public int[] sorted() {
        int[] sorted = new int[books.ready()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = get(i);
        }
        return sorted;
    }

    @Override
    public void rebuild(int[] sorted) {
        books.set(QueueLayout.FIRST, 0);
        for (int i = 0; i < sorted.length; i++) {
            set(i, sorted[i]);
        }
        books.set(QueueLayout.READY, sorted.length);
    }
}
