package io.muster.ipc.channel;

import java.util.concurrent.BlockingDeque;

/**
 * A {@link SharedQueue} with two ends: all that is said there holds for both. An item that comes back, from a process that died or by
 * {@link Delivery#nack}, takes its old place: before those that were put behind it, behind those that were put before it.
 *
 * @param <E> type of the items
 */
public interface SharedDeque<E> extends SharedQueue<E>, BlockingDeque<E> {
    /**
     * Makes an empty deque for that many items.
     *
     * @throws IllegalArgumentException if that is not from 1 to 4,194,304
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedDeque<E> create(int capacity) {
        return new SharedQueueBuilder<E, SharedDeque<E>>(Object.class, QueueStyle.DEQUE, DequeHandle::new)
                .capacity(capacity)
                .create();
    }

    /** A deque with bounds of its own. */
    static <E> SharedQueueBuilder<E, SharedDeque<E>> builder(Class<E> elementType) {
        return new SharedQueueBuilder<>(elementType, QueueStyle.DEQUE, DequeHandle::new);
    }
}
