package io.muster;

import io.muster.internal.pool.PoolBuilder;
import io.muster.remote.RemoteBiFunction;
import io.muster.remote.RemoteCallable;
import io.muster.remote.RemoteFunction;
import io.muster.remote.RemoteRunnable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * An {@link ExecutorService} whose threads are processes: every task runs in one of a fixed number of child JVMs, the
 * workers. What a task needs is copied to its worker and its result is copied back.
 *
 * <pre>{@code
 * try (var pool = ProcessPool.workers(4)) {
 *     int n = pool.apply(Words::count, path);
 *     TaskFuture<Integer> later = pool.applyAsync(Words::count, path);
 *     List<Integer> all = pool.map(Words::count, paths);
 * }
 * }</pre>
 *
 * <p><b>What travels.</b> Functions are lambdas, method references or objects that are {@link java.io.Serializable};
 * arguments and results are values. What cannot travel is refused at the call with a {@link TaskSerializationException}
 * that says what it is and what to do instead. Static fields, monitors and object identity are each process's own.
 *
 * <p><b>Exceptions.</b> What a task throws arrives with the frames of the worker. {@code apply}, {@code map} and {@code
 * starMap} throw an unchecked exception as its own type and a checked one as the cause of a {@link TaskFailedException};
 * futures complete with the exception itself. One whose class cannot travel arrives as a {@link RemoteException}.
 *
 * <p><b>Death.</b> A worker that is killed, exits or runs out of heap fails only the task that it was running, with a {@link
 * WorkerDiedException} that says why, and is replaced; a task that it had taken but not begun runs elsewhere. If the parent
 * dies, the workers halt. If workers cannot be started, the pool breaks: waiting tasks fail, and so does every later
 * call, with a {@link PoolBrokenException}.
 *
 * <p><b>Threads.</b> Any number of threads may use a pool at once, virtual ones too. Callbacks run on threads of the pool's
 * own and may block; what they throw is logged and harms nothing.
 *
 * <p><b>Memory.</b> A worker's heap, unless given, is its share of what the machine or container has left beside this JVM and
 * its other children; see {@link ChildProcess}. Tasks that wait keep their encoded arguments in this JVM's heap.
 */
public interface ProcessPool extends ExecutorService, AutoCloseable {
    /** A pool of as many workers as this process may use processors. */
    static ProcessPool create() {
        return builder().start();
    }

    /**
     * A pool of {@code count} workers. They start at once, side by side; tasks may be submitted right away.
     *
     * @throws IllegalArgumentException if {@code count} is not in 1..4096
     */
    static ProcessPool workers(int count) {
        return builder().workers(count).start();
    }

    /** For all other settings. */
    static Builder builder() {
        return new PoolBuilder();
    }

    /**
     * Calls a task in a worker and waits for its result.
     *
     * @return what the task returned
     * @throws TaskFailedException if the task threw a checked exception, which is its cause; unchecked ones are thrown as
     *     they are
     * @throws WorkerDiedException if the worker ended while it ran the task
     * @throws TaskSerializationException if the task or its result cannot travel
     * @throws java.util.concurrent.RejectedExecutionException if the pool was shut down
     * @throws InterruptedException if this thread is interrupted; the task is then cancelled as by {@code
     *     TaskFuture.cancel(true)}
     */
    <R> R apply(RemoteCallable<? extends R> task) throws InterruptedException;

    /** Calls {@code function} with {@code argument} in a worker and waits; see {@link #apply(RemoteCallable)}. */
    <A, R> R apply(RemoteFunction<? super A, ? extends R> function, A argument) throws InterruptedException;

    /** Calls {@code function} with two arguments in a worker and waits; see {@link #apply(RemoteCallable)}. */
    <A, B, R> R apply(RemoteBiFunction<? super A, ? super B, ? extends R> function, A first, B second)
            throws InterruptedException;

    /** Has a worker call {@code task}; returns at once. Refusals are thrown here, everything later is the future's. */
    <R> TaskFuture<R> applyAsync(RemoteCallable<? extends R> task);

    /** Has a worker call {@code function} with {@code argument}; see {@link #applyAsync(RemoteCallable)}. */
    <A, R> TaskFuture<R> applyAsync(RemoteFunction<? super A, ? extends R> function, A argument);

    /** Has a worker call {@code function} with two arguments; see {@link #applyAsync(RemoteCallable)}. */
    <A, B, R> TaskFuture<R> applyAsync(RemoteBiFunction<? super A, ? super B, ? extends R> function, A first, B second);

    /**
     * Like {@link #applyAsync(RemoteCallable)}, and calls exactly one of two callbacks on a thread of the pool's own, after
     * the future has completed.
     *
     * @param onSuccess receives the result
     * @param onError receives what the future failed with, a {@link java.util.concurrent.CancellationException} included
     */
    <R> TaskFuture<R> applyAsync(
            RemoteCallable<? extends R> task, Consumer<? super R> onSuccess, Consumer<? super Throwable> onError);

