package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static io.muster.internal.pool.PoolUser.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.TaskFailedException;
import io.muster.TaskFuture;
import io.muster.remote.RemoteCallable;
import io.muster.remote.RemoteFunction;
import io.muster.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls, one at a time: waited for, not waited for, with callbacks, cancelled, interrupted. */
interface CallContract extends PoolUser {
    @Test
    default void applyReturnsWhatTheTaskReturns() throws Exception {
        assertEquals(42, pool().<Integer>apply(() -> 42));
        assertEquals(8, pool().apply(Tasks::increment, 7));
        assertEquals("a1", pool().apply(Tasks::join, "a", 1));
        assertNull(pool().<Object>apply(() -> null));
        assertNull(pool().<Object, Object>apply(x -> x, null));
    }

    @Test
    default void tasksRunInAnotherProcess() throws Exception {
        long pid = pool().<Long>apply(Tasks::pid);
        if (isInline()) {
            assertEquals(Tasks.pid(), pid);
        } else {
            assertNotEquals(Tasks.pid(), pid);
        }
    }

    @Test
    default void lambdasMayCaptureLambdas() throws Exception {
        RemoteCallable<Integer> inner = () -> 20;
        RemoteFunction<Integer, Integer> twice = x -> 2 * x + inner.call();
        RemoteFunction<Integer, Integer> outer = x -> twice.apply(x) + 1;
        assertEquals(31, pool().apply(outer, 5));
        assertEquals("[1, 2]", pool().<List<Integer>, String>apply(Object::toString, List.of(1, 2)));
        assertEquals(
                new ArrayList<>(List.of(1)), pool().<List<Integer>, List<Integer>>apply(ArrayList::new, List.of(1)));
    }

