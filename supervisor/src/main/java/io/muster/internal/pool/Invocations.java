package io.muster.internal.pool;

import io.muster.TaskFuture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** {@code invokeAll} and {@code invokeAny}, by the contract of {@link java.util.concurrent.ExecutorService}. */
final class Invocations {
    /** Longer than any program runs, and far from overflow when added to a clock. */
    static final long FOR_EVER_NANOS = Long.MAX_VALUE / 2;

    private Invocations() {}

    static <T> List<Future<T>> all(
            Collection<? extends Callable<T>> tasks, Function<Callable<T>, TaskFuture<T>> submit, long timeoutNanos)
            throws InterruptedException {
        long start = System.nanoTime();
        var futures = new ArrayList<Future<T>>(tasks.size());
        try {
            for (Callable<T> task : tasks) {
                futures.add(submit.apply(task));
            }
            for (Future<T> future : futures) {
                awaitEnd(future, timeoutNanos - (System.nanoTime() - start));
            }
            return futures;
        } catch (TimeoutException e) {
            return futures;
        } finally {
            cancel(futures);
        }
    }

    private static void awaitEnd(Future<?> future, long nanos) throws InterruptedException, TimeoutException {
        try {
            future.get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException ended) {
            // Failed is ended too: the caller looks at the future.
        }
    }

    static <T> T any(
            Collection<? extends Callable<T>> tasks, Function<Callable<T>, TaskFuture<T>> submit, long timeoutNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny of no tasks");
        }
        long start = System.nanoTime();
        var futures = new ArrayList<TaskFuture<T>>(tasks.size());
        var ended = new LinkedBlockingQueue<TaskFuture<T>>();
        try {
            for (Callable<T> task : tasks) {
                TaskFuture<T> future = submit.apply(task);
                futures.add(future);
                future.whenComplete((value, thrown) -> ended.add(future));
            }
            ExecutionException last = null;
            for (int i = 0; i < futures.size(); i++) {
                TaskFuture<T> next = ended.poll(timeoutNanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new TimeoutException("none of " + tasks.size() + " tasks succeeded in time");
                }
                try {
                    return next.get();
                } catch (ExecutionException e) {
                    last = e;
                } catch (CancellationException e) {
                    last = new ExecutionException(e);
                }
            }
            throw last;
        } finally {
            cancel(futures);
        }
    }

    private static void cancel(List<? extends Future<?>> futures) {
        for (Future<?> future : futures) {
            future.cancel(true);
        }
    }
}
