package io.muster.ipc.channel;

import io.muster.ipc.wait.Deadline;
import java.time.Duration;
import java.util.Objects;

/** A handle to a shared priority queue. */
final class PriorityHandle<E> extends QueueHandle<E> implements SharedPriorityQueue<E> {
    private static final long serialVersionUID = 1L;

    PriorityHandle(QueueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    long priorityOf(E item) {
        Objects.requireNonNull(item, "item");
        if (item instanceof Prioritized prioritized) {
            return prioritized.priority();
        }
        if (item instanceof Double || item instanceof Float) {
            return ordered(((Number) item).doubleValue());
        }
        if (item instanceof Long || item instanceof Integer || item instanceof Short || item instanceof Byte) {
            return ((Number) item).longValue();
        }
        if (item instanceof Character character) {
            return character;
        }
        if (item instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (item instanceof Enum<?> constant) {
            return constant.ordinal();
        }
        throw new IllegalArgumentException("a " + item.getClass().getName() + " has no priority; it was not put. Use"
                + " put(item, priority), or let its class implement SharedPriorityQueue.Prioritized.");
    }

    /** In the order of {@link Double#compareTo}. */
    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
    }

    @Override
    public void put(E item, long priority) throws InterruptedException {
        put(item, false, priority, Deadline.never());
    }

    @Override
    public boolean offer(E item, long priority, Duration timeout) throws InterruptedException {
        return put(item, false, priority, deadline(timeout));
    }

    @Override
    public boolean offer(E item, long priority) {
        return offer(item, false, priority);
    }
}
