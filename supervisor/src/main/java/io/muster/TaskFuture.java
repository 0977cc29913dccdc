package io.muster;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * The result of a task that a {@link ProcessPool} runs, when it is there.
 *
 * <p>It completes with what the task returned, or exceptionally with what it threw (checked exceptions as they are), with a
 * {@link WorkerDiedException}, a {@link TaskSerializationException} or a {@link CancellationException}. Dependent stages
 * without an executor run on a thread of the pool's own or on the thread that adds them.
 *
 * @param <T> the result's type
 */
public abstract class TaskFuture<T> extends CompletableFuture<T> {
    /** For the pools. */
    protected TaskFuture() {}

    /**
     * Cancels the task. One that has not begun never will. One that is running is stopped, which a thread pool cannot do:
     * with {@code true} its worker is killed and replaced, no other task is touched; with {@code false} it runs to its end
     * and its result is dropped.
     *
     * @return false if the task had already ended
     */
    @Override
    public abstract boolean cancel(boolean mayInterruptIfRunning);
}
