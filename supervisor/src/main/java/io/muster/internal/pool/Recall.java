package io.muster.internal.pool;

import io.muster.child.task.SlotPhase;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes tasks back that are under way: one that is cancelled, those that a dead worker held, all that have not begun. Has the
 * lock of the {@link Window}, whose other half it is.
 */
final class Recall {
    /** No worker need be killed for a cancelled task. */
    static final long NOBODY = -1;
    /** The task that was to be cancelled has ended. */
    static final long TOO_LATE = -2;

    private final TaskTable table;
    private final ShortLock lock;
    private final Slots slots;
    private final Backlog backlog;
    private final OpenTasks open;

    Recall(TaskTable table, ShortLock lock, Slots slots, Backlog backlog, OpenTasks open) {
        this.table = table;
        this.lock = lock;
        this.slots = slots;
        this.backlog = backlog;
        this.open = open;
    }

    // ---- one ----

    /**
     * Cancels a task.
     *
     * @return the owner of the worker that must be killed for it; {@link #NOBODY}, if none; {@link #TOO_LATE}, if it has ended
     */
    long cancel(PoolTask<?> task, boolean stopIfRunning) {
        boolean wake = false;
        lock.lock();
        try {
            if (task.isDone()) {
                return TOO_LATE;
            }
            int slot = task.slot;
            if (slot == PoolTask.NO_SLOT) {
                // In the backlog, where refill drops it; or its outcome has been taken out and is being delivered.
                return task.payload() == null ? TOO_LATE : NOBODY;
            }
            if (slots.freeUnbegun(slot)) {
                backlog.close(task);
                wake = backlog.refill();
                return NOBODY;
            }
            return stop(slot, stopIfRunning);
        } finally {
            lock.unlock();
            if (wake) {
                table.work().wake(1);
            }
        }
    }

    private long stop(int slot, boolean stopIfRunning) {
        long word = table.word(slot);
        if (!SlotWord.isPhase(word, SlotPhase.RUNNING)) {
            return TOO_LATE;
        }
        if (!stopIfRunning) {
            return NOBODY;
        }
        // Only its worker moves a RUNNING slot besides us, and then to DONE.
        return table.move(slot, word, SlotWord.moved(word, SlotPhase.KILLED)) ? SlotWord.ownerOf(word) : TOO_LATE;
    }

    // ---- what a dead worker held ----

    /**
     * Settles what a dead worker held. Its end is confirmed: it stores nothing any more.
     *
     * @param owner its name in the slots' words
     */
    Settled settle(long owner) {
        var settled = new Settled(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        lock.lock();
        try {
            for (int slot : slotsOf(owner)) {
                settle(slot, slots.at(slot), table.word(slot), settled);
            }
        } finally {
            lock.unlock();
        }
        // Always, and anyway: the dead one may have been woken for a task that it had no time to claim, or have been
        // about to
        // wake another worker, or the collector for what the others announced behind it.
        table.work().wakeAllAnyway();
        table.done().wakeAllAnyway();
        return settled;
    }

    /** All of them, before anything is moved into or out of the table; mostly there is one, and somebody waits for it. */
    private List<Integer> slotsOf(long owner) {
        var found = new ArrayList<Integer>();
        int left = slots.taken();
        for (int slot = 0; left > 0 && slot < slots.count(); slot++) {
            if (slots.at(slot) != null) {
                left--;
                if (SlotWord.ownerOf(table.word(slot)) == owner) {
                    found.add(slot);
                }
            }
        }
        return found;
    }

    private void settle(int slot, PoolTask<?> task, long word, Settled settled) {
        switch (SlotWord.phaseOf(word)) {
            // It had not begun: somebody else runs it, at no cost.
            case CLAIMED -> task.serial = SlotWord.serialOf(table.republish(slot));
            case RUNNING -> {
                settled.lost.add(task);
                backlog.release(slot, task);
            }
            case KILLED -> {
                settled.killed.add(task);
                backlog.release(slot, task);
            }
            case DONE -> settled.done.add(task);
            default -> {}
        }
    }

    /**
     * What a dead worker has left.
     *
     * @param lost the tasks that it was running, whose attempt is lost
     * @param killed those for which it was killed, whose outcome was settled before
     * @param done those whose outcome lies in the table, though perhaps nobody was told
     */
    record Settled(List<PoolTask<?>> lost, List<PoolTask<?>> killed, List<PoolTask<?>> done) {
        /** Whether it died in the middle of a task. */
        boolean hadBegun() {
            return !lost.isEmpty() || !killed.isEmpty();
        }
    }

    // ---- all ----

    /** All tasks whose outcome lies in the table. */
    List<PoolTask<?>> done() {
        var done = new ArrayList<PoolTask<?>>();
        lock.lock();
        try {
            for (int slot = 0; !open.isEmpty() && slot < slots.count(); slot++) {
                if (slots.at(slot) != null && SlotWord.isPhase(table.word(slot), SlotPhase.DONE)) {
                    done.add(slots.at(slot));
                }
            }
        } finally {
            lock.unlock();
        }
        return done;
    }

    /** Every task that is in the table now. */
    List<PoolTask<?>> inTable() {
        var running = new ArrayList<PoolTask<?>>();
        lock.lock();
        try {
            addAllInTable(running);
        } finally {
            lock.unlock();
        }
        return running;
    }

    /** Every task that has not begun, taken out. */
    List<PoolTask<?>> takeAllWaiting() {
        var waiting = new ArrayList<PoolTask<?>>();
        lock.lock();
        try {
            for (PoolTask<?> task = backlog.takeOut(); task != null; task = backlog.takeOut()) {
                waiting.add(task);
            }
            for (int slot = 0; slot < slots.count(); slot++) {
                PoolTask<?> task = slots.at(slot);
                if (task != null && slots.freeUnbegun(slot)) {
                    backlog.close(task);
                    waiting.add(task);
                }
            }
        } finally {
            lock.unlock();
        }
        return waiting;
    }

    /** {@link #takeAllWaiting}, and the pool takes no more tasks, nor parts of jobs. */
    List<PoolTask<?>> stop() {
        lock.lock();
        try {
            open.stop();
        } finally {
            lock.unlock();
        }
        return takeAllWaiting();
    }

    /** Gives up all tasks without a look at the table, which cannot be trusted any more. */
    List<PoolTask<?>> abandon() {
        var all = new ArrayList<PoolTask<?>>();
        lock.lock();
        try {
            open.abandon();
            backlog.drainTo(all);
            addAllInTable(all);
            for (PoolTask<?> task : all) {
                if (task.slot != PoolTask.NO_SLOT) {
                    slots.detach(task.slot);
                }
            }
        } finally {
            lock.unlock();
        }
        return all;
    }

    private void addAllInTable(List<PoolTask<?>> to) {
        for (int slot = 0; slot < slots.count(); slot++) {
            if (slots.at(slot) != null) {
                to.add(slots.at(slot));
            }
        }
    }
}
