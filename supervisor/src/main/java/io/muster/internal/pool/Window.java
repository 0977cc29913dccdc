package io.muster.internal.pool;

import io.muster.PoolBrokenException;
import io.muster.child.task.BlobWriter;
import io.muster.child.task.SlotPhase;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.memory.NoSpaceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which tasks are in the table and which still wait for a slot. The table is a window in front of the backlog; both, and
 * the count of open tasks, belong to one lock that is only ever held for some hundred nanoseconds.
 *
 * <p>A task is <em>open</em> from its submission until its slot is free again: a cancelled one whose worker has yet to die
 * is open, though its future is not.
 */
final class Window {
    private final TaskTable table;
    private final BlobWriter arguments;
    private final ReentrantLock lock = new ReentrantLock();
    private final PoolTask<?>[] tasks;
    private final int[] freeSlots;
    private int freeCount;
    private final ArrayDeque<PoolTask<?>> backlog = new ArrayDeque<>();
    private long open;
    private boolean shutdown;
    private PoolBrokenException broken;
    private Runnable whenEmpty;

    Window(TaskTable table, BlobWriter arguments) {
        this.table = table;
        this.arguments = arguments;
        this.tasks = new PoolTask<?>[table.slots()];
        this.freeSlots = new int[table.slots()];
        for (int slot = table.slots() - 1; slot >= 0; slot--) {
            freeSlots[freeCount++] = slot;
        }
    }

    // ---- in ----

    /**
     * Takes a task in. Its outcome will come through the collector.
     *
     * @throws RejectedExecutionException if the pool was shut down
     */
    void submit(PoolTask<?> task, CodecOutput encoded) {
        writeLarge(task, encoded);
        boolean published;
        lock();
        try {
            published = admit(task, encoded.array(), TaskTable.NOTIFY_COLLECTOR);
        } finally {
            lock.unlock();
        }
        if (published) {
            table.work().wake(1);
        }
    }

    /**
     * Takes a task in whose caller would wait at its slot. The caller then wakes a worker itself.
     *
     * @return the slot; {@link PoolTask#NO_SLOT} if it waits in the backlog, then its outcome comes through the collector
     */
    int submitDirect(PoolTask<?> task, CodecOutput encoded) {
        writeLarge(task, encoded);
        int slot;
        lock();
        try {
            slot = admit(task, encoded.array(), TaskTable.NOTIFY_CALLER) ? task.slot : PoolTask.NO_SLOT;
        } finally {
            lock.unlock();
        }
        return slot;
    }

    /** Under the lock. True: published; false: it waits in the backlog. */
    private boolean admit(PoolTask<?> task, byte[] payload, int notify) {
        if (broken != null) {
            dropLarge(task);
            throw new PoolBrokenException(broken.getMessage(), broken.getCause());
        }
        if (shutdown) {
            dropLarge(task);
            throw new RejectedExecutionException("the pool was shut down; it takes no more tasks");
        }
        boolean published = backlog.isEmpty() && freeCount > 0 && table.hasRoom() && publish(task, payload, notify);
        if (!published) {
            task.keepPayload(payload);
            backlog.add(task);
        }
        open++;
        return published;
    }

    private void dropLarge(PoolTask<?> task) {
        if (task.reference != TaskTable.IN_SLOT) {
            arguments.free(task.reference);
        }
    }

    /** Megabytes are written before the lock is taken. */
    private void writeLarge(PoolTask<?> task, CodecOutput encoded) {
        if (BlobWriter.isLarge(encoded.position())) {
            task.reference = arguments.write(encoded.array(), encoded.position());
        }
    }

    private boolean publish(PoolTask<?> task, byte[] payload, int notify) {
        int length = task.payloadBytes();
        if (length > TaskTable.IN_SLOT_BYTES && task.reference == TaskTable.IN_SLOT) {
            try {
                task.reference = arguments.write(payload, length);
            } catch (NoSpaceException noRoomNow) {
                if (freeCount < tasks.length) {
                    return false; // a task in the table will free some
                }
                throw noRoomNow;
            }
        }
        int slot = freeSlots[--freeCount];
        tasks[slot] = task;
        task.slot = slot;
        table.putArgument(slot, payload, length, task.reference, notify);
        task.serial = SlotWord.serialOf(table.publish(slot));
        return true;
    }

    // ---- out ----

    /**
     * Takes a DONE task out of the table together with its outcome's bytes.
     *
     * @return null if the slot is not DONE under that serial, or somebody else took it
     */
    Done take(int slot, int serial, BlobReaders results) {
        lock();
        PoolTask<?> task = tasks[slot];
        if (task == null || task.serial != serial) {
            lock.unlock();
            return null;
        }
        return takeAndUnlock(task, results);
    }

