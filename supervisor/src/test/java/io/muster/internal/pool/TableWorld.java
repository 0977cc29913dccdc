package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.task.PoolFiles;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.child.task.TestTables;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashingMemory;
import io.muster.ipc.memory.Memory;
import io.muster.remote.RemoteFunction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pool's table and window in this JVM, some tasks in it, and workers that serve it until they die. */
final class TableWorld implements TaskOwner {
    static final int SLOTS = 4;
    static final int WORKERS = 3;
    private static final Path NO_FILES = Path.of("no", "files");

    final Memory memory = TestTables.bytes(SLOTS, WORKERS);
    final TaskTable table = TestTables.over(memory, SLOTS, WORKERS);
    final PoolFiles files = new PoolFiles(NO_FILES);
    final BlobReaders results = new BlobReaders(files, WORKERS);
    final Window window = new Window(table, null, results, PoolTask::completeExceptionally);
    final List<PoolTask<Integer>> tasks = new ArrayList<>();
    final List<PoolTask<?>> lost = new ArrayList<>();
    private final TaskEncoder encoder = new TaskEncoder(ObjectCodec.standard());
    private final Outcomes outcomes = new Outcomes(ObjectCodec.standard());

    /** As a lambda without the pool's dictionary it would not fit a slot. */
    public record Increment() implements RemoteFunction<Integer, Integer> {
        @Override
        public Integer apply(Integer value) {
            return value + 1;
        }
    }

    TableWorld() {
        for (int worker = 0; worker < WORKERS; worker++) {
            table.prepareWorker(worker, 1);
            results.open(worker, 1);
        }
    }

    /** More than the table holds; every other one is announced to a caller of its own. */
    static TableWorld withTasks() {
        var world = new TableWorld();
        world.submit(SLOTS + 1);
        world.table.stop(); // workers end when nothing is left
        return world;
    }

    void submit(int count) {
        for (int i = 0; i < count; i++) {
            int number = tasks.size();
            var function = new Increment();
            var encoded = encoder.apply(function, number);
            var task = new PoolTask<Integer>(this, function, encoded.position());
            tasks.add(task);
            if (i % 2 == 0) {
                window.submit(task, encoded);
            } else {
                window.submitDirect(task, encoded);
            }
        }
    }

    /** A worker's life, cut off at the point; at its end its process is gone anyhow. */
    void serve(int worker, CrashPoint point) {
        var view = TestTables.over(new CrashingMemory(memory, point), SLOTS, WORKERS);
        try {
            TestTables.serve(view, files, worker, 1);
        } finally {
            point.kill();
        }
    }

    /** What the collector does. */
    void collect() {
        for (int worker = 0; worker < WORKERS; worker++) {
            for (long entry = table.pollDone(worker); entry != -1; entry = table.pollDone(worker)) {
                deliver(window.take(TaskTable.slotOf(entry), TaskTable.serialOf(entry)));
            }
        }
    }

    /** What the keeper does when the end of a worker is confirmed. */
    void settle(int worker) {
        table.workerIsGone(worker);
        Recall.Settled settled = window.recall().settle(owner(worker));
        assertTrue(settled.lost().size() <= 1, "it ran one task at a time");
        lost.addAll(settled.lost());
        settled.lost().forEach(task -> task.completeExceptionally(new IllegalStateException("died")));
        settled.done().forEach(task -> deliver(window.take(task)));
    }

    static long owner(int worker) {
        return SlotWord.owner(worker, 1);
    }

    private void deliver(Window.Done done) {
        if (done != null) {
            assertFalse(lost.contains(done.task()), "an outcome of a lost task");
            outcomes.complete(done.task(), window.load(done));
        }
    }

    /** A last worker does what is left; then nothing is. */
    void finish(int worker, int mostLost) {
        while (true) {
            serve(worker, CrashPoint.never());
            collect();
            settle(worker);
            if (!TestTables.hasWork(table)) {
                break; // the backlog too has moved up and been served
            }
        }
        int failed = 0;
        for (int i = 0; i < tasks.size(); i++) {
            PoolTask<Integer> task = tasks.get(i);
            assertTrue(task.isDone(), "task " + i + " has not ended");
            if (task.isCompletedExceptionally()) {
                failed++;
            } else {
                assertEquals(i + 1, task.join());
            }
        }
        assertEquals(lost.size(), failed - cancelled);
        assertTrue(lost.size() <= mostLost, lost.size() + " tasks were lost");
        assertAtRest();
    }

    int cancelled;

    private void assertAtRest() {
        var empty = new AtomicBoolean();
        window.shutdown(() -> empty.set(true));
        assertTrue(empty.get(), "the window believes that tasks are open");
        assertEquals(0, window.waiting());
        assertTrue(window.recall().inTable().isEmpty());
        assertTrue(table.hasRoom());
        for (int slot = 0; slot < SLOTS; slot++) {
            assertNull(window.take(slot, 0));
            assertEquals(io.muster.child.task.SlotPhase.FREE, SlotWord.phaseOf(table.word(slot)));
        }
    }

    @Override
    public boolean cancel(PoolTask<?> task, boolean stopIfRunning) {
        throw new UnsupportedOperationException();
    }
}
