package io.muster.internal.pool;

import io.muster.child.task.SlotPhase;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.VirtualThreads;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/**
 * {@code apply} without a detour: the caller watches its own slot, first spinning, then asleep on the slot's wait word,
 * and takes its outcome itself. That saves the hop through the collector's thread, which costs a wake-up. Virtual threads
 * must not block natively: they take the detour, and park.
 *
 * <p>No worker is woken while one spins that will find the task: the woken one would only take its CPU from the caller or from
 * the other worker. The caller publishes, then looks for a spinner; a spinner gives up its seat, then looks for tasks once more
 * before it sleeps; so one of the two sees the other. Only a task that is the only open one may count on that: of
 * two, both would count on the same spinner. What becomes of the spinner is not known, so a caller that has slept for a
 * slice wakes the workers if its task is still unclaimed.
 */
final class DirectCalls {
    private final TaskTable table;
    private final Window window;
    private final Outcomes outcomes;
    private final ThreadLocal<Watch> watches = ThreadLocal.withInitial(Watch::new);

    DirectCalls(TaskTable table, Window window, Outcomes outcomes) {
        this.table = table;
        this.window = window;
        this.outcomes = outcomes;
    }

    /**
     * @throws ExecutionException around what the task threw or how it ended
     * @throws InterruptedException the task is cancelled then, and stopped if it runs
     */
    <R> R call(PoolTask<R> task, CodecOutput encoded) throws ExecutionException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(); // before a worker has begun, and would have to be killed
        }
        if (VirtualThreads.isCurrent()) {
            window.submit(task, encoded);
            return await(task);
        }
        int slot = window.submitDirect(task, encoded);
        if (slot == PoolTask.NO_SLOT) {
            return await(task);
        }
        Watch watch = watches.get();
        if (!task.cameAlone || !table.hasSpinner()) {
            watch.waiter.noteWoke(table.work().wake(1));
        }
        try {
            watch.await(table, task, slot);
        } catch (InterruptedException e) {
            if (!task.cancel(true)) {
                drop(window.take(task)); // it ended this very moment: free its slot
            }
            throw e;
        }
        Window.Done done = window.take(task);
        return done == null ? task.get() : value(done);
    }

    private static <R> R await(PoolTask<R> task) throws ExecutionException, InterruptedException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            task.cancel(true);
            throw e;
        }
    }

    private void drop(Window.Done done) {
        if (done != null) {
            window.load(done);
        }
    }

    @SuppressWarnings("unchecked")
    private <R> R value(Window.Done done) throws ExecutionException {
        try {
            return (R) outcomes.decode(window.load(done));
        } catch (Throwable thrown) {
            throw new ExecutionException(thrown);
        }
    }

    /**
     * One thread's way of watching a slot; kept, so that watching allocates nothing and remembers how long to spin. It keeps
     * no hold of the pool, which ends before its callers' threads do.
     */
    private static final class Watch implements BooleanSupplier {
        /** Behind the first slice, of 2 ms, and each that follows it makes up for a wake-up that was left out. */
        private final Waiter waiter =
                Waiter.builder().repair(this::wakeForUnclaimed).build();

        private TaskTable table;
        private PoolTask<?> task;
        private int slot;

        /**
         * Done means: outcome there, or settled by the keeper after the worker's death. The slot cannot have passed to another
         * task without one of the two.
         */
        @Override
        public boolean getAsBoolean() {
            return SlotWord.isPhase(table.word(slot), SlotPhase.DONE) || task.isDone();
        }

        private void wakeForUnclaimed() {
            if (SlotWord.isPhase(table.word(slot), SlotPhase.READY)) {
                table.work().wakeAllAnyway();
            }
        }

        void await(TaskTable itsTable, PoolTask<?> awaited, int itsSlot) throws InterruptedException {
            table = itsTable;
            task = awaited;
            slot = itsSlot;
            WaitWord word = table.slotWait(slot);
            awaited.watchedAt(word);
            try {
                waiter.await(word, this, Deadline.never());
            } finally {
                table = null;
                task = null;
            }
        }
    }
}
