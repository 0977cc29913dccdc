package io.muster.ipc.channel;

/**
 * An item that was received from a queue and is still the queue's until it is acknowledged: if this process dies before, it goes
 * back to its place in the queue, marked as redelivered.
 *
 * <pre>{@code
 *     try (Delivery<Order> order = orders.receive()) {
 *         bill(order.value());
 *         order.ack();
 *     }                                  // not acknowledged, as bill() threw: given back
 * }</pre>
 *
 * <p>Means something only in the process that received it, and does not travel. Thread-safe.
 *
 * @param <E> type of the item
 */
public interface Delivery<E> extends AutoCloseable {
    /** The item. */
    E value();

    /** How often it was taken or received so far, this time included; 255 also for more. */
    int attempts();

    /** Whether it has come back before: from a process that died, or by {@link #nack}. */
    boolean isRedelivered();

    /**
     * The item is done: it leaves the queue for good.
     *
     * @throws IllegalStateException if it was acknowledged or given back before; nothing was changed
     * @throws io.muster.ipc.memory.ClosedObjectException if the queue was closed meanwhile
     */
    void ack();

    /**
     * Gives the item back to its old place in the queue, for anybody.
     *
     * @throws IllegalStateException if it was acknowledged or given back before; nothing was changed
     * @throws io.muster.ipc.memory.ClosedObjectException if the queue was closed meanwhile
     */
    void nack();

    /** Gives the item back unless it was acknowledged or given back before; does nothing if the queue is closed. */
    @Override
    void close();
}
