package io.muster.internal.pool;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.ipc.codec.CodecOutput;
import io.muster.remote.RemoteBiFunction;
import io.muster.remote.RemoteCallable;
import io.muster.remote.RemoteFunction;
import io.muster.remote.RemoteRunnable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** What every pool does alike: each of the many ways to submit a task becomes one encoded task and one future. */
abstract class AbstractProcessPool implements ProcessPool, TaskOwner {
    private final TaskEncoder encoder;

    AbstractProcessPool(TaskEncoder encoder) {
        this.encoder = encoder;
    }

    TaskEncoder encoder() {
        return encoder;
    }

    /** Takes an encoded task in; the bytes may be overwritten as soon as this returns. */
    abstract void submit(PoolTask<?> task, CodecOutput encoded);

    /** Takes an encoded task in and waits for its value; throws what it threw, or ExecutionException around that. */
    abstract <R> R call(PoolTask<R> task, CodecOutput encoded) throws ExecutionException, InterruptedException;

    /**
     * Accepts a job, whose parts may then be submitted until {@link #endJob}, also after {@code shutdown}.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the pool was shut down
     */
    abstract void beginJob(MapJob<?> job);

    abstract void endJob(MapJob<?> job);

    abstract String name();

    abstract Delivery delivery();

    /** Where callbacks run. */
    abstract Executor callbacks();

    // ---- apply ----

    @Override
    public <R> R apply(RemoteCallable<? extends R> task) throws InterruptedException {
        Objects.requireNonNull(task, "task");
        return callAndUnwrap(task, encoder.call(task));
    }

    @Override
    public <A, R> R apply(RemoteFunction<? super A, ? extends R> function, A argument) throws InterruptedException {
        Objects.requireNonNull(function, "function");
        return callAndUnwrap(function, encoder.apply(function, argument));
    }

    @Override
    public <A, B, R> R apply(RemoteBiFunction<? super A, ? super B, ? extends R> function, A first, B second)
            throws InterruptedException {
        Objects.requireNonNull(function, "function");
        return callAndUnwrap(function, encoder.applyTwo(function, first, second));
    }

    private <R> R callAndUnwrap(Object function, CodecOutput encoded) throws InterruptedException {
        var task = new PoolTask<R>(this, function, encoded.position());
        try {
            return call(task, encoded);
        } catch (ExecutionException e) {
            throw Thrown.here(e.getCause(), task.describe());
        }
    }

    // ---- applyAsync ----

    @Override
    public <R> TaskFuture<R> applyAsync(RemoteCallable<? extends R> task) {
        Objects.requireNonNull(task, "task");
        return enqueue(task, encoder.call(task));
    }

    @Override
    public <A, R> TaskFuture<R> applyAsync(RemoteFunction<? super A, ? extends R> function, A argument) {
        Objects.requireNonNull(function, "function");
        return enqueue(function, encoder.apply(function, argument));
    }

    @Override
    public <A, B, R> TaskFuture<R> applyAsync(
            RemoteBiFunction<? super A, ? super B, ? extends R> function, A first, B second) {
        Objects.requireNonNull(function, "function");
        return enqueue(function, encoder.applyTwo(function, first, second));
    }

    @Override
    public <R> TaskFuture<R> applyAsync(
            RemoteCallable<? extends R> task, Consumer<? super R> onSuccess, Consumer<? super Throwable> onError) {
        Objects.requireNonNull(onSuccess, "onSuccess");
        Objects.requireNonNull(onError, "onError");
        return withCallbacks(this.<R>applyAsync(task), onSuccess, onError);
    }

    @Override
    public <A, R> TaskFuture<R> applyAsync(
            RemoteFunction<? super A, ? extends R> function,
            A argument,
            Consumer<? super R> onSuccess,
            Consumer<? super Throwable> onError) {
        Objects.requireNonNull(onSuccess, "onSuccess");
        Objects.requireNonNull(onError, "onError");
        return withCallbacks(this.<A, R>applyAsync(function, argument), onSuccess, onError);
    }

    private <R> TaskFuture<R> enqueue(Object function, CodecOutput encoded) {
        var task = new PoolTask<R>(this, function, encoded.position());
        submit(task, encoded);
        return task;
    }

    private <R> TaskFuture<R> withCallbacks(
            TaskFuture<R> future, Consumer<? super R> onSuccess, Consumer<? super Throwable> onError) {
        future.whenCompleteAsync(
                (value, thrown) -> {
                    if (thrown == null) {
                        Callbacks.call(onSuccess, value);
                    } else {
                        Callbacks.call(onError, thrown);
                    }
                },
                callbacks());
        return future;
    }

    // ---- map ----

