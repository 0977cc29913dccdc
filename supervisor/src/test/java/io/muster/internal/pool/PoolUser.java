package io.muster.internal.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the parts of the pool's contract are written against. */
interface PoolUser {
    /** A pool of two workers for tests that leave it as it was. */
    ProcessPool pool();

    /** A pool of the test's own. */
    ProcessPool newPool(int workers);

    /** Whether the workers are threads of this JVM. */
    default boolean isInline() {
        return false;
    }

    /** Bounded, so that what hangs is a failure of its own. */
    static <T> T get(TaskFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    /** What the future failed with. */
    static Throwable failure(TaskFuture<?> future) throws InterruptedException, TimeoutException {
        return assertThrows(ExecutionException.class, () -> get(future)).getCause();
    }

    /** The pool has come to no harm. */
    static void assertWorks(ProcessPool pool) throws Exception {
        for (int i = 0; i < 2 * pool.size(); i++) {
            int argument = i;
            assertEquals(argument + 1, get(pool.applyAsync(Tasks::increment, argument)));
        }
    }
}
