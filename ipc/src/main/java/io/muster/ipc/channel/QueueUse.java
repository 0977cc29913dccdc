package io.muster.ipc.channel;

import io.muster.ipc.channel.QueueLocks.Side;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.memory.ClosedObjectException;

/**
 * What this process does with a queue: its party cell there, for who looks from outside. Nothing depends on it. It is only written
 * with one of the queue's locks in hands, as the bytes are another's once the queue is closed.
 *
 * <pre>
 *   payload of a party's cell
 *     bit 0   ATTACHED: it has a handle
 *     bit 1   PUTS: it has put, or wanted to
 *     bit 2   TAKES: it has taken, or wanted to
 * </pre>
 *
 * <p>The cell of a party that dies is void at its death. Thread-safe.
 */
final class QueueUse {
    static final int ATTACHED = 1;
    static final int PUTS = 2;
    static final int TAKES = 4;

    private final PartyCells cells;
    private final QueueLocks locks;
    private int handles;
    private volatile int does;

    QueueUse(PartyCells cells, QueueLocks locks) {
        this.cells = cells;
        this.locks = locks;
    }

    /** By the holder of a lock: from the second time on a load. */
    void note(int what) {
        if ((does & what) == 0) {
            add(what);
        }
    }

    private synchronized void add(int what) {
        does |= what | ATTACHED;
        cells.setMine(does);
    }

    /** A handle was made. */
    void open() {
        if (isFirst()) {
            locked(() -> add(ATTACHED));
        }
    }

    private synchronized boolean isFirst() {
        return handles++ == 0;
    }

    /** One was closed. */
    void close() {
        if (isLast()) {
            locked(this::end);
        }
    }

    private synchronized boolean isLast() {
        return --handles == 0;
    }

    private synchronized void end() {
        if (handles == 0) {
            does = 0;
            cells.setMine(0);
        }
    }

    /** Not at all if somebody is stopped in the middle of a put: it is not worth to wait for. */
    private void locked(Runnable change) {
        try {
            if (locks.enter(Side.PUT, QueueLocks.PATIENCE_NANOS)) {
                try {
                    change.run();
                } finally {
                    locks.exit(Side.PUT, true);
                }
            }
        } catch (ClosedObjectException e) {
            // Then there is nothing to be seen any more.
        }
    }
}
