package io.muster.internal.pool;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.testing.Processes;
import java.util.ArrayList;
import java.util.List;

/** A program with a pool, which ends in the way that its argument names. */
public final class PoolOwner {
    private PoolOwner() {}

    public static void main(String[] args) throws Exception {
        var pool = ProcessPool.builder().workers(2).heap("48m").start();
        List<TaskFuture<Integer>> busy = new ArrayList<>();
        if (!args[0].equals("at-once")) {
            pool.apply(Tasks::increment, 1);
            for (int i = 0; i < 10; i++) {
                busy.add(pool.applyAsync(Tasks::blockAnd, i));
            }
            pool.workers().forEach(worker -> System.out.println(worker.name() + " " + worker.pid()));
        }
        switch (args[0]) {
            case "wait" -> Processes.waitForEver();
            case "exit" -> System.exit(5);
            default -> {} // leaves everything lying about
        }
    }
}
