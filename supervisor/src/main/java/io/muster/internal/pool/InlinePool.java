package io.muster.internal.pool;

import io.muster.WorkerInfo;
import io.muster.child.task.TaskRunner;
import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The pool's twin for debugging: the same tasks, encoded and decoded the same way, on threads of this JVM. Breakpoints,
 * coverage and profilers see them at once; what cannot travel is refused just the same. What needs processes is not
 * here: a task that will not stop is interrupted, not killed.
 */
final class InlinePool extends AbstractProcessPool {
    private final PoolConfig config;
    private final ObjectCodec codec;
    private final Outcomes outcomes;
    private final ThreadPoolExecutor threads;
    private final ExecutorService callbacks;
    private final Map<PoolTask<?>, Run> open = new ConcurrentHashMap<>();
    private final LongAdder tasksEnded = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();

    InlinePool(PoolConfig config) {
        this(config, ObjectCodec.builder().classLoader(config.classLoader()).build());
    }

    private InlinePool(PoolConfig config, ObjectCodec codec) {
        super(new TaskEncoder(codec));
        this.config = config;
        this.codec = codec;
        this.outcomes = new Outcomes(codec);
        var count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                config.workers(), config.workers(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    var thread = new Thread(task, "muster-" + config.workerName(count.getAndIncrement()) + "-inline");
                    thread.setContextClassLoader(config.classLoader());
                    thread.setDaemon(true);
                    return thread;
                });
        this.callbacks = Callbacks.threads("muster-" + config.name() + "-callback", config.workers());
    }

    /** One task on its way through a thread. */
    private final class Run implements Runnable {
        private final PoolTask<?> task;
        private final byte[] encoded;
        private volatile Thread runner;

        Run(PoolTask<?> task, byte[] encoded) {
            this.task = task;
            this.encoded = encoded;
        }

        @Override
        public void run() {
            if (!task.isDone()) {
                runner = Thread.currentThread();
                long begin = System.nanoTime();
                var out = new CodecOutput();
                new TaskRunner(codec).run(new CodecInput(encoded), out);
                runner = null;
                Thread.interrupted(); // the next task must not meet this one's interrupt
                busyNanos.add(System.nanoTime() - begin);
                tasksEnded.increment();
                outcomes.complete(task, out.toByteArray());
            }
            open.remove(task);
        }

        void interrupt() {
            Thread thread = runner;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    @Override
    void submit(PoolTask<?> task, CodecOutput encoded) {
        var run = new Run(task, encoded.toByteArray());
        open.put(task, run);
        try {
            threads.execute(run);
        } catch (RejectedExecutionException e) {
            open.remove(task);
            throw new RejectedExecutionException("the pool was shut down; it takes no more tasks", e);
        }
    }

    @Override
    <R> R call(PoolTask<R> task, CodecOutput encoded) throws ExecutionException, InterruptedException {
        submit(task, encoded);
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            throw e;
        }
    }

    @Override
    public boolean cancel(PoolTask<?> task, boolean stopIfRunning) {
        Run run = open.get(task);
        boolean cancelled = task.completeCancelled();
        if (cancelled && stopIfRunning && run != null) {
            run.interrupt();
        }
        return cancelled;
    }

    @Override
    String name() {
        return config.name();
    }

    @Override
    Executor callbacks() {
        return callbacks;
    }

    @Override
    public int size() {
        return config.workers();
    }

    /** All of it as one worker, which is this process. */
    @Override
    public List<WorkerInfo> workers() {
        return List.of(new WorkerInfo(
                config.name() + "-inline",
                ProcessHandle.current().pid(),
                1,
                isTerminated() ? WorkerInfo.State.GONE : WorkerInfo.State.UP,
                tasksEnded.sum(),
                Duration.ofNanos(busyNanos.sum())));
    }

    @Override
    public int waitingTasks() {
        return threads.getQueue().size();
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        var never = new ArrayList<Runnable>();
        for (Runnable waiting : threads.shutdownNow()) {
            PoolTask<?> task = ((Run) waiting).task;
            task.completeCancelled();
            never.add(task.asRunnable());
        }
        open.keySet().forEach(task -> task.cancel(true));
        return never;
    }

    /** Threads cannot be killed: they are interrupted, and no longer waited for. */
    @Override
    public void terminate() {
        shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
