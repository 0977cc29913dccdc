package io.muster.internal.pool;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Completes futures on threads where users' code harms nobody: what needs it for being decoded goes to the decoders, and
 * futures with stages attached are completed by the callbacks' threads. Thread-safe.
 */
final class Delivery {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Outcomes outcomes;
    private final Executor decoders;
    private final Executor callbacks;
    /** What waits in one of the two queues. */
    private final Set<CompletableFuture<?>> underway = ConcurrentHashMap.newKeySet();

    Delivery(Outcomes outcomes, Executor decoders, Executor callbacks) {
        this.outcomes = outcomes;
        this.decoders = decoders;
        this.callbacks = callbacks;
    }

    /** Whether this outcome could be delivered by a thread of the pool's own; a stage may still be attached meanwhile. */
    static boolean isQuick(PoolTask<?> task, byte[] outcome) {
        return Outcomes.isSelfContained(outcome) && !hasStages(task);
    }

    /** Completes a task right here. */
    void completeHere(PoolTask<?> task, byte[] outcome) {
        outcomes.complete(task, outcome);
    }

    /** Completes a task with its outcome on another thread. */
    <T> void outcome(PoolTask<T> task, byte[] outcome) {
        if (hasStages(task) && Outcomes.isSelfContained(outcome)) {
            handOver(task, callbacks, () -> outcomes.complete(task, outcome));
        } else {
            handOver(task, decoders, () -> complete(task, outcomes.completion(task, outcome)));
        }
    }

    private void complete(PoolTask<?> task, Runnable completion) {
        if (hasStages(task)) {
            handOver(task, callbacks, completion);
        } else {
            completion.run();
        }
    }

    private static boolean hasStages(PoolTask<?> task) {
        return task.getNumberOfDependents() > 0;
    }

    /** Has a decoder do something that ends in the task's completion, such as reading its outcome. */
    void onDecoder(PoolTask<?> task, Runnable work) {
        handOver(task, decoders, work);
    }

    /** Completes a task exceptionally on another thread; may be called under a lock. */
    void failure(PoolTask<?> task, Throwable thrown) {
        handOver(task, hasStages(task) ? callbacks : decoders, () -> task.completeExceptionally(thrown));
    }

    /** Waits until every future that was handed over is done; its stages may still run. False: given up. */
    boolean awaitAll(BooleanSupplier givenUp) {
        for (CompletableFuture<?> future : underway) {
            while (!future.isDone()) {
                if (givenUp.getAsBoolean()) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        return true;
    }

    /** Completes any future of the pool's on a thread for callbacks. */
    void complete(CompletableFuture<?> future, Runnable completion) {
        handOver(future, callbacks, completion);
    }

    private void handOver(CompletableFuture<?> future, Executor executor, Runnable work) {
        underway.add(future);
        Runnable last = () -> {
            try {
                work.run();
            } catch (Throwable unexpected) {
                future.completeExceptionally(unexpected);
            } finally {
                if (future.isDone()) {
                    underway.remove(future);
                }
            }
        };
        try {
            executor.execute(last);
        } catch (RejectedExecutionException noThread) {
            // Better here than never.
            last.run();
        }
    }
}
