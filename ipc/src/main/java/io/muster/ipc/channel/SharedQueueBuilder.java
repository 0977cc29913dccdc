package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import java.util.Objects;

/**
 * Says what a queue is to be. Not thread-safe.
 *
 * @param <E> type of the items
 * @param <Q> the kind of queue
 */
public final class SharedQueueBuilder<E, Q extends SharedQueue<E>> {
    /** What stands for the queue in a user's hands. */
    interface Handles<Q> {
        Q of(QueueCore core, boolean maker);
    }

    private final Class<?> elementType;
    private final Handles<Q> handles;
    private QueueStyle style;
    private int capacity = SharedQueue.DEFAULT_CAPACITY;
    private long capacityBytes = SharedQueue.DEFAULT_CAPACITY_BYTES;

    SharedQueueBuilder(Class<?> elementType, QueueStyle style, Handles<Q> handles) {
        this.elementType = Objects.requireNonNull(elementType, "elementType");
        this.style = style;
        this.handles = handles;
    }

    /** Most items that may wait in it; by default {@value SharedQueue#DEFAULT_CAPACITY}. Each takes 136 bytes of memory, used or not. */
    public SharedQueueBuilder<E, Q> capacity(int items) {
        if (items < 1 || items > QueueLayout.MOST_CAPACITY) {
            throw new IllegalArgumentException(
                    "capacity=" + items + ": must be from 1 to " + QueueLayout.MOST_CAPACITY);
        }
        capacity = items;
        return this;
    }

    /**
     * Most bytes that the encodings of its items may have together, and so of one of them; by default {@value
     * SharedQueue#DEFAULT_CAPACITY_BYTES}. Up to 4 MiB are set aside at once, what is beyond that goes through files.
     */
    public SharedQueueBuilder<E, Q> capacityBytes(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("capacityBytes=" + bytes + ": must be 1 or more");
        }
        capacityBytes = bytes;
        return this;
    }

    /**
     * Which item is taken first; by default the one that was put first.
     *
     * @throws IllegalStateException if the kind of queue has an order of its own
     */
    public SharedQueueBuilder<E, Q> order(SharedQueue.Order order) {
        Objects.requireNonNull(order, "order");
        if (style != QueueStyle.FIFO && style != QueueStyle.LIFO) {
            throw new IllegalStateException("a " + style.typeName + " has an order of its own; nothing was changed");
        }
        style = order == SharedQueue.Order.LIFO ? QueueStyle.LIFO : QueueStyle.FIFO;
        return this;
    }

    /**
     * Makes an empty one in this process's session.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public Q create() {
        Participant participant = Participants.ofSession();
        Cell cell = participant
                .cells()
                .allocate(
                        QueueLayout.KIND,
                        QueueLayout.VERSION,
                        QueueLayout.bodyBytes(participant.place().capacity()));
        QueueFiles files = QueueFiles.of(cell.ref());
        QueueCore.format(cell, files, options(), participant.place().capacity());
        QueueCore core = new QueueCore(participant, cell, files);
        cell.publish();
        participant.add(cell, core);
        return handles.of(core, true);
    }

    /**
     * Makes one that never leaves this process: the same code, the same promises, in private memory. Items are copied all the
     * same. It cannot travel: passing it to another process is an error.
     */
    public Q createInProcess() {
        Participant participant = Participants.ofSession();
        Cell cell = participant
                .cells()
                .allocate(
                        QueueLayout.KIND,
                        QueueLayout.VERSION,
                        QueueLayout.bodyBytes(participant.place().capacity()));
        QueueFiles files = new PrivateQueueFiles();
        QueueCore.format(cell, files, options(), participant.place().capacity());
        QueueCore core = new QueueCore(participant, cell, files);
        core.keepHere();
        cell.publish();
        return handles.of(core, true);
    }

    QueueOptions options() {
        return new QueueOptions(style, capacity, capacityBytes);
    }

    QueueStyle style() {
        return style;
    }

    Class<?> elementType() {
        return elementType;
    }

    Q handle(QueueCore core) {
        return handles.of(core, false);
    }
}
