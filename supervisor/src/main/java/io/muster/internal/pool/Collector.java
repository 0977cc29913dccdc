package io.muster.internal.pool;

import io.muster.child.task.TaskTable;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.Executor;

/**
 * Brings outcomes from the table to their futures. One thread waits at the table's doorbell and empties the done rings; it
 * runs no code of the user's: results that need some for their decoding, and futures that others have attached stages
 * to, are completed elsewhere.
 */
final class Collector implements Runnable {
    private final TaskTable table;
    private final Window window;
    private final BlobReaders results;
    private final Outcomes outcomes;
    private final Executor decoders;
    private final Executor callbacks;
    private final Waiter waiter;
    private final int workers;
    private volatile boolean stopped;

    Collector(
            TaskTable table,
            Window window,
            BlobReaders results,
            Outcomes outcomes,
            Executor decoders,
            Executor callbacks,
            Waiter waiter,
            int workers) {
        this.table = table;
        this.window = window;
        this.results = results;
        this.outcomes = outcomes;
        this.decoders = decoders;
        this.callbacks = callbacks;
        this.waiter = waiter;
        this.workers = workers;
    }

    @Override
    public void run() {
        while (!stopped) {
            boolean any = false;
            for (int worker = 0; worker < workers; worker++) {
                any |= drain(worker);
            }
            if (!any) {
                waiter.awaitUninterruptibly(table.done(), () -> stopped || table.anyDone(workers), Deadline.never());
            }
        }
    }

    void stop() {
        stopped = true;
        table.done().wakeAll();
    }

    private boolean drain(int worker) {
        boolean any = false;
        for (long entry = table.pollDone(worker); entry != -1; entry = table.pollDone(worker)) {
            collect(TaskTable.slotOf(entry), TaskTable.serialOf(entry));
            any = true;
        }
        return any;
    }

    /** Delivers what lies in a slot, if it is still there under that serial. Any thread. */
    void collect(int slot, int serial) {
        Window.Done done = window.take(slot, serial, results);
        if (done != null) {
            deliver(done);
        }
    }

    private void deliver(Window.Done done) {
        PoolTask<?> task = done.task();
        if (task.isDone()) {
            return; // cancelled meanwhile, or completed by its owner
        }
        if (done.unreadable() != null) {
            callbacks.execute(() -> task.completeExceptionally(done.unreadable()));
        } else if (!Outcomes.isSelfContained(done.outcome())) {
            decoders.execute(() -> outcomes.complete(task, done.outcome()));
        } else if (task.getNumberOfDependents() > 0) {
            callbacks.execute(() -> outcomes.complete(task, done.outcome()));
        } else {
            outcomes.complete(task, done.outcome());
        }
    }
}
