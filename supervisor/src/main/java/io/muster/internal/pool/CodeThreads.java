package io.muster.internal.pool;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;

/**
 * Threads of the parent that run users' code: daemons that start when there is work and end when there is none, in the
 * order of arrival.
 *
 * <p>A fork-join pool, as such code may wait for other tasks of the same pool: a thread that waits in a {@code
 * CompletableFuture} is replaced for as long, so what it waits for finds a thread.
 */
final class CodeThreads {
    private static final long KEEP_SECONDS = 5;
    private static final int MOST = 1024;

    private CodeThreads() {}

    /** @param parallelism how many run at a time, not counting those that wait for futures */
    static ExecutorService start(String name, int parallelism, ClassLoader loader) {
        return new ForkJoinPool(
                parallelism,
                pool -> new CodeThread(pool, name, loader),
                null,
                true,
                0,
                MOST,
                1,
                pool -> true,
                KEEP_SECONDS,
                TimeUnit.SECONDS);
    }

    private static final class CodeThread extends ForkJoinWorkerThread {
        CodeThread(ForkJoinPool pool, String name, ClassLoader loader) {
            super(pool);
            setName(name + "-" + (getPoolIndex() + 1));
            setContextClassLoader(loader);
        }
    }
}