    /** {@link #take(int, int, BlobReaders)} for whoever has the task. */
    Done take(PoolTask<?> task, BlobReaders results) {
        lock();
        if (task.slot == PoolTask.NO_SLOT) {
            lock.unlock();
            return null;
        }
        return takeAndUnlock(task, results);
    }

    private Done takeAndUnlock(PoolTask<?> task, BlobReaders results) {
        int slot = task.slot;
        int length;
        long reference;
        long word;
        byte[] bytes = null;
        boolean wake = false;
        try {
            word = table.word(slot);
            if (!SlotWord.isPhase(word, SlotPhase.DONE) || tasks[slot] != task) {
                return null;
            }
            length = table.resultLength(slot);
            reference = table.resultReference(slot);
            tasks[slot] = null; // from here on it is ours alone
            if (reference == TaskTable.IN_SLOT) {
                bytes = new byte[length];
                table.getBody(slot, bytes, length);
                wake = release(slot, task);
            }
        } finally {
            lock.unlock();
        }
        if (wake) {
            table.work().wake(1);
        }
        return reference == TaskTable.IN_SLOT
                ? new Done(task, bytes, null)
                : readAndRelease(task, slot, SlotWord.workerOf(word), reference, length, results);
    }

    /** What may be megabytes is read without the lock; the slot stays DONE and in nobody's hands meanwhile. */
    private Done readAndRelease(
            PoolTask<?> task, int slot, int worker, long reference, int length, BlobReaders results) {
        Done done;
        try {
            done = new Done(task, results.read(worker, reference, length), null);
        } catch (RuntimeException unreadable) {
            done = new Done(task, null, unreadable);
        }
        boolean wake;
        lock();
        try {
            wake = release(slot, task);
        } finally {
            lock.unlock();
        }
        if (wake) {
            table.work().wake(1);
        }
        return done;
    }

    /** A task that was taken out, and its outcome, or why that could not be read. */
    record Done(PoolTask<?> task, byte[] outcome, RuntimeException unreadable) {}

    /** Under the lock: the slot is free, and the next of the backlog may have it. True: something was published. */
    private boolean release(int slot, PoolTask<?> task) {
        long word = table.word(slot);
        table.move(slot, word, SlotWord.unowned(SlotPhase.FREE, SlotWord.serialOf(word)));
        return forget(slot, task);
    }

    private boolean forget(int slot, PoolTask<?> task) {
        tasks[slot] = null;
        freeSlots[freeCount++] = slot;
        closed(task);
        return refill();
    }

    private void closed(PoolTask<?> task) {
        if (task.reference != TaskTable.IN_SLOT) {
            arguments.free(task.reference);
            task.reference = TaskTable.IN_SLOT;
        }
        task.dropPayload();
        task.slot = PoolTask.NO_SLOT;
        open--;
        announceIfEmpty();
    }

    private void announceIfEmpty() {
        if (open == 0 && shutdown && whenEmpty != null) {
            whenEmpty.run();
            whenEmpty = null;
        }
    }

    private boolean refill() {
        boolean published = false;
        while (!backlog.isEmpty() && freeCount > 0 && table.hasRoom()) {
            PoolTask<?> next = backlog.peek();
            if (next.isDone()) {
                backlog.poll();
                closed(next);
                continue;
            }
            try {
                if (!publish(next, next.payload(), TaskTable.NOTIFY_COLLECTOR)) {
                    return published;
                }
            } catch (NoSpaceException e) {
                backlog.poll();
                closed(next);
                next.completeExceptionally(e);
                continue;
            }
            backlog.poll();
            next.dropPayload();
            published = true;
        }
        return published;
    }

    // ---- taking back ----

    /**
     * Cancels a task.
     *
     * @return the owner of the worker that must be killed for it; {@link #NOBODY}, if none; {@link #TOO_LATE}, if it has ended
     */
    long cancel(PoolTask<?> task, boolean stopIfRunning) {
        boolean wake = false;
        lock();
        try {
            if (task.isDone()) {
                return TOO_LATE;
            }
            int slot = task.slot;
            if (slot == PoolTask.NO_SLOT) {
                // In the backlog, where refill drops it; or its outcome has been taken out and is being delivered.
                return task.payload() == null ? TOO_LATE : NOBODY;
            }
            while (true) {
                long word = table.word(slot);
                switch (SlotWord.phaseOf(word)) {
                    case READY, CLAIMED -> {
                        if (table.move(slot, word, SlotWord.unowned(SlotPhase.FREE, SlotWord.serialOf(word)))) {
                            wake = forget(slot, task);
                            return NOBODY;
                        }
                    }
                    case RUNNING -> {
                        if (!stopIfRunning) {
                            return NOBODY;
                        }
                        if (table.move(slot, word, SlotWord.moved(word, SlotPhase.KILLED))) {
                            return SlotWord.ownerOf(word);
                        }
                    }
                    default -> {
                        return TOO_LATE;
                    }
                }
            }
        } finally {
            lock.unlock();
            if (wake) {
                table.work().wake(1);
            }
        }
    }

