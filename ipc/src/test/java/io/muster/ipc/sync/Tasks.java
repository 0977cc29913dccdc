package io.muster.ipc.sync;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads of a test, waited for with a limit that only a hang reaches. */
final class Tasks {
    private static final long LIMIT_SECONDS = 60;

    private Tasks() {}

    /** What a thread does. */
    interface Body {
        void run() throws Exception;
    }

    /** A thread that does something. */
    static final class Task<T> {
        private final FutureTask<T> future;
        final Thread thread;

        private Task(Callable<T> body) {
            future = new FutureTask<>(body);
            thread = new Thread(future, "task");
            thread.setDaemon(true);
            thread.start();
        }

        boolean isDone() {
            return future.isDone();
        }

        /** What it returned; what it threw is thrown here. */
        T get() throws Exception {
            try {
                return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }
    }

    static <T> Task<T> ask(Callable<T> body) {
        return new Task<>(body);
    }

    static Task<Void> start(Body body) {
        return new Task<>(() -> {
            body.run();
            return null;
        });
    }

    static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_SECONDS * 1_000_000_000L) {
                throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
