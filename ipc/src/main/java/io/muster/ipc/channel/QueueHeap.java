package io.muster.ipc.channel;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import java.util.Arrays;

/** The index of a priority queue: a binary heap, the first of all on top. */
final class QueueHeap implements QueueIndex {
    private final QueueBooks books;
    private final QueueCells cells;
    private final Memory memory;
    private final long base;

    QueueHeap(QueueBooks books, QueueCells cells, Memory memory) {
        this.books = books;
        this.cells = cells;
        this.memory = memory;
        this.base = QueueLayout.index(books.cells);
    }

    private int get(int position) {
        int cell = memory.getInt(base + (long) position * Integer.BYTES);
        if (cell < 0 || cell >= books.cells) {
            throw new CorruptSegmentException("the index of a shared queue names cell " + cell + " of " + books.cells
                    + ": it was overwritten by somebody");
        }
        return cell;
    }

    private void set(int position, int cell) {
        memory.putInt(base + (long) position * Integer.BYTES, cell);
    }

    @Override
    public int first() {
        return get(0);
    }

    @Override
    public int last() {
        int last = get(0);
        for (int i = books.ready() / 2; i < books.ready(); i++) {
            last = cells.isBefore(last, get(i)) ? get(i) : last;
        }
        return last;
    }

    @Override
    public void append(int cell) {
        insert(cell);
    }

    @Override
    public void insert(int cell) {
        int count = books.ready();
        setCount(count + 1);
        siftUp(count, cell);
    }

    private void setCount(int count) {
        books.setLong(QueueLayout.TAIL, QueueLayout.position(count, 0));
    }

    @Override
    public void remove(int cell) {
        int position = 0;
        while (get(position) != cell) {
            position++;
        }
        int count = books.ready() - 1;
        int moved = get(count);
        setCount(count);
        if (position == count) {
            return;
        }
        if (position > 0 && cells.isBefore(moved, get((position - 1) / 2))) {
            siftUp(position, moved);
        } else {
            siftDown(position, moved, count);
        }
    }

    private void siftUp(int from, int cell) {
        int position = from;
        while (position > 0) {
            int above = (position - 1) / 2;
            if (!cells.isBefore(cell, get(above))) {
                break;
            }
            set(position, get(above));
            position = above;
        }
        set(position, cell);
    }

    private void siftDown(int from, int cell, int count) {
        int position = from;
        while (2 * position + 1 < count) {
            int below = 2 * position + 1;
            if (below + 1 < count && cells.isBefore(get(below + 1), get(below))) {
                below++;
            }
            if (!cells.isBefore(get(below), cell)) {
                break;
            }
            set(position, get(below));
            position = below;
        }
        set(position, cell);
    }

    @Override
    public int[] sorted() {
        Integer[] found = new Integer[books.ready()];
        for (int i = 0; i < found.length; i++) {
            found[i] = get(i);
        }
        Arrays.sort(found, cells::compare);
        return Arrays.stream(found).mapToInt(Integer::intValue).toArray();
    }

    @Override
    public void rebuild(int[] sorted) {
        for (int i = 0; i < sorted.length; i++) {
            set(i, sorted[i]);
        }
        books.setLong(QueueLayout.HEAD, 0);
        setCount(sorted.length);
    }
}
