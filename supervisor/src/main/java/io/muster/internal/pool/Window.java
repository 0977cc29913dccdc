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
import java.util.function.BiConsumer;

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
    private final BlobReaders results;
    private final BiConsumer<PoolTask<?>, Throwable> fail;
    private final ReentrantLock lock = new ReentrantLock();
    private final PoolTask<?>[] tasks;
    private final int[] freeSlots;
    private int freeCount;
    private final ArrayDeque<PoolTask<?>> backlog = new ArrayDeque<>();
    private long open;
    private boolean shutdown;
    private boolean stopped;
    private PoolBrokenException broken;
    private Runnable whenEmpty;

    /** @param fail completes a task exceptionally, by another thread: it is called under the lock */
    Window(TaskTable table, BlobWriter arguments, BlobReaders results, BiConsumer<PoolTask<?>, Throwable> fail) {
        this.table = table;
        this.arguments = arguments;
        this.results = results;
        this.fail = fail;
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
        boolean published = false;
        try {
            checkOpenFor(task);
            published = backlog.isEmpty() && canPublish() && publish(task, payload, notify);
            if (!published) {
                task.keepPayload(payload);
                backlog.add(task);
            }
            open++;
            return published;
        } catch (Throwable refused) {
            if (!published) {
                freeReference(task);
            }
            throw refused;
        }
    }

    private void checkOpenFor(PoolTask<?> task) {
        if (broken != null) {
            throw new PoolBrokenException(broken.getMessage(), broken.getCause());
        }
        if (stopped || shutdown && !task.isPart()) {
            throw refusal();
        }
    }

    private static RejectedExecutionException refusal() {
        return new RejectedExecutionException("the pool was shut down; it takes no more tasks");
    }

    private void freeReference(PoolTask<?> task) {
        if (task.reference != TaskTable.IN_SLOT) {
            arguments.free(task.reference);
            task.reference = TaskTable.IN_SLOT;
        }
    }

    /** Megabytes are written before the lock is taken. Where there is no room for them now, they wait in the heap. */
    private void writeLarge(PoolTask<?> task, CodecOutput encoded) {
        if (BlobWriter.isLarge(encoded.position())) {
            try {
                task.reference = arguments.write(encoded.array(), encoded.position());
            } catch (NoSpaceException noRoomNow) {
                // Tried again when it is its turn.
            }
        }
    }

    private boolean canPublish() {
        return freeCount > 0 && table.hasRoom();
    }

    /** False: there is no room for its argument now, but there will be. */
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

    /** A job will submit parts, also after {@link #shutdown}: until {@link #endJob} it counts as an open task. */
    void beginJob() {
        lock();
        try {
            if (broken != null) {
                throw new PoolBrokenException(broken.getMessage(), broken.getCause());
            }
            if (shutdown) {
                throw refusal();
            }
            open++;
        } finally {
            lock.unlock();
        }
    }

    void endJob() {
        lock();
        try {
            open--;
            announceIfEmpty();
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
        if (slot < 0 || slot >= tasks.length) {
            return null; // a worker's native code has written where it should not
        }
        Done done;
        lock();
        try {
            PoolTask<?> task = tasks[slot];
            done = task == null || task.serial != serial ? null : takeLocked(task);
        } finally {
            lock.unlock();
        }
        return wokenFor(done);
    }

    /** {@link #take(int, int)} for whoever has the task. */
    Done take(PoolTask<?> task) {
        Done done;
        lock();
        try {
            done = task.slot == PoolTask.NO_SLOT || tasks[task.slot] != task ? null : takeLocked(task);
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
            tasks[slot] = null; // from here on it is the taker's alone
            return new Done(task, null, slot, reference, length, results.retain(SlotWord.workerOf(word)), false);
        }
        byte[] bytes = new byte[Math.min(length, TaskTable.IN_SLOT_BYTES)];
        table.getBody(slot, bytes, bytes.length);
        return new Done(task, bytes, slot, reference, length, null, release(slot, task));
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
            boolean wake;
            lock();
            try {
                wake = release(done.slot, done.task);
            } finally {
                lock.unlock();
            }
            if (wake) {
                table.work().wake(1);
            }
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
        freeReference(task);
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
        while (!backlog.isEmpty() && canPublish()) {
            PoolTask<?> next = backlog.peek();
            if (!next.isDone()) {
                try {
                    if (!publish(next, next.payload(), TaskTable.NOTIFY_COLLECTOR)) {
                        return published;
                    }
                } catch (RuntimeException refused) {
                    backlog.poll();
                    closed(next);
                    fail.accept(next, refused);
                    continue;
                }
                next.dropPayload();
                published = true;
                backlog.poll();
            } else {
                backlog.poll();
                closed(next);
            }
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
     */
    Settled settle(long owner) {
        var lost = new ArrayList<PoolTask<?>>();
        var done = new ArrayList<PoolTask<?>>();
        boolean hadBegun = false;
        lock();
        try {
            for (int slot = 0; slot < tasks.length; slot++) {
                PoolTask<?> task = tasks[slot];
                long word = task == null ? 0 : table.word(slot);
                if (task == null || SlotWord.ownerOf(word) != owner) {
                    continue;
                }
                switch (SlotWord.phaseOf(word)) {
                    // It had not begun: somebody else runs it, at no cost.
                    case CLAIMED -> task.serial = SlotWord.serialOf(table.republish(slot));
                    case RUNNING -> {
                        hadBegun = true;
                        lost.add(task);
                        release(slot, task);
                    }
                    case KILLED -> {
                        hadBegun = true;
                        release(slot, task);
                    }
                    case DONE -> done.add(task);
                    default -> {}
                }
            }
        } finally {
            lock.unlock();
        }
        // Always: the dead one may have been woken for a task that it had no time to claim.
        table.work().wakeAll();
        return new Settled(lost, done, hadBegun);
    }

    /**
     * What a dead worker has left.
     *
     * @param lost the tasks that it was running, whose attempt is lost
     * @param done those whose outcome lies in the table, though perhaps nobody was told
     * @param hadBegun whether it died in the middle of a task
     */
    record Settled(List<PoolTask<?>> lost, List<PoolTask<?>> done, boolean hadBegun) {}

    /** All tasks whose outcome lies in the table. */
    List<PoolTask<?>> done() {
        var done = new ArrayList<PoolTask<?>>();
        lock();
        try {
            for (int slot = 0; open > 0 && slot < tasks.length; slot++) {
                if (tasks[slot] != null && SlotWord.isPhase(table.word(slot), SlotPhase.DONE)) {
                    done.add(tasks[slot]);
                }
            }
        } finally {
            lock.unlock();
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

    /** Takes no more tasks, as the workers cannot be kept up. Those that are there are another matter. */
    void refuseWith(PoolBrokenException reason) {
        lock();
        try {
            broken = reason;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks, and no more parts of jobs either. What has not begun is returned, taken out. */
    List<PoolTask<?>> stop() {
        lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        return takeAllWaiting();
    }

    /** Gives up all tasks without a look at the table, which cannot be trusted any more. */
    List<PoolTask<?>> abandon() {
        var all = new ArrayList<PoolTask<?>>();
        lock();
        try {
            stopped = true;
            shutdown = true;
            all.addAll(backlog);
            backlog.clear();
            for (int slot = 0; slot < tasks.length; slot++) {
                if (tasks[slot] != null) {
                    all.add(tasks[slot]);
                    tasks[slot] = null;
                }
            }
        } finally {
            lock.unlock();
        }
        return all;
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
                if (task != null && takeUnbegun(slot)) {
                    forget(slot, task);
                    waiting.add(task);
                }
            }
        } finally {
            lock.unlock();
        }
        return waiting;
    }

    /** Frees a slot's word if no worker has begun with its task. */
    private boolean takeUnbegun(int slot) {
        while (true) {
            long word = table.word(slot);
            if (!SlotWord.isPhase(word, SlotPhase.READY) && !SlotWord.isPhase(word, SlotPhase.CLAIMED)) {
                return false;
            }
            if (table.move(slot, word, SlotWord.unowned(SlotPhase.FREE, SlotWord.serialOf(word)))) {
                return true;
            }
        }
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
