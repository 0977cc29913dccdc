package io.muster.ipc.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** A delivery: ends once. */
final class DeliveryHandle<E> implements Delivery<E> {
    private final WorkQueueHandle<E> queue;
    private final Instant appendedAt;
    private final E entry;
    private ClaimTable.Held held;
    private boolean ended;

    DeliveryHandle(WorkQueueHandle<E> queue, ClaimTable.Held held, Instant appendedAt, E entry) {
        this.queue = queue;
        this.held = held;
        this.appendedAt = appendedAt;
        this.entry = entry;
    }

    @Override
    public E entry() {
        return entry;
    }

    @Override
    public synchronized long index() {
        return held.index();
    }

    @Override
    public synchronized int attempt() {
        return held.claim().attempts();
    }

    @Override
    public Instant appendedAt() {
        return appendedAt;
    }

    @Override
    public synchronized boolean ack() {
        return !ended && ended(queue.acknowledge(held));
    }

    @Override
    public synchronized boolean nack(Duration delay) {
        Objects.requireNonNull(delay, "delay");
        return !ended && ended(queue.giveBack(held, delay));
    }

    private boolean ended(boolean done) {
        ended = true;
        queue.ended(this);
        return done;
    }

    @Override
    public synchronized boolean extend(Duration time) {
        Checks.positive(time, "time");
        if (ended) {
            return false;
        }
        ClaimTable.Held longer = queue.extend(held, time);
        if (longer == null) {
            return ended(false);
        }
        held = longer;
        return true;
    }

    /** Whether it is still this consumer's; if not, it ends here. */
    synchronized boolean checkHeld() {
        return !ended && (queue.isInTime(held) || ended(false));
    }

    @Override
    public synchronized String toString() {
        return "Delivery[0x" + Long.toHexString(held.index()) + ", attempt "
                + held.claim().attempts() + (ended ? ", ended]" : "]");
    }
}
