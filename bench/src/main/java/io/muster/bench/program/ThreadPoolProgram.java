package io.muster.bench.program;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@link PoolRounds} on the JDK's thread pool, as a bound: nothing crosses a process. Argument: percent of the rounds. */
public final class ThreadPoolProgram implements PoolRounds.Pool {
    private static final int THREADS = 2;
    private static final int CHUNKS_PER_THREAD = 4;

    private final ExecutorService pool;

    private ThreadPoolProgram(ExecutorService pool) {
        this.pool = pool;
    }

    public static void main(String[] args) throws Exception {
        Lifeline.hold();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            new PoolRounds(new ThreadPoolProgram(pool), new Figures("JDK threads"), Integer.parseInt(args[0])).run();
        } finally {
            pool.shutdownNow();
        }
    }

    @Override
    public void apply(int argument) throws Exception {
        pool.submit(() -> PoolProgram.same(argument)).get();
    }

    @Override
    public void burst(int tasks) throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>(tasks);
        for (int i = 0; i < tasks; i++) {
            Integer argument = i;
            calls.add(() -> PoolProgram.same(argument));
        }
        submitAll(calls);
    }

    @Override
    public void burstOfLambdas(int tasks) throws Exception {
        burst(tasks);
    }

    @Override
    public void map(List<Integer> items) throws Exception {
        int chunk = items.size() / (THREADS * CHUNKS_PER_THREAD);
        List<Callable<List<Integer>>> calls = new ArrayList<>();
        for (int from = 0; from < items.size(); from += chunk) {
            List<Integer> part = items.subList(from, Math.min(from + chunk, items.size()));
            calls.add(() -> part.stream().map(PoolProgram::same).toList());
        }
        List<Integer> all = new ArrayList<>(items.size());
        submitAll(calls).forEach(all::addAll);
    }

    @Override
    public void mapOneByOne(List<Integer> items) throws Exception {
        burst(items.size());
    }

    private <R> List<R> submitAll(List<Callable<R>> calls) throws Exception {
        List<Future<R>> futures = new ArrayList<>(calls.size());
        for (Callable<R> call : calls) {
            futures.add(pool.submit(call));
        }
        List<R> results = new ArrayList<>(calls.size());
        for (Future<R> future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
