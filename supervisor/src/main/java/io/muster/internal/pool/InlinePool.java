package io.muster.internal.pool;

import io.muster.WorkerInfo;
import io.muster.child.task.TaskRunner;
import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final int CALLBACK_THREADS = 8;
    /** How soon {@link #terminate} by another thread is seen. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PoolConfig config;
    private final ObjectCodec codec;
    private final ThreadPoolExecutor threads;
    private final ExecutorService callbacks;
    private final Delivery delivery;
    private final Map<PoolTask<?>, Run> open = new ConcurrentHashMap<>();
    private final LongAdder tasksEnded = new LongAdder();
    private final LongAdder busyNanos = new LongAdder();
    private final Set<MapJob<?>> jobs = new HashSet<>();
    private boolean shutdown;
    private boolean stopped;
    private volatile boolean terminated;

    InlinePool(PoolConfig config) {
        this(config, ObjectCodec.builder().classLoader(config.classLoader()).build());
    }

    private InlinePool(PoolConfig config, ObjectCodec codec) {
        super(new TaskEncoder(codec));
        this.config = config;
        this.codec = codec;
        var count = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                config.workers(), config.workers(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    return daemon(task, "muster-" + config.workerName(count.getAndIncrement()) + "-inline");
                });
        String names = "muster-" + config.name() + "-";
        this.callbacks = CodeThreads.start(names + "callback", CALLBACK_THREADS, config.classLoader());
        this.delivery = new Delivery(
                new Outcomes(codec), Executors.newCachedThreadPool(task -> daemon(task, names + "decoder")), callbacks);
    }

    private Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setContextClassLoader(config.classLoader());
        thread.setDaemon(true);
        return thread;
    }

    /** One task on its way through a thread. */
    private final class Run implements Runnable {
        private final PoolTask<?> task;
        private final byte[] encoded;
        private Thread runner;

        Run(PoolTask<?> task, byte[] encoded) {
            this.task = task;
            this.encoded = encoded;
        }

        @Override
        public void run() {
            try {
                if (!task.isDone()) {
                    runTask();
                }
            } finally {
                open.remove(task);
            }
        }

        private void runTask() {
            long begin = System.nanoTime();
            var out = new CodecOutput();
            setRunner(Thread.currentThread());
            new TaskRunner(codec).run(new CodecInput(encoded), out);
            setRunner(null);
            Thread.interrupted(); // the next task must not meet this one's interrupt
            busyNanos.add(System.nanoTime() - begin);
            tasksEnded.increment();
            if (!task.isDone()) {
                delivery.outcome(task, out.toByteArray());
            }
        }

        private synchronized void setRunner(Thread thread) {
            runner = thread;
        }

        /** Under the monitor, so that it cannot hit what the thread runs next. */
        synchronized void interrupt() {
            if (runner != null) {
                runner.interrupt();
            }
        }
    }

    @Override
    void submit(PoolTask<?> task, CodecOutput encoded) {
        Transfer handles = encoder().takeHandles();
        if (handles != null) {
            task.keep(handles);
        }
        var run = new Run(task, encoded.toByteArray());
        synchronized (jobs) {
            if (stopped || shutdown && !task.isPart()) {
                throw refusal();
            }
            open.put(task, run);
            threads.execute(run);
        }
    }

    private static RejectedExecutionException refusal() {
        return new RejectedExecutionException("the pool was shut down; it takes no more tasks");
    }

    @Override
    void beginJob(MapJob<?> job) {
        synchronized (jobs) {
            if (shutdown) {
                throw refusal();
            }
            jobs.add(job);
        }
    }

    @Override
    void endJob(MapJob<?> job) {
        synchronized (jobs) {
            jobs.remove(job);
            endIfEmpty();
        }
    }

    private void endIfEmpty() {
        if (shutdown && jobs.isEmpty()) {
            threads.shutdown();
        }
    }

    @Override
    <R> R call(PoolTask<R> task, CodecOutput encoded) throws ExecutionException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
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
    Delivery delivery() {
        return delivery;
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
        return (int) threads.getQueue().stream()
                .filter(run -> !((Run) run).task.isDone())
                .count();
    }

    @Override
    public void shutdown() {
        synchronized (jobs) {
            shutdown = true;
            endIfEmpty();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        var waiting = new ArrayList<Runnable>();
        synchronized (jobs) {
            stopped = true;
            jobs.forEach(MapJob::cancel);
            threads.getQueue().drainTo(waiting);
        }
        var never = new ArrayList<Runnable>();
        for (Runnable run : waiting) {
            PoolTask<?> task = ((Run) run).task;
            open.remove(task);
            Runnable runnable = task.asRunnable();
            if (task.completeCancelled() && !task.isPart()) {
                never.add(runnable);
            }
        }
        open.keySet().forEach(task -> task.cancel(true));
        return never;
    }

    /** Threads cannot be killed: they are interrupted, and no longer waited for. */
    @Override
    public void terminate() {
        shutdownNow();
        terminated = true;
    }

    @Override
    public boolean isShutdown() {
        synchronized (jobs) {
            return shutdown;
        }
    }

    @Override
    public boolean isTerminated() {
        return terminated || threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(unit.toNanos(timeout), Long.MAX_VALUE / 2);
        while (!terminated) {
            long left = deadline - System.nanoTime();
            if (threads.awaitTermination(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS)) {
                return delivery.awaitAll(() -> terminated || deadline - System.nanoTime() <= 0) || terminated;
            }
            if (left <= 0) {
                return false;
            }
        }
        return true;
    }
}
