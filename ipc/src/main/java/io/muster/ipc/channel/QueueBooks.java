package io.muster.ipc.channel;

import static io.muster.ipc.channel.QueueLayout.between;

import io.muster.ipc.memory.Memory;

/** The small words of a queue, as the holders of its locks see them; {@link QueueLayout} draws them. */
final class QueueBooks {
    /** With a side this close behind the other, each item costs half as much again as where one has a lead (measured). */
    private static final int FEW_ITEMS = 64;

    private final Memory memory;
    private final long base;
    final int capacity;
    final int cells;
    final int blocks;
    final long mostBytes;
    final QueueStyle style;
    /** Whether who puts and who takes have a lock each. */
    final boolean twoLocks;
    /** With fewer items, or with room for fewer, the two sides are in each other's way. */
    final int fewItems;

    /** @param base where the body of the cell begins; it is formatted */
    QueueBooks(Memory memory, long base) {
        this.memory = memory;
        this.base = base;
        this.capacity = memory.getInt(base + QueueLayout.CAPACITY);
        this.cells = memory.getInt(base + QueueLayout.CELLS);
        this.blocks = memory.getInt(base + QueueLayout.BLOCKS);
        this.mostBytes = memory.getLong(base + QueueLayout.MOST_BYTES);
        this.style = QueueStyle.of(memory.getInt(base + QueueLayout.STYLE));
        this.twoLocks = style.hasTwoLocks();
        this.fewItems = twoLocks ? Math.max(1, Math.min(FEW_ITEMS, capacity / 4)) : 1;
    }

    static void format(Memory memory, long base, QueueOptions options, int places) {
        int cells = QueueLayout.cells(options.capacity());
        memory.putInt(base + QueueLayout.CAPACITY, options.capacity());
        memory.putInt(base + QueueLayout.CELLS, cells);
        memory.putInt(base + QueueLayout.BLOCKS, QueueLayout.blocks(options.mostBytes()));
        memory.putLong(base + QueueLayout.MOST_BYTES, options.mostBytes());
        memory.putInt(base + QueueLayout.STYLE, options.style().ordinal());
        memory.putInt(base + QueueLayout.PLACES, places);
        memory.putLong(base + QueueLayout.FREE_TAIL, QueueLayout.position(cells, 0));
        memory.putLong(base + QueueLayout.SEEN_FREE_TAIL, QueueLayout.position(cells, 0));
        memory.putLong(base + QueueLayout.RECLAIMED, QueueLayout.position(cells, 0));
        memory.putLong(base + QueueLayout.NEXT_FIRST, -1);
        memory.putLong(base + QueueLayout.NEXT_FILE, 1);
    }

    int get(int word) {
        return memory.getIntOpaque(base + word);
    }

    /** By the holder of the word's lock; the next publish makes it seen. */
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

    /** Of a word that the other side writes, or a publishing one. */
    long acquire(int word) {
        return memory.getLongAcquire(base + word);
    }

    /** Publishes a word, and with it all that was stored before. */
    void release(int word, long value) {
        memory.putLongRelease(base + word, value);
    }

    /** The number of a file that nobody has used or will use. */
    long nextFile() {
        long number = memory.getLong(base + QueueLayout.NEXT_FILE);
        memory.putLongRelease(base + QueueLayout.NEXT_FILE, number + 1);
        return number;
    }

    // For anybody; exact for who holds both locks.

    int ready() {
        long head = acquire(QueueLayout.HEAD);
        return between(head, acquire(QueueLayout.TAIL));
    }

    /** What counts against the capacity. */
    int waiting() {
        return ready() + get(QueueLayout.FILLING);
    }

    /** What is in the queue or in somebody's hands. */
    int unfinished() {
        return waiting() + get(QueueLayout.HELD);
    }

    int free() {
        return between(acquire(QueueLayout.FREE_HEAD), acquire(QueueLayout.FREE_TAIL));
    }

    /** How many more items find a cell now. */
    int remaining() {
        return Math.max(0, Math.min(capacity - waiting(), free()));
    }

    /** Of all cells that are not free. */
    long bytes() {
        long freed = acquire(QueueLayout.FREED_BYTES);
        return acquire(QueueLayout.PUT_BYTES) - freed;
    }

    // Each side's view of the other, which only errs on the safe side.

    /** By who puts: whether an item of that size finds a cell. */
    boolean hasRoomFor(int bytes) {
        if (twoLocks && fits(bytes)) {
            return true;
        }
        lookAtTakers();
        return fits(bytes);
    }

    private boolean fits(int bytes) {
        return waitingAsSeen() < capacity
                && between(getLong(QueueLayout.FREE_HEAD), getLong(QueueLayout.SEEN_FREE_TAIL)) > 0
                && getLong(QueueLayout.PUT_BYTES) - getLong(QueueLayout.SEEN_FREED) + bytes <= mostBytes;
    }

    private int waitingAsSeen() {
        return between(getLong(QueueLayout.SEEN_HEAD), getLong(QueueLayout.TAIL)) + get(QueueLayout.FILLING);
    }

    /** By who puts, after there was no room: whether for an item of any size. */
    boolean isFull() {
        return waitingAsSeen() >= capacity;
    }

    void lookAtTakers() {
        setLong(QueueLayout.SEEN_HEAD, acquire(QueueLayout.HEAD));
        setLong(QueueLayout.SEEN_FREED, acquire(QueueLayout.FREED_BYTES));
        setLong(QueueLayout.SEEN_FREE_TAIL, acquire(QueueLayout.FREE_TAIL));
    }

    /** A guess: whether who puts does not know of room. */
    boolean mustLookAtTakers() {
        return waitingAsSeen() >= capacity;
    }

    /** A guess: whether who takes does not know of an item. */
    boolean mustLookAtPutters() {
        return between(getLong(QueueLayout.HEAD), getLong(twoLocks ? QueueLayout.SEEN_TAIL : QueueLayout.TAIL)) <= 0;
    }

    /** By who takes: whether there is an item. */
    boolean hasItems() {
        if (!twoLocks) {
            return ready() > 0;
        }
        long head = getLong(QueueLayout.HEAD);
        if (between(head, getLong(QueueLayout.SEEN_TAIL)) > 0) {
            return true;
        }
        long tail = acquire(QueueLayout.TAIL);
        setLong(QueueLayout.SEEN_TAIL, tail);
        return between(head, tail) > 0;
    }

    /** By who holds both locks, after a change of what the others rely on. */
    void lookAtAll() {
        lookAtTakers();
        setLong(QueueLayout.SEEN_TAIL, acquire(QueueLayout.TAIL));
    }

    // Counters.

    void notePut(long waitedNanos) {
        addLong(QueueLayout.PUTS, 1);
        if (waitedNanos != 0) {
            addLong(QueueLayout.PUT_WAITED, waitedNanos);
        }
        if (waitingAsSeen() > getLong(QueueLayout.HIGH)) {
            noteHigh();
        }
    }

    /** What has left since it was last looked is no reason to raise the mark. */
    private void noteHigh() {
        lookAtTakers();
        int waiting = waitingAsSeen();
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
