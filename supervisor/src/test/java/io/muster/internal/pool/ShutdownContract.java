package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static io.muster.internal.pool.PoolUser.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a pool ends. */
interface ShutdownContract extends PoolUser {
    @Test
    default void closeWaitsForWhatWasSubmitted() throws Exception {
        var futures = new ArrayList<TaskFuture<Integer>>();
        TaskFuture<List<Integer>> map;
        var called = new CountDownLatch(1);
        try (var pool = newPool(2)) {
            for (int i = 0; i < 50; i++) {
                futures.add(pool.applyAsync(Tasks::pause, 5));
            }
            map = pool.mapAsync(
                    Tasks::increment, IntStream.range(0, 5_000).boxed().toList(), 1);
            pool.applyAsync(x -> new ArrayList<>(x), List.of(1), value -> called.countDown(), thrown -> {});
        }
        for (TaskFuture<Integer> future : futures) {
            assertTrue(future.isDone());
            assertEquals(5, future.getNow(0));
        }
        assertTrue(map.isDone());
        assertEquals(5_000, map.getNow(null).size());
        assertTrue(called.await(30, TimeUnit.SECONDS));
    }

    @Test
    default void whatWasShutDownTakesNoMoreAndFinishesTheRest(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            var running = pool.applyAsync(Tasks::pause, 300);
            var waiting = pool.applyAsync(Tasks::increment, 1);
            assertFalse(pool.isShutdown());
            pool.shutdown();
            pool.shutdown();
            assertTrue(pool.isShutdown());
            assertRefuses(pool);
            assertFalse(pool.isTerminated());
            assertFalse(pool.awaitTermination(1, TimeUnit.MILLISECONDS));
            assertEquals(300, get(running));
            assertEquals(2, get(waiting));
            assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
            assertTrue(pool.isTerminated());
            assertTrue(pool.awaitTermination(0, TimeUnit.SECONDS));
            assertRefuses(pool);
            pool.shutdown();
            assertEquals(List.of(), pool.shutdownNow());
            pool.terminate();
            assertEquals(0, pool.waitingTasks());
            assertEquals(io.muster.WorkerInfo.State.GONE, pool.workers().get(0).state());
        }
    }

    private static void assertRefuses(ProcessPool pool) {
        assertThrows(RejectedExecutionException.class, () -> pool.apply(() -> 1));
        assertThrows(RejectedExecutionException.class, () -> pool.applyAsync(() -> 1));
        assertThrows(RejectedExecutionException.class, () -> pool.submit(() -> 1));
        assertThrows(RejectedExecutionException.class, () -> pool.submit(() -> {}));
        assertThrows(RejectedExecutionException.class, () -> pool.map(Tasks::increment, List.of(1)));
        assertThrows(RejectedExecutionException.class, () -> pool.mapAsync(Tasks::increment, List.of(1)));
        assertThrows(RejectedExecutionException.class, () -> pool.applyAsync(Tasks::echo, new byte[3 << 20]));
        assertThrows(RejectedExecutionException.class, () -> pool.invokeAll(List.of(new Task())));
        assertThrows(RejectedExecutionException.class, () -> pool.invokeAny(List.of(new Task())));
    }

    /** A task that is a class of its own. */
    final class Task implements java.util.concurrent.Callable<Integer>, java.io.Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public Integer call() {
            return 1;
        }
    }

    @Test
    default void shutdownNowStopsWhatRunsAndReturnsWhatWaits(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            Path begun = dir.resolve("begun");
            var running = pool.applyAsync(Tasks::beginAndBlock, begun.toString());
            Eventually.eventually(() -> Files.exists(begun), () -> "it did not begin");
            var waiting = new ArrayList<TaskFuture<Integer>>();
            for (int i = 0; i < 3000; i++) { // more than any table holds
                waiting.add(pool.applyAsync(Tasks::increment, i));
            }
            waiting.get(0).cancel(false);
            var map = pool.mapAsync(Tasks::increment, List.of(1, 2, 3), 1);
            assertEquals(2999, pool.shutdownNow().size());
            assertTrue(running.isCancelled());
            for (TaskFuture<Integer> future : waiting) {
                assertTrue(future.isCancelled());
            }
            assertThrows(Exception.class, () -> map.get(30, TimeUnit.SECONDS));
            assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
        }
    }

    @Test
    default void terminateEndsEverythingNow() throws Exception {
        try (var pool = newPool(2)) {
            assertWorks(pool);
            var futures = new ArrayList<TaskFuture<Integer>>();
            for (int i = 0; i < 20; i++) {
                futures.add(pool.applyAsync(Tasks::blockAnd, i));
            }
            var call = new FutureTask<>(() -> pool.apply(Tasks::blockAnd, 1));
            var map = new FutureTask<>(() -> pool.map(Tasks::blockAnd, List.of(1, 2)));
            new Thread(call).start();
            new Thread(map).start();
            Eventually.eventually(() -> pool.waitingTasks() >= 20, () -> "waiting " + pool.waitingTasks());
            pool.terminate();
            assertTrue(pool.isTerminated());
            for (TaskFuture<Integer> future : futures) {
                assertThrows(CancellationException.class, () -> get(future));
            }
            assertThrows(Exception.class, () -> call.get(30, TimeUnit.SECONDS));
            assertThrows(Exception.class, () -> map.get(30, TimeUnit.SECONDS));
            pool.terminate();
        }
    }

    @Test
    default void aPoolCanEndBeforeItsWorkersAreThere() throws Exception {
        newPool(2).close();
        newPool(2).terminate();
        var pool = newPool(2);
        var future = pool.applyAsync(Tasks::increment, 1);
        pool.close();
        assertEquals(2, future.getNow(0));
    }

    @Test
    default void aCallbackMayCloseThePool() throws Exception {
        var pool = newPool(1);
        var closed = new CountDownLatch(1);
        pool.applyAsync(
                Tasks::increment,
                1,
                value -> {
                    pool.close();
                    closed.countDown();
                },
                thrown -> {});
        assertTrue(closed.await(30, TimeUnit.SECONDS));
        assertTrue(pool.isTerminated());
    }

    @Test
    default void aStageOfAFutureMayCloseThePool() throws Exception {
        var pool = newPool(1);
        var closed = new CountDownLatch(1);
        pool.applyAsync(Tasks::pause, 50).thenRun(() -> {
            pool.close();
            closed.countDown();
        });
        assertTrue(closed.await(30, TimeUnit.SECONDS));
        assertTrue(pool.isTerminated());
    }

    @Test
    default void anInterruptMakesCloseTerminate() throws Exception {
        var pool = newPool(1);
        var future = pool.applyAsync(Tasks::blockAnd, 1);
        var closer = new FutureTask<>(() -> {
            pool.close();
            return Thread.interrupted();
        });
        var thread = new Thread(closer);
        thread.start();
        Eventually.eventually(pool::isShutdown, () -> "close has not begun");
        thread.interrupt();
        assertTrue(closer.get(30, TimeUnit.SECONDS), "the flag is kept");
        assertTrue(future.isCancelled());
        assertTrue(pool.isTerminated());
    }

    @Test
    default void manyThreadsMayEndThePoolWhileOthersUseIt() throws Exception {
        var pool = newPool(2);
        var users = new ArrayList<FutureTask<Object>>();
        for (int i = 0; i < 4; i++) {
            users.add(new FutureTask<>(() -> {
                while (true) {
                    pool.apply(Tasks::increment, 1);
                    pool.applyAsync(Tasks::echo, new byte[1000]);
                    pool.map(Tasks::increment, List.of(1, 2, 3));
                }
            }));
        }
        users.forEach(user -> new Thread(user).start());
        assertWorks(pool);
        var enders = new ArrayList<FutureTask<Object>>();
        enders.add(new FutureTask<>(pool::shutdown, null));
        enders.add(new FutureTask<>(pool::close, null));
        enders.add(new FutureTask<>(pool::terminate, null));
        enders.add(new FutureTask<>(pool::close, null));
        enders.forEach(ender -> new Thread(ender).start());
        for (var ender : enders) {
            ender.get(30, TimeUnit.SECONDS);
        }
        for (var user : users) {
            assertThrows(java.util.concurrent.ExecutionException.class, () -> user.get(30, TimeUnit.SECONDS));
        }
    }
}
