package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static io.muster.internal.pool.PoolUser.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.FailedItemException;
import io.muster.TaskFailedException;
import io.muster.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same function for many items. */
interface MapContract extends PoolUser {
    @Test
    default void mapKeepsTheOrder() throws Exception {
        for (int count : new int[] {0, 1, 2, 3, 100, 20_000}) {
            assertEquals(numbers(1, count + 1), pool().map(Tasks::increment, numbers(0, count)), "of " + count);
        }
    }

    @Test
    default void mapKeepsTheOrderInChunksOfAnySize() throws Exception {
        for (int chunk : new int[] {1, 2, 7, 99, 100, 101, Integer.MAX_VALUE}) {
            assertEquals(numbers(1, 101), pool().map(Tasks::increment, numbers(0, 100), chunk), "chunks of " + chunk);
        }
        assertThrows(IllegalArgumentException.class, () -> pool().map(Tasks::increment, numbers(0, 3), 0));
        assertThrows(IllegalArgumentException.class, () -> pool().mapAsync(Tasks::increment, numbers(0, 3), -1));
    }

    @Test
    default void mapTakesNullItemsAndMixedTypes() throws Exception {
        List<Object> items = Arrays.asList(null, 1, "two", 3.0, List.of(4));
        assertEquals(items, pool().<Object, Object>map(x -> x, items));
    }

    @Test
    default void starMapGivesBothHalvesOfEachPair() throws Exception {
        assertEquals(
                List.of("a1", "b2", "c3"),
                pool().starMap(Tasks::join, List.of(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3))));
        assertEquals(List.of(), pool().starMap(Tasks::join, List.<Map.Entry<String, Integer>>of()));
        assertEquals(List.of("d4"), get(pool().starMapAsync(Tasks::join, List.of(Map.entry("d", 4)))));
    }

    @Test
    default void mapThrowsTheItemsOwnExceptionAndSaysWhichItWas() throws Exception {
        for (int chunk : new int[] {1, 2, 4, 100}) {
            var thrown = assertThrows(
                    IllegalArgumentException.class,
                    () -> pool().map(Tasks::uncheckedIfThree, numbers(0, 9), chunk),
                    "chunks of " + chunk);
            assertEquals("bad 3", thrown.getMessage());
            assertEquals(3, failedItem(thrown).index());
            assertEquals(3, failedItem(thrown).lastIndex());
        }
        assertWorks(pool());
    }

    @Test
    default void mapWrapsCheckedExceptions() {
        var thrown = assertThrows(TaskFailedException.class, () -> pool().map(Tasks::checked, List.of("x")));
        assertInstanceOf(IOException.class, thrown.getCause());
        assertEquals(0, failedItem(thrown.getCause()).index());
    }

    private static FailedItemException failedItem(Throwable thrown) {
        return Arrays.stream(thrown.getSuppressed())
                .filter(FailedItemException.class::isInstance)
                .map(FailedItemException.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no item is named", thrown));
    }

    @Test
    default void mapFailsFastAndBeginsNoMore(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            List<String> items = IntStream.range(0, 500)
                    .mapToObj(i -> dir.resolve("item" + i).toString())
                    .toList();
            String first = items.get(0);
            assertThrows(IllegalStateException.class, () -> pool.map(Tasks::failFirst, items, 1));
            assertEquals(0, pool.waitingTasks());
            assertWorks(pool);
            assertFalse(Files.exists(Path.of(first)));
            try (var begun = Files.list(dir)) {
                assertTrue(begun.count() < 250, "most items were begun after the first had failed");
            }
        }
    }

    @Test
    default void anInterruptOfTheCallerStopsTheMap(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            Path begun = dir.resolve("begun");
            var call = new FutureTask<>(() -> pool.map(Tasks::beginAndBlock, List.of(begun.toString(), "never")));
            var caller = new Thread(call);
            caller.start();
            Eventually.eventually(() -> Files.exists(begun), () -> "the map did not begin");
            caller.interrupt();
            var thrown = assertThrows(ExecutionException.class, () -> call.get(30, TimeUnit.SECONDS));
            assertInstanceOf(InterruptedException.class, thrown.getCause());
            assertWorks(pool);
        }
    }

    @Test
    default void aMapThatEndsLeavesTheCallersInterruptAlone() throws Exception {
        var call = new FutureTask<>(() -> {
            var results = pool().map(Tasks::interruptSelf, List.of(1));
            return results.size() + (Thread.interrupted() ? " interrupted" : " not interrupted");
        });
        var caller = new Thread(call);
        caller.start();
        assertEquals("1 not interrupted", call.get(30, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertEquals(List.of(), pool().map(Tasks::increment, List.of()));
        assertTrue(Thread.interrupted());
    }

    @Test
    default void mapAsyncCompletesLikeMap() throws Exception {
        assertEquals(numbers(1, 101), get(pool().mapAsync(Tasks::increment, numbers(0, 100))));
        assertEquals(numbers(1, 101), get(pool().mapAsync(Tasks::increment, numbers(0, 100), 7)));
        assertInstanceOf(
                IllegalArgumentException.class,
                PoolUser.failure(pool().mapAsync(Tasks::uncheckedIfThree, numbers(0, 9))));
    }

    @Test
    default void aCancelledMapAsyncStops(@TempDir Path dir) throws Exception {
        try (var pool = newPool(1)) {
            Path begun = dir.resolve("begun");
            var map = pool.mapAsync(Tasks::beginAndBlock, List.of(begun.toString(), "never"), 1);
            Eventually.eventually(() -> Files.exists(begun), () -> "the map did not begin");
            assertTrue(map.cancel(true));
            assertTrue(map.isCancelled());
            assertThrows(CancellationException.class, () -> get(map));
            assertWorks(pool);
        }
    }

    @Test
    default void manyMapsAtOnceKeepApart() throws Exception {
        var maps = new ArrayList<io.muster.TaskFuture<List<Integer>>>();
        for (int i = 0; i < 10; i++) {
            maps.add(pool().mapAsync(Tasks::increment, numbers(i, i + 3000), 1 + i));
        }
        for (int i = 0; i < maps.size(); i++) {
            assertEquals(numbers(i + 1, i + 3001), get(maps.get(i)));
        }
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
