package io.muster.internal.pool;

import io.muster.child.task.TaskTable;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * The tasks for which there is no slot yet, in order of arrival, and their way into slots that become free. Everything here
 * under the {@link Window}'s lock.
 */
final class Backlog {
    private final Slots slots;
    private final OpenTasks open;
    private final BiConsumer<PoolTask<?>, Throwable> fail;
    private final ArrayDeque<PoolTask<?>> waiting = new ArrayDeque<>();

    /** @param fail completes a task exceptionally, by another thread */
    Backlog(Slots slots, OpenTasks open, BiConsumer<PoolTask<?>, Throwable> fail) {
        this.slots = slots;
        this.open = open;
        this.fail = fail;
    }

    int size() {
        return waiting.size();
    }

    /**
     * Takes a task in. True: it was published; false: it waits here.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the pool was shut down
     */
    boolean admit(PoolTask<?> task, byte[] payload, int notify) {
        boolean published = false;
        try {
            open.checkFor(task);
            published = waiting.isEmpty() && slots.canPublish() && slots.publish(task, payload, notify);
            if (!published) {
                task.keepPayload(payload);
                waiting.add(task);
            }
            open.opened();
            return published;
        } catch (Throwable refused) {
            if (!published) {
                slots.freeArgument(task);
            }
            throw refused;
        }
    }

    /** Takes the oldest out; null, if none waits. */
    PoolTask<?> takeOut() {
        PoolTask<?> oldest = waiting.poll();
        if (oldest != null) {
            close(oldest);
        }
        return oldest;
    }

    /** The outcome of the task in this slot was taken out: the next may have the slot. True: something was published. */
    boolean release(int slot, PoolTask<?> task) {
        slots.free(slot);
        close(task);
        return refill();
    }

    /** A task ends whose slot, if it had one, is free already. */
    void close(PoolTask<?> task) {
        slots.freeArgument(task);
        task.dropPayload();
        task.slot = PoolTask.NO_SLOT;
        open.closed();
    }

    /** True: something was published. */
    boolean refill() {
        boolean published = false;
        while (!waiting.isEmpty() && slots.canPublish()) {
            PoolTask<?> next = waiting.peek();
            if (next.isDone()) {
                waiting.poll();
                close(next);
                continue;
            }
            try {
                if (!slots.publish(next, next.payload(), TaskTable.NOTIFY_COLLECTOR)) {
                    return published;
                }
            } catch (RuntimeException refused) {
                waiting.poll();
                close(next);
                fail.accept(next, refused);
                continue;
            }
            next.dropPayload();
            published = true;
            waiting.poll();
        }
        return published;
    }

    /** Moves all that wait, without a look at the table. */
    void drainTo(Collection<PoolTask<?>> to) {
        to.addAll(waiting);
        waiting.clear();
    }
}
