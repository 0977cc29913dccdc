package io.muster.child.task;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitStrategy;
import io.muster.ipc.wait.Waiter;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Task tables without files, and workers that are threads: what this package shows to tests of the pool alone. */
public final class TestTables {
    private TestTables() {}

    /** The bytes of a table, zeroed, for the views of several parties. */
    public static Memory bytes(int slots, int workers) {
        long bytes = new TaskTableLayout(slots, workers).bytes;
        return Memory.wrap(ByteBuffer.allocateDirect((int) bytes + Long.BYTES).alignedSlice(Long.BYTES));
    }

    /** One party's view. */
    public static TaskTable over(Memory memory, int slots, int workers) {
        return TaskTable.over(memory, new TaskTableLayout(slots, workers));
    }

    /** A worker's whole life, on this thread; it ends when the table says stop and nothing is left to claim. */
    public static void serve(TaskTable table, PoolFiles files, int worker, int epoch) {
        try (var arguments = new BlobReader(files.arguments())) {
            var results = new BlobWriter(files.results(worker, epoch), true);
            var runner = new TaskRunner(ObjectCodec.standard());
            new WorkerLoop(
                            table,
                            worker,
                            SlotWord.owner(worker, epoch),
                            runner,
                            arguments,
                            results,
                            Waiter.builder().cpus(2).build())
                    .run();
        }
    }

    /** Spins for work in a worker's name and never finds any, on this thread, until {@code enough}. */
    public static void spin(TaskTable table, int worker, int epoch, BooleanSupplier enough) {
        Waiter.builder()
                .strategy(WaitStrategy.BUSY_SPIN)
                .cpus(2)
                .permit(table.spinPermit(SlotWord.owner(worker, epoch)))
                .build()
                .awaitUninterruptibly(table.slotWait(0), enough, Deadline.never());
    }

    /** Whether a worker would look for a task. */
    public static boolean hasWork(TaskTable table) {
        return table.hasWork();
    }

    /** Claims a task and does nothing with it. */
    public static int claim(TaskTable table, int worker, int epoch) {
        return table.claim(SlotWord.owner(worker, epoch));
    }
}
