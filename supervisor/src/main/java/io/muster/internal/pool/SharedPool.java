package io.muster.internal.pool;

import io.muster.WorkerInfo;
import io.muster.child.task.BlobWriter;
import io.muster.child.task.PoolFiles;
import io.muster.child.task.ShapeLog;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Transfer;
import io.muster.ipc.memory.SessionDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A pool whose workers are processes and whose tasks travel through a {@link TaskTable}.
 *
 * <p>Threads of its own: the {@link Collector}, the {@link WorkerKeeper}, and two small groups that run users' code, one
 * for decoding results and one for callbacks, so that neither can hold up the other. All are daemons: an abandoned pool
 * does not keep the JVM alive, and its workers end with it.
 */
final class SharedPool extends AbstractProcessPool {
    /** Three processes on two cores alternate in slices of some 3 ms: as deep as that many tasks (measured). */
    private static final int SLOTS = 2048;

    private static final int DECODER_THREADS = 4;
    private static final int CALLBACK_THREADS = 8;
    /** How long a pool that is terminated waits for outcomes that are there and still being decoded. */
    private static final long DELIVERY_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final PoolConfig config;
    private final TaskTable table;
    private final ShapeLog shapes;
    private final BlobWriter arguments;
    private final Window window;
    private final Collector collector;
    private final WorkerKeeper keeper;
    private final ExecutorService callbacks;
    private final Delivery delivery;
    private final Set<MapJob<?>> jobs = ConcurrentHashMap.newKeySet();
    private final DirectCalls directCalls;

    private SharedPool(PoolConfig config, PoolFiles files, TaskTable table, ShapeLog shapes, ObjectCodec codec) {
        super(new TaskEncoder(codec));
        this.config = config;
        this.table = table;
        this.shapes = shapes;
        this.arguments = new BlobWriter(files.arguments(), false);
        var outcomes = new Outcomes(codec);
        var results = new BlobReaders(files, config.workers());
        String threads = "muster-" + config.name() + "-";
        this.callbacks = CodeThreads.start(threads + "callback", CALLBACK_THREADS, config.classLoader());
        this.delivery = new Delivery(
                outcomes, CodeThreads.start(threads + "decoder", DECODER_THREADS, config.classLoader()), callbacks);
        this.window = new Window(table, arguments, results, delivery::failure);
        this.collector = new Collector(threads + "collector", table, window, delivery, config.workers());
        this.keeper = new WorkerKeeper(config, files, table, window, results, collector, delivery, this::cleanUp);
        this.directCalls = new DirectCalls(table, window, outcomes);
    }

    static SharedPool start(PoolConfig config) {
        var files = new PoolFiles(SessionDirectory.current().newFile(config.fileName()));
        var table = TaskTable.create(files.table(), SLOTS, config.workers());
        SharedPool pool;
        try {
            pool = start(config, files, table, ShapeLog.create(files.shapes()));
        } catch (RuntimeException e) {
            table.unlink();
            throw e;
        }
        return pool;
    }

    private static SharedPool start(PoolConfig config, PoolFiles files, TaskTable table, ShapeLog shapes) {
        var codec = ObjectCodec.builder()
                .classLoader(config.classLoader())
                .dictionary(shapes)
                .build();
        var pool = new SharedPool(config, files, table, shapes, codec);
        pool.collector.start();
        var thread = new Thread(pool.keeper, "muster-" + config.name() + "-keeper");
        thread.setDaemon(true);
        thread.start();
        return pool;
    }

    // ---- tasks ----

    @Override
    void submit(PoolTask<?> task, CodecOutput encoded) {
        Transfer handles = encoder().takeHandles();
        if (handles == null) {
            window.submit(task, encoded);
        } else {
            submit(task, encoded, handles);
        }
    }

    private void submit(PoolTask<?> task, CodecOutput encoded, Transfer handles) {
        boolean submitted = false;
        task.keep(handles);
        try {
            window.submit(task, encoded);
            submitted = true;
        } finally {
            if (!submitted) {
                handles.end();
            }
        }
    }

    @Override
    <R> R call(PoolTask<R> task, CodecOutput encoded) throws ExecutionException, InterruptedException {
        Transfer handles = encoder().takeHandles();
        if (handles == null) {
            return directCalls.call(task, encoded);
        }
        try {
            return directCalls.call(task, encoded);
        } finally {
            handles.end();
        }
    }

    @Override
    public boolean cancel(PoolTask<?> task, boolean stopIfRunning) {
        long owner = window.recall().cancel(task, stopIfRunning);
        if (owner == Recall.TOO_LATE) {
            if (!task.isDone()) {
                collector.handOver(task); // its worker may be stopped, and never tell
            }
            return false;
        }
        // The outcome is settled before the signal is sent, so the signal can hit no other task.
        boolean cancelled = task.completeCancelled();
        if (owner != Recall.NOBODY) {
            keeper.kill(owner);
        }
        return cancelled;
    }

    @Override
    void beginJob(MapJob<?> job) {
        window.beginJob();
        jobs.add(job);
    }

    @Override
    void endJob(MapJob<?> job) {
        jobs.remove(job);
        window.endJob();
    }

    @Override
    Delivery delivery() {
        return delivery;
    }

    @Override
    Executor callbacks() {
        return callbacks;
    }

    // ---- what it is ----

    @Override
    String name() {
        return config.name();
    }

    @Override
    public int size() {
        return config.workers();
    }

    @Override
    public List<WorkerInfo> workers() {
        return keeper.workers();
    }

    @Override
    public int waitingTasks() {
        return window.waiting();
    }

    // ---- the end ----

    @Override
    public void shutdown() {
        window.shutdown(keeper::tasksAreDone);
    }

    @Override
    public List<Runnable> shutdownNow() {
        var never = new ArrayList<Runnable>();
        shutdown();
        for (PoolTask<?> task : window.recall().stop()) {
            Runnable runnable = task.asRunnable();
            if (task.completeCancelled() && !task.isPart()) {
                never.add(runnable);
            }
        }
        jobs.forEach(MapJob::cancel);
        for (PoolTask<?> task : window.recall().inTable()) {
            task.cancel(true);
        }
        return Collections.unmodifiableList(never);
    }

    @Override
    public void terminate() {
        shutdownNow();
        keeper.killAll();
        keeper.awaitEndUninterruptibly();
    }

    @Override
    public boolean isShutdown() {
        return window.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return keeper.hasEnded();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return keeper.awaitEnd(timeout, unit);
    }

    /** The last worker has ended. What it left is delivered before the pool counts as ended; users' stages may go on. */
    private void cleanUp() {
        long begin = System.nanoTime();
        BooleanSupplier givenUp = () -> keeper.isKilling() && System.nanoTime() - begin > DELIVERY_GRACE_NANOS;
        collector.stop(givenUp);
        delivery.awaitAll(givenUp);
        table.close();
        table.unlink();
        shapes.close();
        shapes.unlink();
        arguments.close();
    }

    @Override
    public String toString() {
        return "ProcessPool " + config.name() + " (" + config.workers() + " workers, " + waitingTasks() + " waiting)";
    }
}
