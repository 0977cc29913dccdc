package io.muster.ipc.channel;

import io.muster.ipc.memory.ClosedObjectException;
import java.util.concurrent.atomic.AtomicBoolean;

/** An item in a LENT cell of this process. */
final class QueueDelivery<E> implements Delivery<E> {
    private final QueueCore core;
    private final E value;
    private final int cell;
    private final long key;
    private final long file;
    private final int attempts;
    private final boolean redelivered;
    private final AtomicBoolean settled = new AtomicBoolean();

    QueueDelivery(QueueCore core, QueueScratch s, E value) {
        this.core = core;
        this.value = value;
        this.cell = s.cell;
        this.key = s.key;
        this.file = s.file;
        this.attempts = s.deliveries;
        this.redelivered = s.returned;
    }

    @Override
    public E value() {
        return value;
    }

    @Override
    public int attempts() {
        return attempts;
    }

    @Override
    public boolean isRedelivered() {
        return redelivered;
    }

    @Override
    public void ack() {
        settle(true);
    }

    @Override
    public void nack() {
        settle(false);
    }

    private void settle(boolean done) {
        if (!settled.compareAndSet(false, true)) {
            throw new IllegalStateException("an item of " + core + " was acknowledged or given back before; nothing was"
                    + " changed. Call ack() or nack() once.");
        }
        core.takes.settle(cell, key, file, done);
    }

    @Override
    public void close() {
        if (settled.compareAndSet(false, true)) {
            try {
                core.takes.settle(cell, key, file, false);
            } catch (ClosedObjectException e) {
                // Then there is nothing to give it back to.
            }
        }
    }

    @Override
    public String toString() {
        return "Delivery[" + value + ", attempt " + attempts + (settled.get() ? ", settled]" : "]");
    }
}
