package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildOutput;
import io.muster.PoolBrokenException;
import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.TaskSerializationException;
import io.muster.testing.HangDump;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools whose workers cannot live, or lack something. */
@ExtendWith(HangDump.class)
class BrokenPoolTest {
    @Test
    void workersThatCannotStartBreakThePoolAndSayWhy() throws Exception {
        long begin = System.nanoTime();
        try (var pool = ProcessPool.builder()
                .workers(2)
                .jvmArgs("-XX:NoSuchFlag")
                .output(ChildOutput.discard())
                .start()) {
            var waiting = new ArrayList<TaskFuture<Integer>>();
            for (int i = 0; i < 3000; i++) {
                try {
                    waiting.add(pool.applyAsync(Tasks::increment, i));
                } catch (PoolBrokenException quick) {
                    break;
                }
            }
            for (TaskFuture<Integer> future : waiting) {
                var thrown = assertInstanceOf(PoolBrokenException.class, PoolUser.failure(future));
                assertTrue(thrown.getMessage().contains("NoSuchFlag"), thrown::getMessage);
            }
            assertThrows(PoolBrokenException.class, () -> pool.apply(Tasks::increment, 1));
            assertThrows(PoolBrokenException.class, () -> pool.map(Tasks::increment, List.of(1)));
            assertThrows(PoolBrokenException.class, () -> pool.mapAsync(Tasks::increment, List.of(1)));
            assertTrue(pool.isShutdown());
            assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
            int starts =
                    pool.workers().stream().mapToInt(worker -> worker.epoch()).sum();
            assertTrue(starts <= 6, starts + " starts");
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertTrue(seconds < 20, "it took " + seconds + " s");
    }

    @Test
    void aCallThatWaitsIsToldThatThePoolIsBroken() {
        try (var pool = ProcessPool.builder()
                .workers(1)
                .jvmArgs("-XX:NoSuchFlag")
                .output(ChildOutput.discard())
                .start()) {
            assertThrows(PoolBrokenException.class, () -> pool.apply(Tasks::increment, 1));
        }
    }

    @Test
    void workersThatDieAsSoonAsTheyAreReadyBreakThePool() {
        try (var pool = ProcessPool.builder()
                .workers(1)
                .systemProperty("muster.wait", "no such strategy")
                .output(ChildOutput.discard())
                .start()) {
            var thrown = assertThrows(PoolBrokenException.class, () -> pool.apply(Tasks::increment, 1));
            assertTrue(thrown.getMessage().contains("keep dying"), thrown::getMessage);
            assertTrue(thrown.getCause().getMessage().contains("no such strategy"), thrown.getCause()::getMessage);
        }
    }

    @Test
    void aClassThatWorkersLackFailsTheTaskAndNamesIt() throws Exception {
        List<String> withoutTests = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !new File(entry, "io/muster/internal/pool/Tasks.class").exists())
                .toList();
        try (var pool = ProcessPool.builder().workers(1).classPath(withoutTests).start()) {
            var thrown = assertThrows(TaskSerializationException.class, () -> pool.apply(Tasks::increment, 1));
            assertSame(TaskSerializationException.Place.TASK_IN_WORKER, thrown.place());
            assertTrue(thrown.getMessage().contains("BrokenPoolTest")
                    || thrown.getMessage().contains("Tasks"));
            assertEquals(1, pool.workers().get(0).epoch());
        }
        try (var pool = ProcessPool.workers(1)) {
            assertWorks(pool);
        }
    }
}
