package io.muster.ipc.channel;

import java.time.Duration;

/**
 * A {@link SharedQueue} whose item of the lowest priority number is taken first; among equals, the one that was put first. An item
 * that comes back counts as put when it was put at first.
 *
 * <p>The priority is a number, said when the item is put, or by the item: it is {@link Prioritized}, or one of {@code Byte}, {@code
 * Short}, {@code Integer}, {@code Long}, {@code Character}, {@code Boolean}, {@code Float}, {@code Double} or an enum, which stand in
 * their natural order. It is asked for once, in the process that puts. {@code compareTo} of other classes is not asked, as it
 * would have to run under the queue's lock: such an item can only be put with a number, and is refused otherwise with an {@code
 * IllegalArgumentException}.
 *
 * @param <E> type of the items
 */
public interface SharedPriorityQueue<E> extends SharedQueue<E> {
    /** An item that knows its priority. */
    interface Prioritized {
        /** The lower, the sooner. */
        long priority();
    }

    /**
     * Makes an empty queue for that many items.
     *
     * @throws IllegalArgumentException if that is not from 1 to 4,194,304
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedPriorityQueue<E> create(int capacity) {
        return new SharedQueueBuilder<E, SharedPriorityQueue<E>>(Object.class, QueueStyle.PRIORITY, PriorityHandle::new)
                .capacity(capacity)
                .create();
    }

    /** A priority queue with bounds of its own. */
    static <E> SharedQueueBuilder<E, SharedPriorityQueue<E>> builder(Class<E> elementType) {
        return new SharedQueueBuilder<>(elementType, QueueStyle.PRIORITY, PriorityHandle::new);
    }

    /**
     * Puts an item, however long it takes until there is room.
     *
     * @param priority the lower, the sooner; counts in place of what the item itself says
     * @throws InterruptedException if the thread was interrupted; nothing was put
     */
    void put(E item, long priority) throws InterruptedException;

    /** The same, waiting at most that long; false if there was no room. */
    boolean offer(E item, long priority, Duration timeout) throws InterruptedException;

    /** The same, if there is room now. */
    boolean offer(E item, long priority);
}
