package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.muster.ipc.wait.Eventually;
import java.util.concurrent.Callable;

/** A call on a thread of its own, which may wait. */
final class Call<T> {
    private final Thread thread;
    private volatile T result;
    private volatile Throwable failure;
    private volatile boolean interruptedAfter;

    private Call(Callable<T> body) {
        thread = new Thread(() -> run(body), "test call");
        thread.setDaemon(true);
    }

    interface Action {
        void run() throws Exception;
    }

    static <T> Call<T> of(Callable<T> body) {
        Call<T> call = new Call<>(body);
        call.thread.start();
        return call;
    }

    static Call<Void> doing(Action action) {
        return of(() -> {
            action.run();
            return null;
        });
    }

    private void run(Callable<T> body) {
        try {
            result = body.call();
        } catch (Throwable e) {
            failure = e;
        }
        interruptedAfter = Thread.currentThread().isInterrupted();
    }

    /** Returns once the thread sleeps, in Java or in a native call. */
    Call<T> awaitWaiting() {
        Eventually.until("a call waits", () -> {
            if (!thread.isAlive()) {
                throw new AssertionError("it did not wait, but returned " + result, failure);
            }
            return isWaiting();
        });
        return this;
    }

    /** Whether the thread sleeps at this moment, in Java or in a native call. */
    boolean isWaiting() {
        StackTraceElement[] stack = thread.getStackTrace();
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            case RUNNABLE -> stack.length > 0 && stack[0].isNativeMethod();
            default -> false;
        };
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    T result() {
        Eventually.joined(thread);
        if (failure != null) {
            throw new AssertionError("the call failed: " + failure, failure);
        }
        return result;
    }

    /** What it threw; the thread's interrupt must have been consumed, as it is told by the exception. */
    <E extends Throwable> E failure(Class<E> type) {
        Eventually.joined(thread);
        if (failure == null) {
            throw new AssertionError("it returned " + result + ", expected a " + type.getSimpleName());
        }
        if (type == InterruptedException.class) {
            assertEquals(false, interruptedAfter, "still interrupted");
        }
        return assertInstanceOf(type, failure);
    }
}
