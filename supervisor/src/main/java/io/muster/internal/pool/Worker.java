package io.muster.internal.pool;

import io.muster.ExitStatus;
import io.muster.WorkerDiedException;
import io.muster.WorkerInfo;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.internal.launch.ChildHandle;
import java.time.Duration;

/** One worker and its present life. Written by the {@link WorkerKeeper}'s thread alone; others may look. */
final class Worker {
    final int index;
    final String name;
    volatile int epoch;
    volatile ChildHandle handle;
    volatile WorkerInfo.State state = WorkerInfo.State.GONE;
    /** It must die, if need be as soon as there is a process to kill. */
    boolean condemned;
    /** When its next life begins, while it is GONE and {@link #isDue}. */
    long startAtNanos;

    boolean isDue;

    Worker(int index, String name) {
        this.index = index;
        this.name = name;
    }

    void beginEpoch() {
        epoch++;
        handle = null;
        condemned = false;
        isDue = false;
        state = WorkerInfo.State.STARTING;
    }

    void isLaunched(ChildHandle itsHandle) {
        handle = itsHandle;
        if (condemned) {
            itsHandle.kill();
        }
    }

    void isUp() {
        state = WorkerInfo.State.UP;
    }

    void isGone() {
        state = WorkerInfo.State.GONE;
        handle = null;
    }

    void kill() {
        condemned = true;
        if (handle != null) {
            handle.kill();
        }
    }

    void startLater(long delayNanos) {
        isDue = true;
        startAtNanos = System.nanoTime() + delayNanos;
    }

    /** How it ended; null if it never was a process, or nobody can tell. */
    ExitStatus exitStatus() {
        return handle == null ? null : handle.onExit().getNow(null);
    }

    /** Its name in the slots' words. */
    long owner() {
        return SlotWord.owner(index, epoch);
    }

    /** @param task what it ran, or null if nothing */
    WorkerDiedException died(ExitStatus status, PoolTask<?> task) {
        return new WorkerDiedException(
                name,
                handle == null ? 0 : handle.pid(),
                epoch,
                status,
                task == null ? "no task" : task.describe(),
                Duration.ofNanos(task == null ? 0 : task.sinceSubmittedNanos()),
                handle == null ? "" : handle.stderrTail());
    }

    WorkerInfo info(TaskTable table) {
        ChildHandle now = handle;
        return new WorkerInfo(
                name,
                now == null ? 0 : now.pid(),
                epoch,
                state,
                table.tasksEnded(index),
                Duration.ofNanos(table.busyNanos(index)));
    }
}
