package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads of tests, and waiting for them with a limit that only a hang reaches. */
public final class Threads {
    private static final long LIMIT_SECONDS = 60;

    private Threads() {}

    /** A running thread and what comes of it. */
    public static final class Running<T> {
        private final FutureTask<T> task;
        private final Thread thread;

        public Running(Callable<T> body) {
            task = new FutureTask<>(body);
            thread = new Thread(task);
            thread.setDaemon(true);
            thread.start();
        }

        public boolean isDone() {
            return task.isDone();
        }

        /** Whether it sleeps somewhere below a wait. */
        public boolean isWaiting() {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().endsWith(".SleepLoop")) {
                    return true;
                }
            }
            return false;
        }

        public void interrupt() {
            thread.interrupt();
        }

        /** Its result; what it threw is thrown here. */
        public T get() throws Exception {
            try {
                return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception) {
                    throw (Exception) e.getCause();
                }
                throw (Error) e.getCause();
            } catch (TimeoutException e) {
                StringBuilder stack = new StringBuilder();
                for (StackTraceElement frame : thread.getStackTrace()) {
                    stack.append("\n    ").append(frame);
                }
                return fail("not done within " + LIMIT_SECONDS + " s:" + stack);
            }
        }
    }

    /** What a thread of a test does. */
    public interface Body {
        void run() throws Exception;
    }

    public static <T> Running<T> call(Callable<T> body) {
        return new Running<>(body);
    }

    public static Running<Void> run(Body body) {
        return new Running<>(() -> {
            body.run();
            return null;
        });
    }

    public static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                fail("not within " + LIMIT_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
