package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.task.BlobWriter;
import io.muster.child.task.PoolFiles;
import io.muster.child.task.SlotWord;
import io.muster.child.task.TaskTable;
import io.muster.child.task.TestTables;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashingMemory;
import io.muster.ipc.memory.Died;
import io.muster.ipc.memory.Memory;
import io.muster.remote.RemoteFunction;
import io.muster.testing.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One small table, workers that are threads, and a parent that submits, calls, cancels and kills at random. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskTableStressTest implements TaskOwner {
    private static final int SLOTS = 8;
    private static final int WORKERS = 3;

    @TempDir
    Path dir;

    private final Memory memory = TestTables.bytes(SLOTS, WORKERS);
    private final TaskTable table = TestTables.over(memory, SLOTS, WORKERS);
    private final TaskEncoder encoder = new TaskEncoder(ObjectCodec.standard());
    private final Outcomes outcomes = new Outcomes(ObjectCodec.standard());
    private final Life[] lives = new Life[WORKERS];
    private Window window;
    private BlobReaders results;
    private Collector collector;
    private DirectCalls calls;
    private PoolFiles files;

    /** The bytes' checksum, beside their number. */
    public record Sum() implements RemoteFunction<byte[], Long> {
        @Override
        public Long apply(byte[] bytes) {
            return checksum(bytes);
        }
    }

    /** The same bytes. */
    public record Echo() implements RemoteFunction<byte[], byte[]> {
        @Override
        public byte[] apply(byte[] bytes) {
            return bytes;
        }
    }

    private static long checksum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }

    /** One epoch of a worker. */
    private record Life(int worker, int epoch, CrashPoint point) {
        long owner() {
            return SlotWord.owner(worker, epoch);
        }
    }

    @Test
    void everyTaskEndsOnceWithItsOwnResult() throws Exception {
        run(3_000, 20);
    }

    @Test
    @Tag("storm")
    void everyTaskEndsOnceWithItsOwnResultForLong() throws Exception {
        run(100_000, 300);
    }

    private void run(int tasks, int kills) throws Exception {
        files = new PoolFiles(dir.resolve("pool"));
        results = new BlobReaders(files, WORKERS);
        var code = CodeThreads.start("stress", 4, getClass().getClassLoader());
        var delivery = new Delivery(outcomes, code, code);
        window = new Window(table, new BlobWriter(files.arguments(), false), results, delivery::failure);
        collector = new Collector("stress-collector", table, window, delivery, WORKERS);
        calls = new DirectCalls(table, window, outcomes);
        collector.start();
        for (int worker = 0; worker < WORKERS; worker++) {
            begin(worker, 1);
        }
        var users = new ArrayList<FutureTask<Integer>>();
        for (int i = 0; i < 3; i++) {
            var random = new Random(i);
            users.add(new FutureTask<>(i == 0 ? () -> call(random, tasks) : () -> submit(random, tasks)));
        }
        users.forEach(user -> new Thread(user).start());
        kill(users, kills);
        int lost = 0;
        for (var user : users) {
            lost += user.get(100, TimeUnit.SECONDS);
        }
        assertTrue(lost <= kills, lost + " tasks were lost by " + kills + " kills");
        end();
    }

    private void end() {
        var empty = new AtomicBoolean();
        window.shutdown(() -> empty.set(true));
        Eventually.eventually(
                empty::get, () -> "tasks are open: " + window.inTable() + ", waiting " + window.waiting());
        table.stop();
        collector.stop(() -> false);
    }

    // ---- workers ----

    private void begin(int worker, int epoch) {
        table.prepareWorker(worker, epoch);
        results.open(worker, epoch);
        var life = new Life(worker, epoch, CrashPoint.never());
        lives[worker] = life;
        var view = TestTables.over(new CrashingMemory(memory, life.point), SLOTS, WORKERS);
        var thread = new Thread(() -> {
            try {
                TestTables.serve(view, files, worker, epoch);
            } catch (Died killed) {
                // As it was meant to.
            }
        });
        thread.setDaemon(true); // one that has lost its task to a cancel waits for its kill for ever
        thread.start();
    }

    /** Kills, confirms, settles and replaces a worker, unless that was done already. */
    private synchronized void replace(long owner) {
        Life life = lives[SlotWord.workerOf(owner)];
        if (life.owner() != owner) {
            return;
        }
        life.point.kill();
        table.workerIsGone(life.worker);
        Window.Settled settled = window.settle(owner);
        assertTrue(settled.lost().size() <= 1);
        settled.lost().forEach(task -> task.completeExceptionally(new IllegalStateException("died")));
        settled.done().forEach(collector::handOver);
        results.remove(life.worker);
        begin(life.worker, life.epoch + 1);
    }

    private void kill(List<FutureTask<Integer>> users, int kills) {
        var random = new Random(7);
        for (int i = 0; i < kills && !users.stream().allMatch(FutureTask::isDone); i++) {
            // Kills are to hit at any moment.
            java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(30_000_000));
            Life victim;
            synchronized (this) {
                victim = lives[random.nextInt(WORKERS)];
            }
            replace(victim.owner());
        }
    }

    // ---- users; each returns how many of its tasks were lost with a worker ----

    private int call(Random random, int tasks) throws Exception {
        int lost = 0;
        for (int i = 0; i < tasks; i++) {
            byte[] bytes = bytes(random);
            try {
                var encoded = encoder.apply(new Sum(), bytes);
                assertEquals(checksum(bytes), calls.call(new PoolTask<Long>(this, "sum", encoded.position()), encoded));
            } catch (ExecutionException died) {
                assertEquals("died", died.getCause().getMessage(), () -> "" + died.getCause());
                lost++;
            }
        }
        return lost;
    }

    private int submit(Random random, int tasks) throws Exception {
        int lost = 0;
        for (int done = 0; done < tasks; ) {
            var sent = new ArrayList<byte[]>();
            var futures = new ArrayList<PoolTask<byte[]>>();
            for (int i = random.nextInt(40); i >= 0; i--, done++) {
                byte[] bytes = bytes(random);
                var encoded = encoder.apply(new Echo(), bytes);
                var task = new PoolTask<byte[]>(this, "echo", encoded.position());
                window.submit(task, encoded);
                sent.add(bytes);
                futures.add(task);
                if (random.nextInt(20) == 0) {
                    futures.get(random.nextInt(futures.size())).cancel(random.nextInt(3) == 0);
                }
            }
            for (int i = 0; i < sent.size(); i++) {
                lost += check(sent.get(i), futures.get(i)) ? 0 : 1;
            }
        }
        return lost;
    }

    private static boolean check(byte[] sent, PoolTask<byte[]> future) throws Exception {
        try {
            assertEquals(checksum(sent), checksum(future.get(60, TimeUnit.SECONDS)));
        } catch (CancellationException e) {
            assertTrue(future.isCancelled());
        } catch (ExecutionException died) {
            assertEquals("died", died.getCause().getMessage(), () -> "" + died.getCause());
            return false;
        }
        return true;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 5000 : 100)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public boolean cancel(PoolTask<?> task, boolean stopIfRunning) {
        long owner = window.cancel(task, stopIfRunning);
        if (owner == Window.TOO_LATE) {
            return false;
        }
        boolean cancelled = task.completeCancelled();
        if (owner != Window.NOBODY) {
            replace(owner);
        }
        return cancelled;
    }
}
