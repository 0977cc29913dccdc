package io.muster.ipc.channel;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;

/**
 * The index of a queue whose items come and go at the ends: a ring, always in order. Of two locks, {@link #append} needs only that
 * of who puts, and {@link #first} and the removal of that one only that of who takes.
 */
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

    private long head() {
        return books.getLong(QueueLayout.HEAD);
    }

    private long tail() {
        return books.getLong(QueueLayout.TAIL);
    }

    private long inSlot(int slot) {
        return base + (long) slot * Integer.BYTES;
    }

    private long at(int position) {
        int slot = (int) head() + position;
        return inSlot(slot >= size ? slot - size : slot);
    }

    private int get(int position) {
        return checked(memory.getInt(at(position)));
    }

    private int checked(int cell) {
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
        return checked(memory.getInt(inSlot((int) head())));
    }

    @Override
    public int last() {
        return get(books.ready() - 1);
    }

    @Override
    public void append(int cell) {
        long tail = tail();
        memory.putInt(inSlot((int) tail), cell);
        books.release(QueueLayout.TAIL, QueueLayout.next(tail, size));
    }

    @Override
    public void insert(int cell) {
        int count = books.ready();
        if (count == 0 || !cells.isBefore(cell, last())) {
            append(cell);
        } else {
            insertFromFront(cell, count);
        }
    }

    /** Those that return, and those that are put first, belong near the front. */
    private void insertFromFront(int cell, int count) {
        books.setLong(QueueLayout.HEAD, QueueLayout.previous(head(), size));
        int position = 0;
        while (position < count && cells.isBefore(get(position + 1), cell)) {
            set(position, get(position + 1));
            position++;
        }
        set(position, cell);
    }

    @Override
    public void remove(int cell) {
        if (first() == cell) {
            books.setLong(QueueLayout.HEAD, QueueLayout.next(head(), size));
            return;
        }
        int position = books.ready() - 1;
        int moved = get(position);
        while (moved != cell) {
            position--;
            int next = get(position);
            set(position, moved);
            moved = next;
        }
        books.setLong(QueueLayout.TAIL, QueueLayout.previous(tail(), size));
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
        books.setLong(QueueLayout.HEAD, 0);
        for (int i = 0; i < sorted.length; i++) {
            set(i, sorted[i]);
        }
        books.setLong(QueueLayout.TAIL, QueueLayout.position(sorted.length, sorted.length % size));
    }
}
