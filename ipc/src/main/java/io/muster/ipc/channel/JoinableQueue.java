package io.muster.ipc.channel;

import java.time.Duration;

/**
 * A {@link SharedQueue} whose items are unfinished until who took them says {@link #taskDone()}; {@link #join()} waits until none
 * is.
 *
 * <p>{@code take} and its kind leave the item in the hands of the process that took it. If that dies, killed or not, what it has
 * not said {@code taskDone()} for comes back to the front of the queue, marked as redelivered: so {@code join()} waits for what is really
 * unfinished, and not for the dead. Items that are received as a {@link Delivery} are acknowledged there, not by {@code
 * taskDone()}. An {@linkplain UnreadableItemException unreadable} item is done, and so is one that {@code remove(Object)}, {@code
 * clear()} or an iterator removes.
 *
 * @param <E> type of the items
 */
public interface JoinableQueue<E> extends SharedQueue<E> {
    /**
     * Makes an empty queue for that many items.
     *
     * @throws IllegalArgumentException if that is not from 1 to 4,194,304
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> JoinableQueue<E> create(int capacity) {
        return new SharedQueueBuilder<E, JoinableQueue<E>>(Object.class, QueueStyle.JOINABLE, JoinableHandle::new)
                .capacity(capacity)
                .create();
    }

    /** A joinable queue with bounds of its own. */
    static <E> SharedQueueBuilder<E, JoinableQueue<E>> builder(Class<E> elementType) {
        return new SharedQueueBuilder<>(elementType, QueueStyle.JOINABLE, JoinableHandle::new);
    }

    /**
     * The oldest item that this process has taken and not yet said this for is done; whichever thread took it.
     *
     * @throws IllegalStateException if there is none: it was called more often than items were taken here; nothing was changed
     */
    void taskDone();

    /** How many items wait in the queue or are in the hands of processes. */
    int unfinished();

    /**
     * Waits until no item is unfinished.
     *
     * @throws InterruptedException if the thread was interrupted
     * @throws io.muster.ipc.memory.ClosedObjectException if the queue is closed, also while this waits
     */
    void join() throws InterruptedException;

    /**
     * The same, at most that long.
     *
     * @return false if items were still unfinished then
     */
    boolean join(Duration timeout) throws InterruptedException;
}