    @Override
    public <A, R> List<R> map(RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items)
            throws InterruptedException {
        return map(function, items, 0, "items");
    }

    @Override
    public <A, R> List<R> map(
            RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items, int chunkSize)
            throws InterruptedException {
        return map(function, items, checkChunkSize(chunkSize), "items");
    }

    private <A, R> List<R> map(
            RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items, int chunkSize, String what)
            throws InterruptedException {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(items, what);
        return new MapJob<R>(this, function, new ArrayList<>(items), null, chunkSize).run();
    }

    @Override
    public <A, R> TaskFuture<List<R>> mapAsync(
            RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(items, "items");
        return MapJob.start(new MapJob<R>(this, function, new ArrayList<>(items), null, 0));
    }

    @Override
    public <A, R> TaskFuture<List<R>> mapAsync(
            RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items, int chunkSize) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(items, "items");
        return MapJob.start(new MapJob<R>(this, function, new ArrayList<>(items), null, checkChunkSize(chunkSize)));
    }

    @Override
    public <A, B, R> List<R> starMap(
            RemoteBiFunction<? super A, ? super B, ? extends R> function,
            Collection<? extends Map.Entry<? extends A, ? extends B>> pairs)
            throws InterruptedException {
        return this.<A, B, R>starMapJob(function, pairs).run();
    }

    @Override
    public <A, B, R> TaskFuture<List<R>> starMapAsync(
            RemoteBiFunction<? super A, ? super B, ? extends R> function,
            Collection<? extends Map.Entry<? extends A, ? extends B>> pairs) {
        return MapJob.start(this.<A, B, R>starMapJob(function, pairs));
    }

    private <A, B, R> MapJob<R> starMapJob(
            RemoteBiFunction<? super A, ? super B, ? extends R> function,
            Collection<? extends Map.Entry<? extends A, ? extends B>> pairs) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(pairs, "pairs");
        var firsts = new ArrayList<Object>(pairs.size());
        var seconds = new ArrayList<Object>(pairs.size());
        for (Map.Entry<? extends A, ? extends B> pair : pairs) {
            firsts.add(pair.getKey());
            seconds.add(pair.getValue());
        }
        return new MapJob<>(this, function, firsts, seconds, 0);
    }

    /** One chunk of a map, encoded. */
    final CodecOutput encodeChunk(Object function, List<?> firsts, List<?> seconds) {
        return seconds == null ? encoder.map(function, firsts) : encoder.starMap(function, firsts, seconds);
    }

    /** One item of a map, encoded as a call of its own. */
    final CodecOutput encodeItem(Object function, Object first, Object second, boolean hasTwo) {
        return hasTwo ? encoder.applyTwo(function, first, second) : encoder.apply(function, first);
    }

    private static int checkChunkSize(int chunkSize) {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("chunkSize " + chunkSize + " < 1");
        }
        return chunkSize;
    }

    // ---- ExecutorService ----

    @Override
    public <R> TaskFuture<R> submit(RemoteCallable<R> task) {
        return applyAsync(task);
    }

    @Override
    public TaskFuture<Void> submit(RemoteRunnable task) {
        Objects.requireNonNull(task, "task");
        return enqueue(task, encoder.call(task));
    }

    @Override
    public <R> TaskFuture<R> submit(Callable<R> task) {
        Objects.requireNonNull(task, "task");
        return enqueue(task, encoder.call(task));
    }

    @Override
    public TaskFuture<?> submit(Runnable task) {
        Objects.requireNonNull(task, "task");
        return enqueue(task, encoder.call(task));
    }

    @Override
    public <R> TaskFuture<R> submit(Runnable task, R result) {
        Objects.requireNonNull(task, "task");
        CodecOutput encoded = encoder.call(task);
        var future = new PoolTask<R>(this, task, encoded.position()) {
            @Override
            public boolean complete(R nothing) {
                return super.complete(result); // this very object, as the contract says: it does not travel
            }
        };
        submit(future, encoded);
        return future;
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        TaskFuture<Object> future = enqueue(task, encoder.call(task));
        future.whenCompleteAsync((value, thrown) -> Callbacks.reportUncaught(task, thrown), callbacks());
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        return Invocations.all(tasks, this::submit, Invocations.FOR_EVER_NANOS);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return Invocations.all(tasks, this::submit, unit.toNanos(timeout));
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try {
            return Invocations.any(tasks, this::submit, Invocations.FOR_EVER_NANOS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Invocations.any(tasks, this::submit, unit.toNanos(timeout));
    }

    @Override
    public void close() {
        shutdown();
        boolean interrupted = false;
        while (true) {
            try {
                if (awaitTermination(1, TimeUnit.DAYS)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
                terminate();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
