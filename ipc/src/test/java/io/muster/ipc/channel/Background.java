package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A thread of a test and what comes of it, waited for with a limit that only a hang reaches. */
final class Background<T> {
    private static final long LIMIT_SECONDS = 60;

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> body) {
        task = new FutureTask<>(body);
        thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    static <T> Background<T> call(Callable<T> body) {
        return new Background<>(body);
    }

    boolean isDone() {
        return task.isDone();
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Waits until it sleeps, or sleeps now and then. */
    void untilAsleep() {
        until(
                "asleep: " + thread,
                () -> thread.getState() == Thread.State.TIMED_WAITING
                        || thread.getState() == Thread.State.WAITING
                        || hasFrame("park"));
    }

    private boolean hasFrame(String method) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }

    /** Its result; what it threw is thrown here. */
    T get() throws Exception {
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

    static void until(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                fail("not within " + LIMIT_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(200_000);
        }
    }
}
