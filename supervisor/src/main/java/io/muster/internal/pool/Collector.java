package io.muster.internal.pool;

import io.muster.child.task.TaskTable;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Brings outcomes from the table to their futures. One thread waits at the table's doorbell and empties the done rings.
 *
 * <p>It completes futures itself where no code of a user's hangs on them, which it can only nearly know: a stage may be
 * attached at the very moment. So a thread that does not come back from a completion is relieved by another one, and ends
 * when it does.
 *
 * <p>It sleeps until a worker announces something. Workers that are stopped in the middle of that are why somebody must call
 * {@link #look} now and then while tasks are open.
 */
final class Collector {
    private static final Logger LOG = System.getLogger("io.muster.pool");
    private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Longer than anybody waits: it is {@link #look} that finds what was not announced. */
    private static final Duration LONGEST_SLICE = Duration.ofMinutes(1);

    private final String name;
    private final TaskTable table;
    private final Window window;
    private final Delivery delivery;
    private final int workers;
    private volatile boolean stopped;
    private volatile boolean lookWanted;
    private volatile CollectorTurn turn;

    Collector(String name, TaskTable table, Window window, Delivery delivery, int workers) {
        this.name = name;
        this.table = table;
        this.window = window;
        this.delivery = delivery;
        this.workers = workers;
    }

    /** Starts the thread. */
    void start() {
        var next = new CollectorTurn();
        turn = next;
        var thread = new Thread(() -> run(next), name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Has the thread look for outcomes that nobody announced, and puts another thread in the place of one that has been in
     * the same completion since the last call. For one thread.
     */
    void look() {
        if (turn.takeIfStuck()) {
            start();
        }
        lookWanted = true;
        table.done().wakeAllAnyway();
    }

    /** Ends the thread once it has emptied the rings; waits for that, but not for users' stages. */
    void stop(BooleanSupplier givenUp) {
        stopped = true;
        table.done().wakeAllAnyway();
        while (!turn.hasDelivered() && !givenUp.getAsBoolean()) {
            LockSupport.parkNanos(GLANCE_NANOS);
        }
    }

    private void run(CollectorTurn mine) {
        var waiter = Waiter.builder().longestSlice(LONGEST_SLICE).build();
        BooleanSupplier somethingToDo = () -> stopped || lookWanted || table.anyDone(workers);
        while (true) {
            boolean stopping = stopped;
            boolean any = false;
            for (int worker = 0; worker < workers; worker++) {
                for (long entry = table.pollDone(worker); entry != -1; entry = table.pollDone(worker)) {
                    if (!collect(mine, TaskTable.slotOf(entry), TaskTable.serialOf(entry))) {
                        return;
                    }
                    any = true;
                }
            }
            if (lookWanted) {
                lookWanted = false;
                collectUnannounced();
            }
            if (!any && stopping) {
                mine.end();
                return;
            }
            if (!any) {
                waiter.awaitUninterruptibly(table.done(), somethingToDo, Deadline.never());
            }
        }
    }

    /** False: this thread was relieved meanwhile and must not touch the rings again. */
    private boolean collect(CollectorTurn mine, int slot, int serial) {
        try {
            Window.Done done = window.take(slot, serial);
            if (done == null) {
                return true;
            }
            if (done.isLarge()) {
                handOver(done);
                return true;
            }
            byte[] outcome = load(done);
            if (outcome != null && Delivery.isQuick(done.task(), outcome)) {
                return completeHere(mine, done.task(), outcome);
            }
            if (outcome != null) {
                deliver(done.task(), outcome);
            }
        } catch (Throwable unexpected) {
            LOG.log(Level.ERROR, "the outcome in slot " + slot + " could not be delivered", unexpected);
        }
        return true;
    }

    private boolean completeHere(CollectorTurn mine, PoolTask<?> task, byte[] outcome) {
        mine.begin(task);
        try {
            delivery.completeHere(task, outcome);
        } catch (Throwable unexpected) {
            LOG.log(Level.ERROR, task.describe() + " could not be completed", unexpected);
        }
        return mine.finish();
    }

    /** Null: it is unreadable, and its task was told. */
    private byte[] load(Window.Done done) {
        try {
            return window.load(done);
        } catch (Throwable unreadable) {
            delivery.failure(done.task(), unreadable);
            return null;
        }
    }

    /** Delivers the outcome of a task, if it is in the table, by another thread. Any thread. */
    void handOver(PoolTask<?> task) {
        Window.Done done = window.take(task);
        if (done != null) {
            handOver(done);
        }
    }

    private void handOver(Window.Done done) {
        delivery.onDecoder(done.task(), () -> deliver(done.task(), window.load(done)));
    }

    private void deliver(PoolTask<?> task, byte[] outcome) {
        if (!task.isDone()) { // else it was cancelled meanwhile, or completed by its owner
            delivery.outcome(task, outcome);
        }
    }

    /** A worker that is stopped, or killed, right behind its store of DONE says nothing. */
    private void collectUnannounced() {
        for (PoolTask<?> task : window.recall().done()) {
            try {
                handOver(task);
            } catch (RuntimeException damaged) {
                LOG.log(Level.ERROR, "the outcome of " + task.describe() + " could not be taken out", damaged);
            }
        }
    }
}
