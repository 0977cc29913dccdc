package io.muster.ipc.channel;

import io.muster.ipc.memory.CorruptSegmentException;

/** What kind of queue it is; the ordinal is in its layout. */
enum QueueStyle {
    FIFO("SharedQueue"),
    LIFO("SharedQueue.LIFO"),
    DEQUE("SharedDeque"),
    PRIORITY("SharedPriorityQueue"),
    JOINABLE("JoinableQueue");

    final String typeName;

    QueueStyle(String typeName) {
        this.typeName = typeName;
    }

    /** @throws CorruptSegmentException if there is none of that number */
    static QueueStyle of(int number) {
        if (number < 0 || number >= values().length) {
            throw new CorruptSegmentException("a shared queue says that it is of style " + number
                    + ", which does not exist: it was overwritten by somebody");
        }
        return values()[number];
    }

    /** Whether who puts and who takes have a lock each: they use one end of the order each. */
    boolean hasTwoLocks() {
        return this == FIFO || this == JOINABLE;
    }

    /** Whether what was put last is taken first. */
    boolean takesLast() {
        return this == LIFO;
    }
}