    @Test
    default void uncheckedExceptionsArriveAsThemselvesWithTheFramesOfTheTask() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> pool().apply(Tasks::unchecked, 3));
        assertEquals("bad 3", thrown.getMessage());
        assertEquals("unchecked", thrown.getStackTrace()[0].getMethodName());
        assertTrue(thrown.getSuppressed()[0].toString().contains("called here"));
        assertThrows(
                AssertionError.class,
                () -> pool().apply(() -> {
                    throw new AssertionError("own type");
                }));
    }

    @Test
    default void checkedExceptionsAreTheCause() throws Exception {
        var thrown = assertThrows(TaskFailedException.class, () -> pool().apply(Tasks::checked, "gone"));
        assertEquals(
                "gone", assertInstanceOf(IOException.class, thrown.getCause()).getMessage());
        // A future completes with the exception itself.
        assertInstanceOf(IOException.class, PoolUser.failure(pool().applyAsync(Tasks::checked, "gone")));
    }

    @Test
    default void oneOfTwoCallbacksIsCalledOnce() throws Exception {
        BlockingQueue<Object> calls = new LinkedBlockingQueue<>();
        var good = pool().applyAsync(Tasks::increment, 1, calls::add, calls::add);
        assertEquals(2, calls.poll(30, TimeUnit.SECONDS));
        assertTrue(good.isDone());
        var bad = pool().applyAsync(Tasks::unchecked, 1, calls::add, calls::add);
        assertInstanceOf(IllegalArgumentException.class, calls.poll(30, TimeUnit.SECONDS));
        assertTrue(bad.isCompletedExceptionally());
        assertTrue(calls.isEmpty());
    }

    @Test
    default void aCancelledTaskTellsItsErrorCallback() throws Exception {
        BlockingQueue<Object> calls = new LinkedBlockingQueue<>();
        try (var pool = newPool(1)) {
            var blocked = pool.applyAsync(Tasks::blockAnd, 0, calls::add, calls::add);
            assertTrue(blocked.cancel(true));
            assertInstanceOf(CancellationException.class, calls.poll(30, TimeUnit.SECONDS));
        }
        assertTrue(calls.isEmpty());
    }

    @Test
    default void throwingCallbacksHarmNothing() throws Exception {
        var calls = new CountDownLatch(40);
        for (int i = 0; i < 40; i++) {
            pool().applyAsync(Tasks::uncheckedIfThree, i % 4, value -> failWith(calls), thrown -> failWith(calls));
        }
        assertTrue(calls.await(30, TimeUnit.SECONDS));
        assertWorks(pool());
    }

    private static void failWith(CountDownLatch calls) {
        calls.countDown();
        throw new AssertionError("a callback that throws");
    }

    @Test
    default void blockedCallbacksHoldUpNobodyElse() throws Exception {
        var release = new CountDownLatch(1);
        var called = new CountDownLatch(30);
        for (int i = 0; i < 30; i++) {
            pool().applyAsync(
                            Tasks::increment,
                            i,
                            value -> {
                                awaitQuietly(release);
                                called.countDown();
                            },
                            thrown -> {});
        }
        assertWorks(pool());
        assertEquals(List.of(2, 3), pool().map(Tasks::increment, List.of(1, 2)));
        release.countDown();
        assertTrue(called.await(30, TimeUnit.SECONDS));
    }

    @Test
    default void stagesMayWaitForOtherTasks() throws Exception {
        var all = new ArrayList<CompletableFuture<Integer>>();
        for (int i = 0; i < 100; i++) {
            all.add(pool().applyAsync(Tasks::increment, i)
                    .thenApply(
                            value -> pool().applyAsync(Tasks::increment, value).join())
                    .thenApply(value -> pool().applyAsync(Tasks::increment, value)
                            .thenApply(x -> x)
                            .join()));
        }
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i + 3, all.get(i).get(30, TimeUnit.SECONDS));
        }
    }

    @Test
    default void stagesMayWaitForAMap() throws Exception {
        var all = new ArrayList<CompletableFuture<List<Integer>>>();
        for (int i = 0; i < 20; i++) {
            all.add(pool().applyAsync(Tasks::increment, i)
                    .thenApply(value ->
                            pool().mapAsync(Tasks::increment, List.of(value)).join()));
        }
        for (int i = 0; i < all.size(); i++) {
            assertEquals(List.of(i + 2), all.get(i).get(30, TimeUnit.SECONDS));
        }
    }

    /** Attached while the outcome is on its way, a stage may run on whatever thread; it must hold up none of the pool's. */
    @Test
    default void aStageThatBlocksHoldsUpNobodyElse() throws Exception {
        var release = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            var future = pool().applyAsync(Tasks::increment, i);
            var attacher = new Thread(() -> future.thenAccept(value -> awaitQuietly(release)));
            attacher.setDaemon(true);
            attacher.start();
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(i + 1, get(pool().applyAsync(Tasks::increment, i)));
        }
        release.countDown();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    default void aFutureCanBeWaitedForInEveryWay() throws Exception {
        TaskFuture<Integer> future = pool().applyAsync(Tasks::pause, 30);
        assertThrows(java.util.concurrent.TimeoutException.class, () -> future.get(1, TimeUnit.MILLISECONDS));
        assertEquals(30, future.join());
        assertEquals(30, future.getNow(0));
        assertEquals(
                2,
                CompletableFuture.anyOf(pool().applyAsync(Tasks::increment, 1)).get(30, TimeUnit.SECONDS));
        var mine = pool().applyAsync(Tasks::pause, 100);
        var waiter = new FutureTask<>(mine::join);
        new Thread(waiter).start();
        mine.complete(7);
        assertEquals(7, waiter.get(30, TimeUnit.SECONDS));
        assertEquals(
                8, pool().applyAsync(Tasks::pause, 100).completeAsync(() -> 8).get(30, TimeUnit.SECONDS));
        assertThrows(
                java.util.concurrent.CompletionException.class,
                () -> pool().applyAsync(Tasks::pause, 300)
                        .orTimeout(1, TimeUnit.MILLISECONDS)
                        .join());
    }

    @Test
    default void anInterruptOfTheCallerStopsTheTask(@TempDir Path dir) throws Exception {
        Path begun = dir.resolve("begun");
        try (var pool = newPool(1)) {
            var call = new FutureTask<>(() -> pool.apply(Tasks::beginAndBlock, begun.toString()));
            var caller = new Thread(call);
            caller.start();
            Eventually.eventually(() -> Files.exists(begun), () -> "the task did not begin");
            caller.interrupt();
            var thrown =
                    assertThrows(java.util.concurrent.ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, thrown.getCause());
            assertWorks(pool); // its only worker is not busy any more
        }
    }

    @Test
    default void aCallerWhoIsInterruptedAlreadyBeginsNothing(@TempDir Path dir) throws Exception {
        Path begun = dir.resolve("begun");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> pool().apply(Tasks::touchAndReturn, begun.toString()));
        assertFalse(Thread.interrupted());
        assertWorks(pool());
        assertFalse(Files.exists(begun));
    }

    @Test
    default void anInterruptedTaskDoesNotInterruptTheNext() throws Exception {
        try (var pool = newPool(1)) {
            for (int i = 0; i < 20; i++) {
                pool.submit(() -> Thread.currentThread().interrupt());
                assertFalse(pool.<Boolean>apply(() -> Thread.currentThread().isInterrupted()));
            }
        }
    }

    @Test
    default void whatWaitsCanBeCancelledAndNeverBegins(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            var first =
                    pool.applyAsync(Tasks::beginAndBlock, dir.resolve("first").toString());
            Eventually.eventually(() -> Files.exists(dir.resolve("first")), () -> "the task did not begin");
            var waiting = new ArrayList<TaskFuture<Integer>>();
            for (int i = 0; i < 20; i++) {
                waiting.add(pool.applyAsync(
                        Tasks::touchAndReturn, dir.resolve("w" + i).toString()));
            }
            for (int i = 0; i < 20; i += 2) {
                assertTrue(waiting.get(i).cancel(false));
                assertTrue(waiting.get(i).isCancelled());
                assertThrows(CancellationException.class, waiting.get(i)::get);
            }
            assertTrue(first.cancel(true));
            for (int i = 1; i < 20; i += 2) {
                assertEquals(1, get(waiting.get(i)));
                assertFalse(waiting.get(i).cancel(true));
            }
            for (int i = 0; i < 20; i += 2) {
                assertFalse(Files.exists(dir.resolve("w" + i)));
            }
        }
    }

    /** Also while the worker's JVM is hardly there yet. */
    @Test
    default void aRunningTaskCanBeCancelledAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (var pool = newPool(1)) {
                var blocked = pool.submit(Tasks::block);
                if (i == 0) {
                    pool.workers().forEach(worker -> {});
                } else {
                    Eventually.eventually(() -> pool.waitingTasks() == 0, () -> "the worker has not taken the task");
                }
                assertTrue(blocked.cancel(true));
                assertThrows(CancellationException.class, () -> get(blocked));
                assertWorks(pool);
            }
        }
    }

    @Test
    default void cancelWithoutInterruptLetsTheTaskRunToItsEnd(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            String begun = dir.resolve("begun").toString();
            String done = dir.resolve("done").toString();
            var running = pool.submit(() -> {
                Tasks.touchAndReturn(begun);
                Tasks.pause(200);
                Tasks.touchAndReturn(done);
            });
            Eventually.eventually(() -> Files.exists(Path.of(begun)), () -> "the task did not begin");
            assertTrue(running.cancel(false));
            assertTrue(running.isCancelled());
            assertWorks(pool);
            assertTrue(Files.exists(Path.of(done)));
        }
    }

    @Test
    default void tenThousandVirtualThreadsMayCall() throws Exception {
        ExecutorService virtual = virtualThreads();
        Assumptions.assumeTrue(virtual != null, "this JDK has no virtual threads");
        var calls = new ArrayList<java.util.concurrent.Future<Integer>>();
        for (int i = 0; i < 10_000; i++) {
            int argument = i;
            calls.add(virtual.submit(() -> pool().apply(Tasks::increment, argument)));
        }
        for (int i = 0; i < calls.size(); i++) {
            assertEquals(i + 1, calls.get(i).get(60, TimeUnit.SECONDS));
        }
        virtual.shutdown();
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return null;
        }
    }

    @Test
    default void nullsAreRefused() {
        assertThrows(NullPointerException.class, () -> pool().apply((RemoteCallable<Object>) null));
        assertThrows(NullPointerException.class, () -> pool().apply((RemoteFunction<Object, Object>) null, 1));
        assertThrows(NullPointerException.class, () -> pool().applyAsync((RemoteCallable<Object>) null));
        assertThrows(NullPointerException.class, () -> pool().applyAsync(Tasks::increment, 1, null, thrown -> {}));
        assertThrows(NullPointerException.class, () -> pool().applyAsync(Tasks::increment, 1, value -> {}, null));
        assertThrows(NullPointerException.class, () -> pool().map(null, List.of(1)));
        assertThrows(NullPointerException.class, () -> pool().map(Tasks::increment, null));
        assertThrows(NullPointerException.class, () -> pool().starMap(Tasks::join, null));
        assertThrows(NullPointerException.class, () -> pool().mapAsync(null, List.of(1)));
        assertThrows(NullPointerException.class, () -> pool().submit((Runnable) null));
        assertThrows(NullPointerException.class, () -> pool().execute(null));
        assertThrows(NullPointerException.class, () -> pool().invokeAll(null));
        assertThrows(NullPointerException.class, () -> pool().invokeAny(null));
        assertSame(pool(), pool());
    }
}
