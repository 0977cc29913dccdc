package io.muster.child.task;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A worker's life after its start: claim the oldest task, run it, announce its outcome, sleep when there is nothing.
 *
 * <p>Death: killed before RUNNING, the task runs elsewhere; killed after, the parent finds the worker's name in the slot's
 * word. Nothing a dead worker leaves behind blocks the others.
 */
final class WorkerLoop {
    /** A buffer that one task made larger than this is not kept for the next. */
    private static final int KEEP_BYTES = 1 << 20;

    private final TaskTable table;
    private final int worker;
    private final long owner;
    private final TaskRunner runner;
    private final BlobReader arguments;
    private final BlobWriter results;
    private final Waiter waiter;
    private final CodecInput in = new CodecInput();
    private CodecOutput out = new CodecOutput();
    private final byte[] inSlot = new byte[TaskTable.IN_SLOT_BYTES];

    private int claimed;
    /** When the last task ended, or the wait for this one: reading the clock takes as long as a small task. */
    private long busySince = System.nanoTime();

    /** A class and not a lambda: the first lambda costs a starting JVM some milliseconds. */
    private final BooleanSupplier claimOrStop = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            claimed = table.claim(owner);
            return claimed >= 0 || table.isStopped();
        }
    };

    private final BooleanSupplier somethingForAnother = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return table.hasWork() || table.isStopped();
        }
    };

    WorkerLoop(
            TaskTable table,
            int worker,
            long owner,
            TaskRunner runner,
            BlobReader arguments,
            BlobWriter results,
            Waiter waiter) {
        this.table = table;
        this.worker = worker;
        this.owner = owner;
        this.runner = runner;
        this.arguments = arguments;
        this.results = results;
        this.waiter = waiter;
    }

    /** Serves tasks until the pool says stop. */
    void run() {
        while (true) {
            boolean atOnce = claimOrStop.getAsBoolean();
            if (!atOnce) {
                waiter.awaitUninterruptibly(table.work(), claimOrStop, somethingForAnother, Deadline.never());
            }
            if (claimed < 0) {
                return;
            }
            if (!atOnce) {
                busySince = System.nanoTime();
            }
            serve(claimed);
        }
    }

    private void serve(int slot) {
        long claimed = table.word(slot);
        if (!SlotWord.isPhase(claimed, SlotPhase.CLAIMED) || SlotWord.ownerOf(claimed) != owner) {
            return; // cancelled since
        }
        // Before its first byte is looked at: from here on the task has begun, and a cancelled one must not.
        // Were it copied in before, one too large for this heap would be nobody's fault and kill worker after worker.
        long running = SlotWord.moved(claimed, SlotPhase.RUNNING);
        if (!table.move(slot, claimed, running)) {
            return;
        }
        run(slot, running);
    }

    private void run(int slot, long running) {
        int serial = SlotWord.serialOf(running);
        int notify = table.notifyOf(slot);
        table.takeInHand(worker, slot, serial);
        RuntimeException unreadable = readArgument(slot);
        Thread.interrupted(); // threads that earlier tasks left behind may interrupt this one at any time
        if (unreadable == null) {
            runner.run(in, out);
        } else {
            runner.refuse(out, unreadable);
        }
        Thread.interrupted(); // neither the result's way out nor the next task must meet this one's interrupt
        writeResult(slot);
        long end = System.nanoTime();
        table.countTask(worker, end - busySince);
        busySince = end;
        if (!table.move(slot, running, SlotWord.moved(running, SlotPhase.DONE))) {
            awaitTheKill();
        }
        waiter.noteWoke(table.announce(worker, slot, serial, notify));
        forgetLarge();
    }

    private void forgetLarge() {
        in.wrap(inSlot, 0, 0);
        if (out.array().length > KEEP_BYTES) {
            out = new CodecOutput();
        }
    }

    private RuntimeException readArgument(int slot) {
        try {
            int length = table.argumentLength(slot);
            long reference = table.argumentReference(slot);
            if (reference == TaskTable.IN_SLOT) {
                table.getBody(slot, inSlot, length);
                in.wrap(inSlot, 0, length);
            } else {
                in.wrap(arguments.read(reference, length), 0, length);
            }
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void writeResult(int slot) {
        int length = out.position();
        if (length <= TaskTable.IN_SLOT_BYTES) {
            table.putResult(slot, out.array(), length, TaskTable.IN_SLOT);
            return;
        }
        long reference;
        try {
            reference = results.write(out.array(), length);
        } catch (RuntimeException noSpace) {
            runner.refuseResult(out, noSpace);
            writeResult(slot);
            return;
        }
        table.putResult(slot, out.array(), length, reference);
    }

    /** The parent has settled this task's outcome without us and is about to kill this process; it must do nothing more. */
    private static void awaitTheKill() {
        while (true) {
            LockSupport.park();
        }
    }
}
