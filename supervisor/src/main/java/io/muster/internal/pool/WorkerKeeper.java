package io.muster.internal.pool;

import io.muster.ExitStatus;
import io.muster.PoolBrokenException;
import io.muster.WorkerDiedException;
import io.muster.WorkerInfo;
import io.muster.child.task.PoolFiles;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.internal.launch.ChildHandle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Works towards the wanted number of workers: starts them, notices their ends, settles what they held, replaces them. One
 * thread owns all of this; others send it requests.
 *
 * <p>A worker's end is confirmed by its parent's reaping, so nothing of it can store any more when {@link Window#settle}
 * gives its slots away. Its replacement begins a new epoch of the same index.
 */
final class WorkerKeeper implements Runnable {
    private static final Logger LOG = System.getLogger("io.muster.pool");

    /** So many failed starts in a row break the pool: the next would fail as well. */
    private static final int MOST_FAILED_STARTS = 3;
    /** How long workers may take to end by themselves once there is nothing left to do. */
    private static final long STOP_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PoolConfig config;
    private final TaskTable table;
    private final Window window;
    private final BlobReaders results;
    private final Collector collector;
    private final Executor callbacks;
    private final Consumer<PoolBrokenException> whenEnded;
    private final WorkerStarter starter;
    private final Worker[] workers;
    private final RestartLimit restarts;
    private final LinkedBlockingQueue<Runnable> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private int failedStarts;
    private boolean stopping;
    private long killAtNanos;
    private PoolBrokenException broken;

    WorkerKeeper(
            PoolConfig config,
            PoolFiles files,
            TaskTable table,
            Window window,
            BlobReaders results,
            Collector collector,
            Executor callbacks,
            Consumer<PoolBrokenException> whenEnded) {
        this.config = config;
        this.table = table;
        this.window = window;
        this.results = results;
        this.collector = collector;
        this.callbacks = callbacks;
        this.whenEnded = whenEnded;
        this.starter = new WorkerStarter(config, files);
        this.workers = new Worker[config.workers()];
        this.restarts = new RestartLimit(config.workers());
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i, config.workerName(i));
        }
    }

    // ---- requests, from any thread ----

    /** No task is open any more and none will come. */
    void tasksAreDone() {
        requests.add(this::stopAll);
    }

    /** Kills the worker that {@code owner} names, unless it has ended already. */
    void kill(long owner) {
        requests.add(() -> {
            Worker worker = workers[SlotWord.workerOf(owner)];
            if (worker.handle != null && worker.owner() == owner) {
                worker.handle.kill();
            }
        });
    }

    /** Kills all workers; the pool ends with that. */
    void killAll() {
        requests.add(() -> {
            stopAll();
            killAtNanos = System.nanoTime();
        });
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        return ended.await(timeout, unit);
    }

    void awaitEndUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    List<WorkerInfo> workers() {
        var infos = new ArrayList<WorkerInfo>(workers.length);
        for (Worker worker : workers) {
            infos.add(worker.info(table));
        }
        return infos;
    }

    // ---- the keeper's thread ----

    @Override
    public void run() {
        for (Worker worker : workers) {
            start(worker);
        }
        while (!isOver()) {
            Runnable request = next();
            if (request != null) {
                request.run();
            } else {
                killRemaining();
                killAtNanos = System.nanoTime() + STOP_GRACE_NANOS;
            }
        }
        whenEnded.accept(broken);
        ended.countDown();
    }

    /** Null: the grace of a stopping pool is over. */
    private Runnable next() {
        while (true) {
            try {
                if (!stopping) {
                    return requests.take();
                }
                return requests.poll(Math.max(0, killAtNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                // Nobody has reason to interrupt this thread; what it owns must be brought to its end all the same.
            }
        }
    }

    private boolean isOver() {
        if (!stopping) {
            return false;
        }
        for (Worker worker : workers) {
            if (worker.state != WorkerInfo.State.GONE) {
                return false;
            }
        }
        return true;
    }

    private void start(Worker worker) {
        worker.beginEpoch();
        table.prepareWorker(worker.index, worker.epoch);
        results.open(worker.index, worker.epoch);
        int epoch = worker.epoch;
        starter.start(
                worker.index,
                epoch,
                worker.name,
                handle -> requests.add(() -> started(worker, handle)),
                thrown -> requests.add(() -> startFailed(worker, thrown)));
    }

    private void started(Worker worker, ChildHandle handle) {
        failedStarts = 0;
        worker.isUp(handle);
        int epoch = worker.epoch;
        handle.onExit().whenComplete((status, thrown) -> requests.add(() -> exited(worker, epoch, status)));
        if (stopping && killAtNanos <= System.nanoTime()) {
            handle.kill();
        }
    }

    private void startFailed(Worker worker, Throwable thrown) {
        worker.isGone();
        settle(worker, null);
        failedStarts++;
        if (stopping) {
            return;
        }
        if (failedStarts >= MOST_FAILED_STARTS) {
            breakPool(
                    "no worker could be started, " + failedStarts + " times in a row; the last time: "
                            + thrown.getMessage(),
                    thrown);
        } else {
            LOG.log(Level.WARNING, "worker ''{0}'' did not start; trying again: {1}", worker.name, thrown.getMessage());
            start(worker);
        }
    }

    private void exited(Worker worker, int epoch, ExitStatus status) {
        if (worker.epoch != epoch || worker.state == WorkerInfo.State.GONE) {
            return;
        }
        WorkerDiedException death = settle(worker, status);
        worker.isGone();
        if (stopping) {
            return;
        }
        if (restarts.isExceededBy(worker.tasksEnded(table))) {
            breakPool("workers keep dying before they do any work: " + restarts, death);
        } else {
            start(worker);
        }
    }

    /** Gives away what a dead worker held; its own task fails with the reason. */
    private WorkerDiedException settle(Worker worker, ExitStatus status) {
        long owner = worker.owner();
        table.workerIsGone(worker.index);
        List<PoolTask<?>> lost = window.settle(owner);
        WorkerDiedException death = null;
        for (PoolTask<?> task : lost) {
            death = worker.died(status, task);
            fail(task, death);
        }
        for (long[] done : window.doneBy(owner)) {
            collector.collect((int) done[0], (int) done[1]);
        }
        results.remove(worker.index);
        return death != null || status == null ? death : worker.died(status, null);
    }

    private void stopAll() {
        if (!stopping) {
            stopping = true;
            killAtNanos = System.nanoTime() + STOP_GRACE_NANOS;
            table.stop();
        }
    }

    private void killRemaining() {
        for (Worker worker : workers) {
            if (worker.handle != null) {
                worker.handle.kill();
            }
        }
    }

    private void breakPool(String why, Throwable cause) {
        broken = new PoolBrokenException("pool '" + config.name() + "' is broken: " + why, cause);
        for (PoolTask<?> task : window.breakWith(broken)) {
            fail(task, new PoolBrokenException(broken.getMessage(), cause));
        }
        window.shutdown(this::tasksAreDone);
    }

    /** Stages that others attached to a future must not run on this thread. */
    private void fail(PoolTask<?> task, Throwable thrown) {
        if (task.getNumberOfDependents() > 0) {
            callbacks.execute(() -> task.completeExceptionally(thrown));
        } else {
            task.completeExceptionally(thrown);
        }
    }
}
