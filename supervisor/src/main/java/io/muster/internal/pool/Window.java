package io.muster.internal.pool;

import io.muster.PoolBrokenException;
import io.muster.child.task.BlobWriter;
import io.muster.child.task.SlotPhase;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecOutput;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * The way of tasks into the table and of their outcomes out of it. The table is a window in front of a backlog; both ({@link
 * Slots}, {@link Backlog}) and the count of open tasks ({@link OpenTasks}) belong to one lock, which is this object's.
 * {@link Recall} takes tasks back.
 */
final class Window {
    private final TaskTable table;
    private final BlobReaders results;
    private final ShortLock lock = new ShortLock();
    private final OpenTasks open = new OpenTasks();
    private final Slots slots;
    private final Backlog backlog;
    private final Recall recall;
    /** What the next task that comes in has to run. */
    private final AtomicReference<Runnable> alarm = new AtomicReference<>();

    private long openedWhenLooked = -1;

    /** @param fail completes a task exceptionally, by another thread: it is called under the lock */
    Window(TaskTable table, BlobWriter arguments, BlobReaders results, BiConsumer<PoolTask<?>, Throwable> fail) {
        this.table = table;
        this.results = results;
        this.slots = new Slots(table, arguments);
        this.backlog = new Backlog(slots, open, fail);
        this.recall = new Recall(table, lock, slots, backlog, open);
    }

    /** Takes back what was submitted here. */
    Recall recall() {
        return recall;
    }

    // ---- in ----

    /**
     * Takes a task in. Its outcome will come through the collector.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the pool was shut down
     */
    void submit(PoolTask<?> task, CodecOutput encoded) {
        slots.writeLarge(task, encoded);
        boolean published;
        lock.lock();
        try {
            published = backlog.admit(task, encoded.array(), TaskTable.NOTIFY_COLLECTOR);
        } finally {
            lock.unlock();
        }
        if (published) {
            table.work().wake(1);
        }
        soundAlarm();
    }

    /**
     * Takes a task in whose caller would wait at its slot. The caller then wakes a worker itself.
     *
     * @return the slot; {@link PoolTask#NO_SLOT} if it waits in the backlog, then its outcome comes through the collector
     */
    int submitDirect(PoolTask<?> task, CodecOutput encoded) {
        slots.writeLarge(task, encoded);
        int slot;
        lock.lock();
        try {
            slot = backlog.admit(task, encoded.array(), TaskTable.NOTIFY_CALLER) ? task.slot : PoolTask.NO_SLOT;
            task.cameAlone = open.isOne();
        } finally {
            lock.unlock();
        }
        soundAlarm();
        return slot;
    }

    /**
     * Whether no task is open, nor has been since the last call. If so, the next that comes in runs {@code whenNext}, in its
     * caller's thread and after it was published. For one thread.
     */
    boolean isIdle(Runnable whenNext) {
        lock.lock();
        try {
            boolean idle = open.isEmpty() && open.openedEver() == openedWhenLooked;
            openedWhenLooked = open.openedEver();
            if (idle) {
                alarm.set(whenNext);
            }
            return idle;
        } finally {
            lock.unlock();
        }
    }

    /** After the lock was given back: who was let in after {@link #isIdle} had the lock sees the alarm that it set. */
    private void soundAlarm() {
        if (alarm.get() != null) {
            Runnable ring = alarm.getAndSet(null);
            if (ring != null) {
                ring.run();
            }
        }
    }

    /** A job will submit parts, also after {@link #shutdown}: until {@link #endJob} it counts as an open task. */
    void beginJob() {
        lock.lock();
        try {
            open.checkForJob();
            open.opened();
        } finally {
            lock.unlock();
        }
    }

    void endJob() {
        lock.lock();
        try {
            open.closed();
        } finally {
            lock.unlock();
        }
    }

    // ---- out ----

    /**
     * Takes a DONE task out of the table; {@link #load} then has its outcome.
     *
     * @return null if the slot is not DONE under that serial, or somebody else took it
     */
    Done take(int slot, int serial) {
        if (slot < 0 || slot >= slots.count()) {
            return null; // a worker's native code has written where it should not
        }
        Done done;
        lock.lock();
        try {
            PoolTask<?> task = slots.at(slot);
            done = task == null || task.serial != serial ? null : takeLocked(task);
        } finally {
            lock.unlock();
        }
        return wokenFor(done);
    }

    /** {@link #take(int, int)} for whoever has the task. */
    Done take(PoolTask<?> task) {
        Done done;
        lock.lock();
        try {
            done = slots.holds(task) ? takeLocked(task) : null;
        } finally {
            lock.unlock();
        }
        return wokenFor(done);
    }

    private Done wokenFor(Done done) {
        if (done != null && done.refilled) {
            table.work().wake(1);
        }
        return done;
    }

    private Done takeLocked(PoolTask<?> task) {
        int slot = task.slot;
        long word = table.word(slot);
        if (!SlotWord.isPhase(word, SlotPhase.DONE)) {
            return null;
        }
        int length = table.resultLength(slot);
        long reference = table.resultReference(slot);
        if (reference != TaskTable.IN_SLOT) {
            slots.detach(slot); // from here on it is the taker's alone
            return new Done(task, null, slot, reference, length, results.retain(SlotWord.workerOf(word)), false);
        }
        byte[] bytes = new byte[Math.min(length, TaskTable.IN_SLOT_BYTES)];
        table.getBody(slot, bytes, bytes.length);
        return new Done(task, bytes, slot, reference, length, null, backlog.release(slot, task));
    }

    /**
     * The bytes of an outcome. What may be megabytes is read without the lock; its slot stays DONE and in nobody's hands
     * meanwhile. To be called once.
     */
    byte[] load(Done done) {
        if (done.outcome != null) {
            return done.outcome;
        }
        try {
            return done.life.read(done.reference, done.length);
        } finally {
            done.life.giveBack();
            if (releaseLater(done)) {
                table.work().wake(1);
            }
        }
    }

    private boolean releaseLater(Done done) {
        lock.lock();
        try {
            return backlog.release(done.slot, done.task);
        } finally {
            lock.unlock();
        }
    }

    /** A task that was taken out, its outcome or where that lies, and whether its slot has another task already. */
    record Done(
            PoolTask<?> task,
            byte[] outcome,
            int slot,
            long reference,
            int length,
            BlobReaders.Life life,
            boolean refilled) {
        boolean isLarge() {
            return outcome == null && BlobWriter.isLarge(length);
        }
    }

    // ---- the end ----

    /** Takes no more tasks. {@code whenEmpty} runs once, under the lock, when no task is open any more. */
    void shutdown(Runnable whenEmpty) {
        lock.lock();
        try {
            open.shutdown(whenEmpty);
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks, as the workers cannot be kept up. Those that are there are another matter. */
    void refuseWith(PoolBrokenException reason) {
        lock.lock();
        try {
            open.refuseWith(reason);
        } finally {
            lock.unlock();
        }
    }

    boolean isShutdown() {
        lock.lock();
        try {
            return open.isShutdown();
        } finally {
            lock.unlock();
        }
    }

    /** Tasks that have not begun: the backlog and what lies READY in the table. */
    int waiting() {
        lock.lock();
        try {
            int waiting = backlog.size();
            for (int slot = 0; slot < slots.count(); slot++) {
                if (slots.at(slot) != null && SlotWord.isPhase(table.word(slot), SlotPhase.READY)) {
                    waiting++;
                }
            }
            return waiting;
        } finally {
            lock.unlock();
        }
    }
}
