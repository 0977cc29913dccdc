package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.WorkerDiedException;
import io.muster.WorkerInfo;
import io.muster.testing.Eventually;
import io.muster.testing.Processes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Work that goes on while workers are killed, or tasks are cancelled, at random. */
public final class Storm {
    private Storm() {}

    /** Each task ends once: with its result, or with the death of the worker that was killed under it. */
    static void killAtRandom(ProcessPool pool, int tasks, int kills) throws Exception {
        var random = new Random(tasks + kills);
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int i = 0; i < tasks; i++) {
            futures.add(pool.applyAsync(Storm::work, i));
        }
        Set<Long> killed = new HashSet<>();
        int sent = 0;
        while (sent < kills && !futures.get(tasks - 1).isDone()) {
            List<WorkerInfo> workers = pool.workers();
            WorkerInfo victim = workers.get(random.nextInt(workers.size()));
            if (victim.state() == WorkerInfo.State.UP && killed.add(victim.pid())) {
                pause(random, 60);
                Processes.signal(victim.pid(), "KILL");
                sent++;
            }
            pause(random, 5);
        }
        int deaths = 0;
        Set<Long> blamed = new HashSet<>();
        for (int i = 0; i < tasks; i++) {
            try {
                assertEquals(-i, futures.get(i).get(60, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                var died = (WorkerDiedException) e.getCause();
                assertTrue(killed.contains(died.pid()), died::getMessage);
                assertTrue(blamed.add(died.pid()), () -> "two tasks ran in " + died.pid());
                deaths++;
            }
        }
        assertTrue(deaths <= sent, deaths + " tasks failed of " + sent + " kills");
    }

    public static Integer work(Integer item) throws InterruptedException {
        Tasks.pause(1 + item % 30);
        return -item;
    }

    /** Those that were not cancelled succeed. Returns how many were; see {@link #assertNoOtherDeaths}. */
    static int cancelAtRandom(ProcessPool pool, int tasks, long seed) throws Exception {
        var random = new Random(seed);
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int i = 0; i < tasks; i++) {
            futures.add(pool.applyAsync(Storm::work, i));
        }
        int cancelled = 0;
        for (int i = 0; i < tasks; i++) {
            if (i % 10 != 0) {
                continue;
            }
            // The moment when it is likely to be claimed, begun or just done.
            int ahead = i;
            Eventually.eventually(
                    () -> futures.get(Math.max(0, ahead - 2)).isDone(), () -> "task " + ahead + " is not reached");
            pause(random, 20);
            if (futures.get(i).cancel(true)) {
                cancelled++;
            }
        }
        for (int i = 0; i < tasks; i++) {
            TaskFuture<Integer> future = futures.get(i);
            if (future.isCancelled()) {
                assertThrows(CancellationException.class, future::get);
            } else {
                assertEquals(-i, future.get(60, TimeUnit.SECONDS));
            }
        }
        return cancelled;
    }

    /** In all of this pool's life no other workers have died than those of cancelled tasks. */
    static void assertNoOtherDeaths(ProcessPool pool, int cancelled) {
        int lives = pool.workers().stream().mapToInt(WorkerInfo::epoch).sum();
        assertTrue(
                lives - pool.size() <= cancelled, () -> lives + " lives, but only " + cancelled + " cancelled tasks");
    }

    /** The storm's own rhythm: kills are to hit at any moment. */
    private static void pause(Random random, int mostMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1 + random.nextInt(mostMillis)));
    }
}
