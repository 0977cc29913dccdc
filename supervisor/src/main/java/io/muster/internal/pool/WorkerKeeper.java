package io.muster.internal.pool;

import io.muster.ExitStatus;
import io.muster.PoolBrokenException;
import io.muster.WorkerDiedException;
import io.muster.WorkerInfo;
import io.muster.child.task.PoolFiles;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.internal.launch.ChildHandle;
import io.muster.ipc.wait.Parking;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Works towards the wanted number of workers: starts them, notices their ends, settles what they held, replaces them. One
 * thread owns all of this; others send it requests.
 *
 * <p>A worker's end is confirmed by its parent's reaping, so nothing of it can store any more when {@link Recall#settle}
 * gives its slots away. Its replacement begins a new epoch of the same index.
 */
final class WorkerKeeper implements Runnable {
    private static final Logger LOG = System.getLogger("io.muster.pool");

    /** So many failed starts in a row break a pool that has no worker at all: the next would fail as well. */
    private static final int MOST_FAILED_STARTS = 3;
    /** Between attempts to start a worker beside others that run, doubled each time. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** A lost task's caller is told before the start of the next worker, which keeps the processors busy, holds that up. */
    private static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** Between starts while somebody keeps killing workers. */
    private static final long PAUSE_UNDER_FIRE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** How long workers may take to end by themselves once there is nothing left to do, and once they were killed. */
    private static final long STOP_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** A process that the kernel does not let go of, so often killed, is left behind. */
    private static final int MOST_KILL_ROUNDS = 3;
    /** How often the collector and the sleeping workers are looked at while tasks are open. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** While none is there is nothing to find: ends of workers, users' wishes and the next task all come as requests. */
    private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Nobody's. */
    private static final long NO_OWNER = -1;

    private static final int NO_EPOCH = 0;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final PoolConfig config;
    private final TaskTable table;
    private final Window window;
    private final BlobReaders results;
    private final Collector collector;
    private final Delivery delivery;
    private final Runnable whenEnded;
    private final WorkerStarter starter;
    private final Worker[] workers;
    private final RestartLimit crashes;
    private final RestartLimit kills;
    private final LinkedBlockingQueue<Runnable> requests = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private int failedStarts;
    private boolean stopping;
    private volatile boolean killing;
    private int killRounds;
    private long killAtNanos;
    private long lookedAtNanos = System.nanoTime();
    private boolean resting;
    private boolean tending;
    private boolean rehearsed;
    private PoolBrokenException broken;

    WorkerKeeper(
            PoolConfig config,
            PoolFiles files,
            TaskTable table,
            Window window,
            BlobReaders results,
            Collector collector,
            Delivery delivery,
            Runnable whenEnded) {
        this.config = config;
        this.table = table;
        this.window = window;
        this.results = results;
        this.collector = collector;
        this.delivery = delivery;
        this.whenEnded = whenEnded;
        this.starter = new WorkerStarter(config, files);
        this.workers = new Worker[config.workers()];
        this.crashes = new RestartLimit(config.workers());
        this.kills = new RestartLimit(config.workers());
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
            if (worker.owner() == owner && worker.state != WorkerInfo.State.GONE) {
                worker.kill();
            }
        });
    }

    /** Kills all workers; the pool ends with that. */
    void killAll() {
        killing = true;
        requests.add(() -> {
            stopAll();
            killAtNanos = System.nanoTime();
        });
    }

    /** Whether the end is not to be waited for any longer than needed. */
    boolean isKilling() {
        return killing;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Where a callback waits for this, another thread takes its place. */
    boolean awaitEnd(long timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(unit.toNanos(timeout), Long.MAX_VALUE / 2);
        ForkJoinPool.managedBlock(new ForkJoinPool.ManagedBlocker() {
            @Override
            public boolean block() throws InterruptedException {
                return ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)
                        || deadline - System.nanoTime() <= 0;
            }

            @Override
            public boolean isReleasable() {
                return hasEnded();
            }
        });
        return hasEnded();
    }

    void awaitEndUninterruptibly() {
        boolean interrupted = false;
        while (!hasEnded()) {
            try {
                awaitEnd(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
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
            guarded(() -> start(worker));
        }
        while (!isOver()) {
            Runnable request = next();
            if (request != null) {
                guarded(request);
            }
            guarded(this::doWhatIsDue);
        }
        starter.close();
        try {
            whenEnded.run();
        } finally {
            ended.countDown();
        }
    }

    /** This thread must not end before its workers: what goes wrong in it ends the pool, in order. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable unexpected) {
            LOG.log(Level.ERROR, "pool '" + config.name() + "' cannot go on", unexpected);
            collapse(unexpected);
        }
    }

    private void collapse(Throwable unexpected) {
        var reason = new PoolBrokenException(
                "pool '" + config.name() + "' cannot go on and kills its workers: " + unexpected, unexpected);
        broken = reason;
        window.refuseWith(reason);
        for (PoolTask<?> task : window.recall().abandon()) {
            delivery.failure(task, new PoolBrokenException(reason.getMessage(), unexpected));
        }
        killing = true;
        stopAll();
        killAtNanos = System.nanoTime();
    }

    private Runnable next() {
        try {
            return requests.poll(untilDueNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody has reason to interrupt this thread; what it owns must be brought to its end all the same.
            return null;
        }
    }

    private long untilDueNanos() {
        long now = System.nanoTime();
        long wait = resting ? REST_NANOS : TICK_NANOS;
        if (stopping) {
            wait = Math.min(wait, killAtNanos - now);
        }
        for (Worker worker : workers) {
            if (worker.isDue) {
                wait = Math.min(wait, worker.startAtNanos - now);
            }
        }
        return Math.max(0, wait);
    }

    private void doWhatIsDue() {
        long now = System.nanoTime();
        if (!resting && now - lookedAtNanos >= TICK_NANOS) {
            look(now);
        }
        if (stopping && now - killAtNanos >= 0) {
            killRemaining();
            killAtNanos = now + STOP_GRACE_NANOS;
        }
        for (Worker worker : workers) {
            if (worker.isDue && now - worker.startAtNanos >= 0) {
                start(worker);
            }
        }
    }

    private void look(long now) {
        lookedAtNanos = now;
        resting = window.isIdle(() -> requests.add(this::endRest));
        if (!tending && Parking.preload()) {
            tending = true;
            table.beginTending();
        }
        if (!resting) {
            collector.look();
            table.tend();
        }
        if (!rehearsed) {
            rehearseDeath();
        }
    }

    /**
     * Goes through what follows the death of a busy worker, with nobody dead: the first time takes ten times as long as those
     * after it, most of that for loading classes, and a caller would wait for it. Once, when the pool has been up for a while.
     */
    private void rehearseDeath() {
        for (Worker worker : workers) {
            if (worker.state == WorkerInfo.State.UP) {
                rehearsed = true;
                worker.handle.rehearseEnd();
                var status = ExitStatus.signaled(SIGKILL, "a rehearsal");
                requests.add(new Exit(worker, NO_EPOCH, status));
                window.recall().settle(NO_OWNER);
                var task = new PoolTask<>((itself, stopIfRunning) -> false, "a rehearsal", 0);
                delivery.failure(task, worker.died(status, task));
                return;
            }
        }
    }

    private void endRest() {
        resting = false;
        lookedAtNanos = System.nanoTime();
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

    private boolean anyUp() {
        for (Worker worker : workers) {
            if (worker.state == WorkerInfo.State.UP) {
                return true;
            }
        }
        return false;
    }

    // ---- a worker's life ----

    private void start(Worker worker) {
        worker.beginEpoch();
        int epoch = worker.epoch;
        table.prepareWorker(worker.index, epoch);
        results.open(worker.index, epoch);
        starter.start(worker.index, epoch, worker.name, new WorkerStarter.Progress() {
            @Override
            public void launched(ChildHandle handle) {
                requests.add(() -> worker.isLaunched(handle));
            }

            @Override
            public void ready() {
                requests.add(() -> isReady(worker));
            }

            @Override
            public void failed(Throwable reason) {
                requests.add(() -> startFailed(worker, reason));
            }
        });
    }

    private void isReady(Worker worker) {
        failedStarts = 0;
        worker.isUp();
        int epoch = worker.epoch;
        worker.handle.onExit().whenComplete((status, thrown) -> requests.add(new Exit(worker, epoch, status)));
    }

    /** A worker has ended. A class and not a lambda, whose first use costs more than all the rest. */
    private final class Exit implements Runnable {
        private final Worker worker;
        private final int epoch;
        private final ExitStatus status;

        Exit(Worker worker, int epoch, ExitStatus status) {
            this.worker = worker;
            this.epoch = epoch;
            this.status = status;
        }

        @Override
        public void run() {
            exited(worker, epoch, status);
        }
    }

    private void startFailed(Worker worker, Throwable thrown) {
        ExitStatus status = worker.exitStatus();
        settle(worker, status);
        worker.isGone();
        if (isKilledFromOutside(status)) {
            replaceUnderFire(worker);
        } else if (!isEnding()) {
            retry(worker, thrown);
        }
    }

    private void retry(Worker worker, Throwable thrown) {
        failedStarts++;
        boolean othersWork = anyUp();
        if (failedStarts >= MOST_FAILED_STARTS && !othersWork) {
            breakPool(
                    "no worker could be started, " + failedStarts + " times in a row; the last time: "
                            + thrown.getMessage(),
                    thrown);
            return;
        }
        LOG.log(Level.WARNING, "worker ''{0}'' did not start; trying again: {1}", worker.name, thrown.getMessage());
        worker.startLater(
                othersWork ? Math.min(LONGEST_PAUSE_NANOS, FIRST_PAUSE_NANOS << Math.min(failedStarts, 20)) : 0);
    }

    private void exited(Worker worker, int epoch, ExitStatus status) {
        if (worker.epoch != epoch || worker.state == WorkerInfo.State.GONE) {
            return;
        }
        boolean hadBegun = settle(worker, status);
        boolean hasWorked = hadBegun || table.tasksEnded(worker.index) > 0;
        WorkerDiedException death = worker.died(status, null);
        worker.isGone();
        if (hasWorked && !isEnding()) {
            worker.startLater(hadBegun ? HEAD_START_NANOS : 0);
        } else if (isKilledFromOutside(status)) {
            replaceUnderFire(worker);
        } else if (!isEnding()) {
            replaceUseless(worker, death);
        }
    }

    private static boolean isKilledFromOutside(ExitStatus status) {
        if (status == null || status.kind() != ExitStatus.Kind.SIGNALED) {
            return false;
        }
        int signal = status.signal().orElse(0);
        return signal == SIGKILL || signal == SIGTERM;
    }

    /** Somebody killed it; that says nothing about the next one, but should it go on, starts are spread out. */
    private void replaceUnderFire(Worker worker) {
        if (!isEnding()) {
            worker.startLater(kills.isExceeded() ? PAUSE_UNDER_FIRE_NANOS : 0);
        }
    }

    /** It ended by itself without having begun a task. */
    private void replaceUseless(Worker worker, WorkerDiedException death) {
        if (crashes.isExceeded()) {
            breakPool("workers keep dying before they do any work: " + crashes, death);
        } else {
            start(worker);
        }
    }

    /** Gives away what a dead worker held; its own task fails with the reason. True: it died in the middle of one. */
    private boolean settle(Worker worker, ExitStatus status) {
        table.workerIsGone(worker.index);
        Recall.Settled settled = window.recall().settle(worker.owner());
        for (PoolTask<?> task : settled.lost()) {
            delivery.failure(task, worker.died(status, task));
        }
        settled.done().forEach(collector::handOver);
        results.remove(worker.index);
        if (broken != null) {
            failWaiting(); // what it had claimed has nobody else to run it
        }
        return settled.hadBegun();
    }

    // ---- the end ----

    private boolean isEnding() {
        return stopping || broken != null;
    }

    private void stopAll() {
        if (!stopping) {
            stopping = true;
            killAtNanos = System.nanoTime() + STOP_GRACE_NANOS;
            for (Worker worker : workers) {
                worker.isDue = false;
            }
            table.stop();
        }
    }

    private void killRemaining() {
        killRounds++;
        for (Worker worker : workers) {
            if (worker.state == WorkerInfo.State.GONE) {
                continue;
            }
            worker.kill();
            if (killRounds > MOST_KILL_ROUNDS) {
                LOG.log(Level.WARNING, "worker ''{0}'' was killed and does not end; left to the kernel", worker.name);
                worker.isGone();
            }
        }
    }

    private void breakPool(String why, Throwable cause) {
        broken = new PoolBrokenException("pool '" + config.name() + "' is broken: " + why, cause);
        window.refuseWith(broken);
        failWaiting();
        window.shutdown(this::tasksAreDone);
    }

    private void failWaiting() {
        for (PoolTask<?> task : window.recall().takeAllWaiting()) {
            delivery.failure(task, new PoolBrokenException(broken.getMessage(), broken.getCause()));
        }
    }
}
