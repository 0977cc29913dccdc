package io.muster.internal.pool;

import io.muster.child.task.BlobWriter;
import io.muster.child.task.SlotPhase;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.memory.NoSpaceException;

/** Which task lies in which slot of the table, which slots are free, and where its argument lies. Under the {@link Window}'s lock. */
final class Slots {
    private final TaskTable table;
    private final BlobWriter arguments;
    private final PoolTask<?>[] tasks;
    private final int[] free;
    private int freeCount;

    Slots(TaskTable table, BlobWriter arguments) {
        this.table = table;
        this.arguments = arguments;
        this.tasks = new PoolTask<?>[table.slots()];
        this.free = new int[table.slots()];
        for (int slot = table.slots() - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
    }

    int count() {
        return tasks.length;
    }

    /** How many are not free; also those that {@link #at} knows no task of, as somebody is reading its outcome. */
    int taken() {
        return tasks.length - freeCount;
    }

    /** Null: nobody's. */
    PoolTask<?> at(int slot) {
        return tasks[slot];
    }

    boolean holds(PoolTask<?> task) {
        return task.slot != PoolTask.NO_SLOT && tasks[task.slot] == task;
    }

    // ---- arguments ----

    /**
     * Megabytes are written before the lock is taken; the one method to be called without it. Where there is no room for
     * them now, they wait in the heap.
     */
    void writeLarge(PoolTask<?> task, CodecOutput encoded) {
        if (BlobWriter.isLarge(encoded.position())) {
            try {
                task.reference = arguments.write(encoded.array(), encoded.position());
            } catch (NoSpaceException noRoomNow) {
                // Tried again when it is its turn.
            }
        }
    }

    void freeArgument(PoolTask<?> task) {
        if (task.reference != TaskTable.IN_SLOT) {
            arguments.free(task.reference);
            task.reference = TaskTable.IN_SLOT;
        }
    }

    // ---- in and out ----

    boolean canPublish() {
        return freeCount > 0 && table.hasRoom();
    }

    /** After {@link #canPublish}. False: there is no room for its argument now, but there will be. */
    boolean publish(PoolTask<?> task, byte[] payload, int notify) {
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
        int slot = free[--freeCount];
        tasks[slot] = task;
        task.slot = slot;
        table.putArgument(slot, payload, length, task.reference, notify);
        task.serial = SlotWord.serialOf(table.publish(slot));
        return true;
    }

    /** The task is somebody's who will {@link #free} the slot later. */
    void detach(int slot) {
        tasks[slot] = null;
    }

    /** Makes the word FREE of a slot that no worker moves any more, and the slot with it. */
    void free(int slot) {
        table.free(slot);
        vacate(slot);
    }

    /** {@link #free} for a slot that a worker may be claiming. False: a task in it has begun, nothing was done. */
    boolean freeUnbegun(int slot) {
        while (true) {
            long word = table.word(slot);
            if (!SlotWord.isPhase(word, SlotPhase.READY) && !SlotWord.isPhase(word, SlotPhase.CLAIMED)) {
                return false;
            }
            if (table.move(slot, word, freed(word))) {
                vacate(slot);
                return true;
            }
        }
    }

    private static long freed(long word) {
        return SlotWord.unowned(SlotPhase.FREE, SlotWord.serialOf(word));
    }

    private void vacate(int slot) {
        tasks[slot] = null;
        free[freeCount++] = slot;
    }
}
