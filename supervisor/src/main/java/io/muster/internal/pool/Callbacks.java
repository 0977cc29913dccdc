package io.muster.internal.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The threads that run users' code in the parent, and what becomes of what that code throws. */
final class Callbacks {
    private static final Logger LOG = System.getLogger("io.muster.pool");

    private Callbacks() {}

    /** Daemon threads that start when there is work and end when there is none. */
    static ExecutorService threads(String name, int most) {
        var count = new AtomicInteger();
        var threads = new ThreadPoolExecutor(most, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Calls a callback; what it throws is logged and goes no further. */
    static <T> void call(Consumer<? super T> callback, T value) {
        try {
            callback.accept(value);
        } catch (Throwable thrown) {
            LOG.log(
                    Level.WARNING,
                    "the callback " + callback.getClass().getName() + " threw; its task and the pool are unharmed",
                    thrown);
        }
    }

    /** A task given to {@code execute} has no future in which its failure could be seen. */
    static void reportUncaught(Object task, Throwable thrown) {
        if (thrown != null && !(thrown instanceof CancellationException)) {
            LOG.log(Level.ERROR, "the task " + Functions.describe(task) + " failed; it was given to execute()", thrown);
        }
    }
}
