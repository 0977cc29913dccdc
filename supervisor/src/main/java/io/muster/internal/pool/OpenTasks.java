package io.muster.internal.pool;

import io.muster.PoolBrokenException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The pool's door: who may still come in, and how many are inside. Everything here under the {@link Window}'s lock.
 *
 * <p>A task is <em>open</em> from its submission until its slot is free again: a cancelled one whose worker has yet to die
 * is open, though its future is not. A job counts as an open task too, from its acceptance to its end.
 */
final class OpenTasks {
    private long count;
    private long openedEver;
    private boolean shutdown;
    private boolean stopped;
    private PoolBrokenException broken;
    private Runnable whenEmpty;

    /** @throws RejectedExecutionException if the pool takes no more tasks like this one */
    void checkFor(PoolTask<?> task) {
        checkIsWhole();
        if (stopped || shutdown && !task.isPart()) {
            throw refusal();
        }
    }

    /** @throws RejectedExecutionException if the pool was shut down */
    void checkForJob() {
        checkIsWhole();
        if (shutdown) {
            throw refusal();
        }
    }

    private void checkIsWhole() {
        if (broken != null) {
            throw new PoolBrokenException(broken.getMessage(), broken.getCause());
        }
    }

    private static RejectedExecutionException refusal() {
        return new RejectedExecutionException("the pool was shut down; it takes no more tasks");
    }

    void opened() {
        count++;
        openedEver++;
    }

    void closed() {
        count--;
        announceIfEmpty();
    }

    long openedEver() {
        return openedEver;
    }

    boolean isOne() {
        return count == 1;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** {@code itsEnd} runs once, when no task is open any more. */
    void shutdown(Runnable itsEnd) {
        if (!shutdown) {
            shutdown = true;
            whenEmpty = itsEnd;
            announceIfEmpty();
        }
    }

    private void announceIfEmpty() {
        if (count == 0 && shutdown && whenEmpty != null) {
            whenEmpty.run();
            whenEmpty = null;
        }
    }

    void refuseWith(PoolBrokenException reason) {
        broken = reason;
    }

    /** Not even parts of jobs any more. */
    void stop() {
        stopped = true;
    }

    /** Nobody will wait for those that are inside. */
    void abandon() {
        stopped = true;
        shutdown = true;
    }

    boolean isShutdown() {
        return shutdown || broken != null;
    }
}
