package io.muster.bench.program;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.bench.harness.Group;
import java.util.ArrayList;
import java.util.List;

/** {@link PoolRounds} on Muster's process pool. Argument: percent of the rounds. */
public final class PoolProgram implements PoolRounds.Pool {
    private static final int WORKERS = 2;

    private final ProcessPool pool;

    private PoolProgram(ProcessPool pool) {
        this.pool = pool;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        try (ProcessPool pool = ProcessPool.workers(WORKERS)) {
            new PoolRounds(new PoolProgram(pool), new Figures(Group.MUSTER), Integer.parseInt(args[0])).run();
        }
    }

    static Integer same(Integer argument) {
        return argument;
    }

    @Override
    public void apply(int argument) throws InterruptedException {
        pool.apply(PoolProgram::same, argument);
    }

    @Override
    public void burst(int tasks) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            futures.add(pool.applyAsync(PoolProgram::same, i));
        }
        futures.forEach(TaskFuture::join);
    }

    @Override
    public void burstOfLambdas(int tasks) {
        List<TaskFuture<Integer>> futures = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            int captured = i;
            futures.add(pool.applyAsync(() -> captured));
        }
        futures.forEach(TaskFuture::join);
    }

    @Override
    public void map(List<Integer> items) throws InterruptedException {
        pool.map(PoolProgram::same, items);
    }

    @Override
    public void mapOneByOne(List<Integer> items) throws InterruptedException {
        pool.map(PoolProgram::same, items, 1);
    }
}
