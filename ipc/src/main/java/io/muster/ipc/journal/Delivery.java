package io.muster.ipc.journal;

import java.time.Duration;
import java.time.Instant;

/**
 * An entry of a {@link WorkQueue} in the hands of this consumer. Any thread may call, also when the queue's handle is closed: then it is
 * nobody's delivery any more.
 *
 * @param <E> entries
 */
public interface Delivery<E> {
    E entry();

    /** Its place in the queue; stays the same when it is given again. */
    long index();

    /** How often it was given to somebody, this time included. */
    int attempt();

    /** Whether somebody else may have begun with it before. */
    default boolean isRedelivered() {
        return attempt() > 1;
    }

    Instant appendedAt();

    /**
     * Done: nobody gets it again.
     *
     * @return false if it was not this consumer's any more: its time was over, or this or another call has ended it
     */
    boolean ack();

    /** Gives it back, for anybody at once; false as {@link #ack}. */
    default boolean nack() {
        return nack(Duration.ZERO);
    }

    /**
     * Gives it back, for anybody after a while; a dead letter if this was its last attempt.
     *
     * @param delay by the wall clock; zero or negative: none
     * @return false as {@link #ack}
     */
    boolean nack(Duration delay);

    /**
     * Asks for more time, counted from now, where deliveries have a time.
     *
     * @return false as {@link #ack}
     */
    boolean extend(Duration time);
}