    static final long NOBODY = -1;
    static final long TOO_LATE = -2;

    /**
     * Settles what a dead worker held. Its end is confirmed: it stores nothing any more.
     *
     * @param owner its name in the slots' words
     * @return the tasks that it was running, whose attempt is lost; DONE ones are left for the collector's second look
     */
    List<PoolTask<?>> settle(long owner) {
        var lost = new ArrayList<PoolTask<?>>();
        boolean wake = false;
        lock();
        try {
            for (int slot = 0; slot < tasks.length; slot++) {
                long word = table.word(slot);
                PoolTask<?> task = tasks[slot];
                if (task == null || SlotWord.ownerOf(word) != owner) {
                    continue;
                }
                switch (SlotWord.phaseOf(word)) {
                    case CLAIMED -> {
                        // It had not begun: somebody else runs it, at no cost.
                        task.serial = SlotWord.serialOf(table.publish(slot));
                        wake = true;
                    }
                    case RUNNING -> {
                        lost.add(task);
                        wake |= release(slot, task);
                    }
                    case KILLED -> wake |= release(slot, task);
                    default -> {}
                }
            }
        } finally {
            lock.unlock();
        }
        if (wake) {
            table.work().wakeAll();
        }
        return lost;
    }

    /** The slots, as {@link TaskTable}'s done-ring entries, in which a worker has left an outcome. */
    List<long[]> doneBy(long owner) {
        var done = new ArrayList<long[]>();
        for (int slot = 0; slot < tasks.length; slot++) {
            long word = table.word(slot);
            if (SlotWord.isPhase(word, SlotPhase.DONE) && SlotWord.ownerOf(word) == owner) {
                done.add(new long[] {slot, SlotWord.serialOf(word)});
            }
        }
        return done;
    }

    // ---- the end ----

    /** Takes no more tasks. {@code whenEmpty} runs once, under the lock, when no task is open any more. */
    void shutdown(Runnable whenEmpty) {
        lock();
        try {
            if (!shutdown) {
                shutdown = true;
                this.whenEmpty = whenEmpty;
                announceIfEmpty();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks, as the workers cannot be kept up. All tasks that no worker holds are returned, taken out. */
    List<PoolTask<?>> breakWith(PoolBrokenException reason) {
        lock();
        try {
            broken = reason;
        } finally {
            lock.unlock();
        }
        return takeAllWaiting();
    }

    /** Every task that has not begun, taken out. */
    List<PoolTask<?>> takeAllWaiting() {
        var waiting = new ArrayList<PoolTask<?>>();
        lock();
        try {
            while (!backlog.isEmpty()) {
                PoolTask<?> task = backlog.poll();
                closed(task);
                waiting.add(task);
            }
            for (int slot = 0; slot < tasks.length; slot++) {
                PoolTask<?> task = tasks[slot];
                long word = table.word(slot);
                boolean unbegun = SlotWord.isPhase(word, SlotPhase.READY) || SlotWord.isPhase(word, SlotPhase.CLAIMED);
                if (task != null
                        && unbegun
                        && table.move(slot, word, SlotWord.unowned(SlotPhase.FREE, SlotWord.serialOf(word)))) {
                    forget(slot, task);
                    waiting.add(task);
                }
            }
        } finally {
            lock.unlock();
        }
        return waiting;
    }

    /** Every task that is in the table now. */
    List<PoolTask<?>> inTable() {
        var running = new ArrayList<PoolTask<?>>();
        lock();
        try {
            for (PoolTask<?> task : tasks) {
                if (task != null) {
                    running.add(task);
                }
            }
        } finally {
            lock.unlock();
        }
        return running;
    }

    boolean isShutdown() {
        lock();
        try {
            return shutdown || broken != null;
        } finally {
            lock.unlock();
        }
    }

    /** Tasks that have not begun: the backlog and what lies READY in the table. */
    int waiting() {
        int waiting = 0;
        lock();
        try {
            waiting = backlog.size();
            for (int slot = 0; slot < tasks.length; slot++) {
                if (tasks[slot] != null && SlotWord.isPhase(table.word(slot), SlotPhase.READY)) {
                    waiting++;
                }
            }
        } finally {
            lock.unlock();
        }
        return waiting;
    }

    /** The lock is held so shortly that waiting for it asleep would cost a hundred times more. */
    private void lock() {
        for (int i = 0; i < 200; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }
}
