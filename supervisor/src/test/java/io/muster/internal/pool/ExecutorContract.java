package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static io.muster.internal.pool.PoolUser.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.Eventually;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plain {@link ExecutorService} code relies on. */
interface ExecutorContract extends PoolUser {
    @Test
    default void submitTakesEveryKindOfTask(@TempDir Path dir) throws Exception {
        assertEquals(42, get(pool().submit(() -> 42)));
        assertNull(get(pool().submit(() -> {})));
        String touched = dir.resolve("touched").toString();
        assertNull(get(pool().submit(() -> {
            Tasks.touchAndReturn(touched);
        })));
        assertTrue(Files.exists(Path.of(touched)));
        Callable<Integer> callable = (Callable<Integer> & Serializable) () -> 43;
        assertEquals(43, get(pool().submit(callable)));
        Runnable runnable = (Runnable & Serializable) () -> {};
        assertNull(get(pool().submit(runnable)));
        Object result = new Object(); // does not travel, and need not
        assertSame(result, get(pool().submit(runnable, result)));
        ExecutorService plain = pool();
        assertEquals(43, plain.submit(callable).get(30, TimeUnit.SECONDS));
    }

    @Test
    default void aRunnableMayThrowCheckedExceptions() throws Exception {
        assertInstanceOf(IOException.class, PoolUser.failure(pool().submit(() -> {
            Tasks.checked("no value");
        })));
        Runnable failing = (Runnable & Serializable) () -> Tasks.unchecked(1);
        assertInstanceOf(IllegalArgumentException.class, PoolUser.failure(pool().submit(failing)));
        assertInstanceOf(IllegalArgumentException.class, PoolUser.failure(pool().submit(failing, "result")));
    }

    @Test
    default void executeRunsAndItsFailuresHarmNothing(@TempDir Path dir) throws Exception {
        String file = dir.resolve("executed").toString();
        pool().execute((Runnable & Serializable) () -> Tasks.unchecked(1));
        pool().execute((Runnable & Serializable) () -> Tasks.touchUnchecked(file));
        Eventually.eventually(() -> Files.exists(Path.of(file)), () -> "it was not executed");
        assertWorks(pool());
    }

    @Test
    default void invokeAllReturnsWhenAllHaveEnded() throws Exception {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            tasks.add((Callable<Integer> & Serializable) () -> Tasks.uncheckedIfThree(number));
        }
        List<Future<Integer>> futures = pool().invokeAll(tasks);
        assertEquals(20, futures.size());
        for (int i = 0; i < 20; i++) {
            assertTrue(futures.get(i).isDone());
            if (i == 3) {
                assertInstanceOf(
                        IllegalArgumentException.class,
                        assertThrows(ExecutionException.class, futures.get(i)::get)
                                .getCause());
            } else {
                assertEquals(-i, futures.get(i).get());
            }
        }
        assertEquals(List.of(), pool().invokeAll(List.<Callable<Integer>>of()));
    }

    @Test
    default void invokeAllCancelsWhatIsLeftAfterItsTime() throws Exception {
        try (var pool = newPool(1)) {
            assertWorks(pool);
            Callable<Integer> quick = (Callable<Integer> & Serializable) () -> 1;
            Callable<Integer> endless = (Callable<Integer> & Serializable) () -> Tasks.blockAnd(1);
            List<Future<Integer>> futures =
                    pool.invokeAll(List.of(quick, endless, endless), 300, TimeUnit.MILLISECONDS);
            assertEquals(1, futures.get(0).get());
            assertTrue(futures.get(1).isCancelled());
            assertTrue(futures.get(2).isCancelled());
            assertWorks(pool);
        }
    }

    @Test
    default void anInterruptedInvokeAllCancelsItsTasks(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            String begun = dir.resolve("begun").toString();
            Callable<Integer> endless = (Callable<Integer> & Serializable) () -> Tasks.beginAndBlock(begun);
            var call = new FutureTask<>(() -> pool.invokeAll(List.of(endless, endless)));
            var caller = new Thread(call);
            caller.start();
            Eventually.eventually(() -> Files.exists(Path.of(begun)), () -> "it did not begin");
            caller.interrupt();
            var thrown = assertThrows(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, thrown.getCause());
            assertWorks(pool);
        }
    }

    @Test
    default void invokeAnyReturnsTheFirstSuccess() throws Exception {
        try (var pool = newPool(2)) {
            Callable<Integer> failing = (Callable<Integer> & Serializable) () -> Tasks.unchecked(1);
            Callable<Integer> endless = (Callable<Integer> & Serializable) () -> Tasks.blockAnd(1);
            Callable<Integer> good = (Callable<Integer> & Serializable) () -> 7;
            assertEquals(7, pool.invokeAny(List.of(failing, endless, good)));
            assertWorks(pool);
            assertInstanceOf(
                    IllegalArgumentException.class,
                    assertThrows(ExecutionException.class, () -> pool.invokeAny(List.of(failing, failing)))
                            .getCause());
            assertThrows(
                    TimeoutException.class,
                    () -> pool.invokeAny(List.of(endless, failing), 200, TimeUnit.MILLISECONDS));
            assertThrows(IllegalArgumentException.class, () -> pool.invokeAny(List.<Callable<Integer>>of()));
            assertWorks(pool);
        }
    }
}
