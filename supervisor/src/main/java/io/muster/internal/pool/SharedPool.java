package io.muster.internal.pool;

import io.muster.PoolBrokenException;
import io.muster.WorkerInfo;
import io.muster.child.task.BlobWriter;
import io.muster.child.task.PoolFiles;
import io.muster.child.task.ShapeLog;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.Waiter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

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

    private static final int DECODER_THREADS = 2;
    private static final int CALLBACK_THREADS = 8;

    private final PoolConfig config;
    private final TaskTable table;
    private final ShapeLog shapes;
    private final BlobWriter arguments;
    private final Window window;
    private final BlobReaders results;
    private final Outcomes outcomes;
    private final Collector collector;
    private final WorkerKeeper keeper;
    private final ExecutorService decoders;
    private final ExecutorService callbacks;
    private final DirectCalls directCalls;

    private SharedPool(PoolConfig config, PoolFiles files, TaskTable table, ShapeLog shapes, ObjectCodec codec) {
        super(new TaskEncoder(codec));
        this.config = config;
        this.table = table;
        this.shapes = shapes;
        this.arguments = new BlobWriter(files.arguments(), false);
        this.window = new Window(table, arguments);
        this.results = new BlobReaders(files, config.workers());
        this.outcomes = new Outcomes(codec);
        this.decoders = Callbacks.threads("muster-" + config.name() + "-decoder", DECODER_THREADS);
        this.callbacks = Callbacks.threads("muster-" + config.name() + "-callback", CALLBACK_THREADS);
        this.collector =
                new Collector(table, window, results, outcomes, decoders, callbacks, Waiter.create(), config.workers());
        this.keeper = new WorkerKeeper(config, files, table, window, results, collector, callbacks, this::cleanUp);
        this.directCalls = new DirectCalls(table, window, results, outcomes);
    }

    static SharedPool start(PoolConfig config) {
        var files = new PoolFiles(SessionDirectory.current().newFile(config.name()));
        var table = TaskTable.create(files.table(), SLOTS, config.workers());
        var shapes = ShapeLog.create(files.shapes());
        var codec = ObjectCodec.builder()
                .classLoader(config.classLoader())
                .dictionary(shapes)
                .build();
        var pool = new SharedPool(config, files, table, shapes, codec);
        pool.daemon(pool.collector, "collector");
        pool.daemon(pool.keeper, "keeper");
        return pool;
    }

    private void daemon(Runnable task, String role) {
        var thread = new Thread(task, "muster-" + config.name() + "-" + role);
        thread.setDaemon(true);
        thread.start();
    }

    // ---- tasks ----

    @Override
    void submit(PoolTask<?> task, CodecOutput encoded) {
        window.submit(task, encoded);
    }

    @Override
    <R> R call(PoolTask<R> task, CodecOutput encoded) throws ExecutionException, InterruptedException {
        return directCalls.call(task, encoded);
    }

    @Override
    public boolean cancel(PoolTask<?> task, boolean stopIfRunning) {
        long owner = window.cancel(task, stopIfRunning);
        if (owner == Window.TOO_LATE) {
            return false;
        }
        // The outcome is settled before the signal is sent, so the signal can hit no other task.
        boolean cancelled = task.completeCancelled();
        if (owner != Window.NOBODY) {
            keeper.kill(owner);
        }
        return cancelled;
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
        for (PoolTask<?> task : window.takeAllWaiting()) {
            task.completeCancelled();
            never.add(task.asRunnable());
        }
        for (PoolTask<?> task : window.inTable()) {
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

    /** The last worker has ended. */
    private void cleanUp(PoolBrokenException broken) {
        collector.stop();
        decoders.shutdown();
        callbacks.shutdown();
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
