package io.muster.ipc.channel;

import io.muster.ipc.memory.Memory;

/** The cells of a queue: its truth. {@link QueueLayout} draws them. */
final class QueueCells {
    private final Memory memory;
    private final QueueBooks books;
    private final int count;

    QueueCells(Memory memory, QueueBooks books) {
        this.memory = memory;
        this.books = books;
        this.count = books.cells;
    }

    int count() {
        return count;
    }

    long state(int cell) {
        return memory.getLongAcquire(at(cell) + QueueLayout.STATE);
    }

    /** FREE also if the last that it held was taken in order: then its state still says READY. */
    int phase(int cell) {
        long state = state(cell);
        int phase = QueueLayout.phase(state);
        boolean taken = phase == QueueLayout.IS_READY
                && !QueueLayout.isReturned(state)
                && QueueLayout.keyBits(state) < books.acquire(QueueLayout.TAKEN_KEY);
        return taken ? QueueLayout.IS_FREE : phase;
    }

    /** Whether somebody has it in hands. */
    boolean isHeld(int cell) {
        return isHeld(state(cell));
    }

    static boolean isHeld(long state) {
        int phase = QueueLayout.phase(state);
        return phase == QueueLayout.IS_FILLING || phase == QueueLayout.IS_TAKEN || phase == QueueLayout.IS_LENT;
    }

    /** Ends the READY state of an item; of the first in the order, returned or not, if there are two locks. */
    void publishTaken(int cell, boolean returned) {
        if (books.twoLocks && !returned) {
            books.release(QueueLayout.TAKEN_KEY, key(cell) + 1);
        } else {
            publish(cell, QueueLayout.IS_FREE);
        }
    }

    void publish(int cell, long state) {
        memory.putLongRelease(at(cell) + QueueLayout.STATE, state);
    }

    long key(int cell) {
        return memory.getLong(at(cell) + QueueLayout.KEY);
    }

    long priority(int cell) {
        return memory.getLong(at(cell) + QueueLayout.PRIORITY);
    }

    int length(int cell) {
        return memory.getInt(at(cell) + QueueLayout.LENGTH);
    }

    int block(int cell) {
        return memory.getInt(at(cell) + QueueLayout.BLOCK);
    }

    long file(int cell) {
        return memory.getLong(at(cell) + QueueLayout.FILE);
    }

    boolean isInFile(int cell) {
        return block(cell) == QueueLayout.IN_FILE;
    }

    void setOrder(int cell, long key, long priority) {
        memory.putLong(at(cell) + QueueLayout.KEY, key);
        memory.putLong(at(cell) + QueueLayout.PRIORITY, priority);
    }

    void setPlace(int cell, int length, int block, long file) {
        memory.putInt(at(cell) + QueueLayout.LENGTH, length);
        memory.putInt(at(cell) + QueueLayout.BLOCK, block);
        memory.putLong(at(cell) + QueueLayout.FILE, file);
    }

    static long inline(int cell) {
        return at(cell) + QueueLayout.INLINE;
    }

    private static long at(int cell) {
        return QueueLayout.cell(cell);
    }

    /** Whether the first comes before the second. */
    boolean isBefore(int first, int second) {
        return compare(first, second) < 0;
    }

    int compare(int first, int second) {
        int byPriority = Long.compare(priority(first), priority(second));
        return byPriority != 0 ? byPriority : Long.compare(key(first), key(second));
    }
}
