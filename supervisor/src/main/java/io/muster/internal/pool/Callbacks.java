package io.muster.internal.pool;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** What becomes of what users' callbacks throw. */
final class Callbacks {
    private static final Logger LOG = System.getLogger("io.muster.pool");

    private Callbacks() {}

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
