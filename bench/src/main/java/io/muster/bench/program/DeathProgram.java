package io.muster.bench.program;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.WorkerDiedException;
import io.muster.bench.harness.Group;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills workers in the middle of a task, and looks whether the pool goes on. Arguments: how many; how many megabytes the
 * large ones have in use.
 */
public final class DeathProgram {
    private static final long GLANCE_NANOS = 1_000_000;
    private static final int ROOM_MEGABYTES = 256;

    private DeathProgram() {}

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        int rounds = Integer.parseInt(args[0]);
        int megabytes = Integer.parseInt(args[1]);
        try (ProcessPool pool = ProcessPool.builder()
                .workers(2)
                .heap(2 * megabytes + ROOM_MEGABYTES + "m")
                .start()) {
            Figures figures = new Figures(Group.MUSTER);
            figures.print("idle", kill(pool, rounds, 0));
            figures.print("large", kill(pool, Math.max(2, rounds / 2), megabytes));
        }
    }

    private static long[] kill(ProcessPool pool, int rounds, int megabytes) throws Exception {
        long[] costs = new long[rounds];
        for (int i = -1; i < rounds; i++) {
            costs[Math.max(0, i)] = kill(pool, megabytes);
            if (pool.apply(PoolProgram::same, i) != i) {
                throw new AssertionError("the pool does not work any more");
            }
        }
        return costs;
    }

    private static long kill(ProcessPool pool, int megabytes) throws Exception {
        Path ready = Files.createTempFile("muster-bench-", ".pid");
        try {
            String file = ready.toString();
            TaskFuture<Integer> future = pool.applyAsync(() -> holdForEver(file, megabytes));
            while (Files.size(ready) < Long.BYTES && !future.isDone()) {
                LockSupport.parkNanos(GLANCE_NANOS); // between looks; what is measured begins later
            }
            ProcessHandle worker = ProcessHandle.of(FirstStatement.read(file)).orElseThrow();
            long start = System.nanoTime();
            worker.destroyForcibly();
            return end(future) - start;
        } finally {
            Files.delete(ready);
        }
    }

    private static long end(TaskFuture<Integer> future) throws InterruptedException {
        try {
            throw new AssertionError("a killed task returned " + future.get());
        } catch (ExecutionException e) {
            long end = System.nanoTime();
            if (e.getCause() instanceof WorkerDiedException) {
                return end;
            }
            throw new AssertionError("a killed task failed in another way", e);
        }
    }

    private static Integer holdForEver(String ready, int megabytes) throws Exception {
        byte[][] held = IdleProgram.hold(megabytes);
        FirstStatement.note(ProcessHandle.current().pid(), ready);
        Thread.sleep(Long.MAX_VALUE); // until it is killed
        return held.length;
    }
}
