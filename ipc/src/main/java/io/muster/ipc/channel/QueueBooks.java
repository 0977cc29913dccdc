package io.muster.ipc.channel;

import io.muster.ipc.memory.Memory;

/** The small words of a queue, as its lock's holder sees them; {@link QueueLayout} draws them. */
final class QueueBooks {
    private final Memory memory;
    private final long base;
    final int capacity;
    final int cells;
    final int blocks;
    final long mostBytes;
    final QueueStyle style;

    /** @param base where the body of the cell begins; it is formatted */
    QueueBooks(Memory memory, long base) {
        this.memory = memory;
        this.base = base;
        this.capacity = memory.getInt(base + QueueLayout.CAPACITY);
        this.cells = memory.getInt(base + QueueLayout.CELLS);
        this.blocks = memory.getInt(base + QueueLayout.BLOCKS);
        this.mostBytes = memory.getLong(base + QueueLayout.MOST_BYTES);
        this.style = QueueStyle.of(memory.getInt(base + QueueLayout.STYLE));
    }

    static void format(Memory memory, long base, QueueOptions options) {
        memory.putInt(base + QueueLayout.CAPACITY, options.capacity());
        memory.putInt(base + QueueLayout.CELLS, QueueLayout.cells(options.capacity()));
        memory.putInt(base + QueueLayout.BLOCKS, QueueLayout.blocks(options.mostBytes()));
        memory.putLong(base + QueueLayout.MOST_BYTES, options.mostBytes());
        memory.putInt(base + QueueLayout.STYLE, options.style().ordinal());
        memory.putInt(base + QueueLayout.FREE, QueueLayout.cells(options.capacity()));
        memory.putLong(base + QueueLayout.NEXT_FIRST, -1);
        memory.putLong(base + QueueLayout.NEXT_FILE, 1);
    }

    int get(int word) {
        return memory.getIntOpaque(base + word);
    }

    /** By the holder of the lock; the next publish makes it seen. */
    void set(int word, int value) {
        memory.putInt(base + word, value);
    }

    void add(int word, int delta) {
        memory.putInt(base + word, memory.getInt(base + word) + delta);
    }

    long getLong(int word) {
        return memory.getLongOpaque(base + word);
    }

    void setLong(int word, long value) {
        memory.putLong(base + word, value);
    }

    void addLong(int word, long delta) {
        memory.putLong(base + word, memory.getLong(base + word) + delta);
    }

    /** The number of a file that nobody has used or will use. */
    long nextFile() {
        long number = memory.getLong(base + QueueLayout.NEXT_FILE);
        memory.putLongRelease(base + QueueLayout.NEXT_FILE, number + 1);
        return number;
    }

    int ready() {
        return get(QueueLayout.READY);
    }

    /** What counts against the capacity. */
    int waiting() {
        return get(QueueLayout.READY) + get(QueueLayout.FILLING);
    }

    /** What is in the queue or in somebody's hands. */
    int unfinished() {
        return waiting() + get(QueueLayout.HELD);
    }

    /** How many more items find a cell now. */
    int remaining() {
        return Math.max(0, Math.min(capacity - waiting(), get(QueueLayout.FREE)));
    }

    void notePut(int bytes, long waitedNanos) {
        addLong(QueueLayout.PUTS, 1);
        addLong(QueueLayout.PUT_BYTES, bytes);
        if (waitedNanos != 0) {
            addLong(QueueLayout.PUT_WAITED, waitedNanos);
        }
        int waiting = waiting();
        if (waiting > getLong(QueueLayout.HIGH)) {
            setLong(QueueLayout.HIGH, waiting);
        }
    }

    void noteTake(int bytes, long waitedNanos) {
        addLong(QueueLayout.TAKES, 1);
        addLong(QueueLayout.TAKEN_BYTES, bytes);
        if (waitedNanos != 0) {
            addLong(QueueLayout.TAKE_WAITED, waitedNanos);
        }
    }
}