    /** Like {@link #applyAsync(RemoteFunction, Object)} with callbacks. */
    <A, R> TaskFuture<R> applyAsync(
            RemoteFunction<? super A, ? extends R> function,
            A argument,
            Consumer<? super R> onSuccess,
            Consumer<? super Throwable> onError);

    /**
     * Calls {@code function} with each item, in the workers, and waits for all. Items are sent in chunks, several to a task;
     * the pool chooses how many.
     *
     * <p>If a call fails, {@code map} throws as soon as that is known what {@link #apply(RemoteCallable)} would, with a
     * {@link FailedItemException} among the suppressed exceptions that says which input it was. What has not begun by then
     * is cancelled.
     *
     * @return the results, in the order of the items
     * @throws InterruptedException if this thread is interrupted; everything that is left is cancelled
     */
    <A, R> List<R> map(RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items)
            throws InterruptedException;

    /**
     * {@link #map(RemoteFunction, Collection)} with a given number of items to a task.
     *
     * @param chunkSize at least 1; a worker's death costs the items of its chunk
     */
    <A, R> List<R> map(RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items, int chunkSize)
            throws InterruptedException;

    /**
     * {@link #map(RemoteFunction, Collection)} without waiting. Cancelling the future cancels what is left.
     *
     * <p>The function and the items are encoded while the map goes on, as workers become free, and not before this returns: do not
     * change them, or close handles that they hold, until the future is done.
     */
    <A, R> TaskFuture<List<R>> mapAsync(RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items);

    /** {@link #map(RemoteFunction, Collection, int)} without waiting. */
    <A, R> TaskFuture<List<R>> mapAsync(
            RemoteFunction<? super A, ? extends R> function, Collection<? extends A> items, int chunkSize);

    /** {@link #map(RemoteFunction, Collection)} for functions of two arguments: a pair's key and value. */
    <A, B, R> List<R> starMap(
            RemoteBiFunction<? super A, ? super B, ? extends R> function,
            Collection<? extends Map.Entry<? extends A, ? extends B>> pairs)
            throws InterruptedException;

    /** {@link #starMap} without waiting. */
    <A, B, R> TaskFuture<List<R>> starMapAsync(
            RemoteBiFunction<? super A, ? super B, ? extends R> function,
            Collection<? extends Map.Entry<? extends A, ? extends B>> pairs);

    /** {@link #applyAsync(RemoteCallable)}; chosen for lambdas over the {@link ExecutorService} method. */
    <R> TaskFuture<R> submit(RemoteCallable<R> task);

    /** Has a worker run {@code task}; chosen for lambdas over the {@link ExecutorService} method. */
    TaskFuture<Void> submit(RemoteRunnable task);

    /** {@inheritDoc} The task must be {@link java.io.Serializable}. */
    @Override
    <R> TaskFuture<R> submit(Callable<R> task);

    /** {@inheritDoc} The task must be {@link java.io.Serializable}. */
    @Override
    TaskFuture<?> submit(Runnable task);

    /** {@inheritDoc} The task must be {@link java.io.Serializable}. */
    @Override
    <R> TaskFuture<R> submit(Runnable task, R result);

    /** How many workers this pool keeps. */
    int size();

    /** What the workers are and do now, by name. A snapshot. */
    List<WorkerInfo> workers();

    /** How many tasks have been submitted and have not begun; an estimate while others submit. */
    int waitingTasks();

    /**
     * Ends the pool now: running tasks are stopped by killing their workers, waiting ones are cancelled, and all futures
     * complete with a {@link java.util.concurrent.CancellationException}. Returns when the workers are gone, in bounded
     * time.
     */
    void terminate();

    /**
     * Takes no more tasks, waits for those that were submitted, then ends the workers. If this thread is interrupted
     * meanwhile, goes on as {@link #terminate}, and keeps the interrupt flag.
     */
    @Override
    void close();

    /** Collects a pool's settings; nothing starts before {@link #start}. */
    interface Builder {
        /** How many workers, 1..4096. Default: the processors this process may use. */
        Builder workers(int count);

        /** The pool's name, which its workers' names begin with. Default: {@code pool-1} and so on. */
        Builder name(String name);

        /** Each worker's maximum heap, as in {@code -Xmx}: {@code "256m"}, {@code "2g"}. */
        Builder heap(String size);

        /** More JVM arguments for the workers. */
        Builder jvmArgs(String... args);

        /**
         * Whether the workers get the flags that {@link io.muster.ipc.journal.Topic} and
         * {@link io.muster.ipc.journal.WorkQueue} need. Default: only if this JVM has them.
         */
        Builder journal(boolean uses);

        /** A system property of the workers. */
        Builder systemProperty(String key, String value);

        /** An environment variable of the workers. */
        Builder environment(String key, String value);

        /** The class path of the workers, in place of what is found from this JVM. */
        Builder classPath(List<String> entries);

        /** Home of another JDK for the workers; 17 or later. Default: this JVM's. */
        Builder javaHome(Path home);

        /** What happens to the workers' standard output and error. Default: they are inherited. */
        Builder output(ChildOutput output);

        /** Starts the workers, without waiting for them. */
        ProcessPool start();
    }
}
