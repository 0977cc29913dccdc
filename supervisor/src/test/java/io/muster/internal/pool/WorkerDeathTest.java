package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.assertWorks;
import static io.muster.internal.pool.PoolUser.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildOutput;
import io.muster.ExitStatus;
import io.muster.FailedItemException;
import io.muster.ProcessPool;
import io.muster.TaskFuture;
import io.muster.WorkerDiedException;
import io.muster.WorkerInfo;
import io.muster.testing.Eventually;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A worker's end touches the task that it runs and nothing else. */
@ExtendWith(HangDump.class)
class WorkerDeathTest {
    private static ProcessPool pool(int workers) {
        return ProcessPool.builder()
                .name("mortal")
                .workers(workers)
                .heap("48m")
                .jvmArgs("-XX:ErrorFile=/dev/null")
                .output(ChildOutput.discard())
                .start();
    }

    private static Set<Long> pids(ProcessPool pool) {
        return pool.workers().stream().map(WorkerInfo::pid).collect(Collectors.toSet());
    }

    private static Set<Long> awaitAllUp(ProcessPool pool) {
        Eventually.eventually(
                () -> pool.workers().stream().allMatch(worker -> worker.state() == WorkerInfo.State.UP), pool::workers);
        return pids(pool);
    }

    @Test
    void whicheverWayAWorkerDiesItsTaskSaysSoAndTheOthersGoOn() throws Exception {
        try (var pool = pool(2)) {
            awaitAllUp(pool);
            assertDies(pool, "halt", ExitStatus.exited(9, ""));
            assertDies(pool, "exit 0", ExitStatus.exited(0, ""));
            assertDies(pool, "exit 3", ExitStatus.exited(3, ""));
            assertDies(pool, "KILL", ExitStatus.signaled(9, ""));
            assertDies(pool, "TERM", ExitStatus.signaled(15, ""));
            assertDies(pool, "heap", ExitStatus.outOfHeap(3, ""));
            // A JVM that is hit by SIGSEGV reports and aborts.
            assertDies(pool, "SEGV", ExitStatus.signaled(6, ""));
            assertEquals(2, awaitAllUp(pool).size());
        }
    }

    private static void assertDies(ProcessPool pool, String how, ExitStatus status) throws Exception {
        Set<Long> before = awaitAllUp(pool);
        var dying = pool.applyAsync(Deaths::die, how);
        var others = new ArrayList<TaskFuture<Integer>>();
        for (int i = 0; i < 20; i++) {
            others.add(pool.applyAsync(Tasks::pause, 5));
        }
        var thrown = assertInstanceOf(WorkerDiedException.class, PoolUser.failure(dying), how);
        assertEquals(status, thrown.exitStatus(), () -> how + ": " + thrown.getMessage());
        assertTrue(before.contains(thrown.pid()), how);
        assertTrue(thrown.workerName().startsWith("mortal-worker-"), how);
        assertTrue(thrown.stderrTail().contains("last words before " + how), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("last words before " + how), thrown::getMessage);
        assertTrue(thrown.task().startsWith("Deaths::die"), thrown::task);
        assertTrue(thrown.epoch() >= 1, how);
        for (TaskFuture<Integer> other : others) {
            assertEquals(5, get(other), how);
        }
    }

    @Test
    void aDyingWorkerFailsACallAndAMapTheSameWay() throws Exception {
        try (var pool = pool(2)) {
            assertThrows(WorkerDiedException.class, () -> pool.apply(Deaths::die, "halt"));
            var items = IntStream.range(0, 10).boxed().toList();
            var thrown = assertThrows(
                    WorkerDiedException.class, () -> pool.map(item -> Deaths.dieIf("halt", item), items, 2));
            var failed = Arrays.stream(thrown.getSuppressed())
                    .filter(FailedItemException.class::isInstance)
                    .map(FailedItemException.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertEquals(2, failed.index());
            assertEquals(3, failed.lastIndex());
            assertWorks(pool);
        }
    }

    @Test
    void anIdleWorkersDeathIsNoticedAndNothingFails() throws Exception {
        try (var pool = pool(2)) {
            Set<Long> before = awaitAllUp(pool);
            for (long pid : before) {
                Processes.signal(pid, "KILL");
            }
            assertWorks(pool);
            Eventually.eventually(() -> pids(pool).stream().noneMatch(before::contains), pool::workers);
            assertEquals(2, awaitAllUp(pool).size());
            assertTrue(pool.workers().stream().allMatch(worker -> worker.epoch() == 2), () -> "" + pool.workers());
        }
    }

    @Test
    void tasksThatCrashTheirWorkersDoNotBreakThePool() throws Exception {
        try (var pool = pool(1)) {
            var dying = new ArrayList<TaskFuture<Integer>>();
            for (int i = 0; i < 17; i++) { // more idle deaths than these would break it
                dying.add(pool.applyAsync(Deaths::die, "halt"));
            }
            var last = pool.applyAsync(Tasks::increment, 1);
            for (TaskFuture<Integer> future : dying) {
                assertInstanceOf(WorkerDiedException.class, PoolUser.failure(future));
            }
            assertEquals(2, get(last));
        }
    }

    @Test
    void workersKilledWhileTheyStartAreReplaced() throws Exception {
        try (var pool = pool(2)) {
            var waiting = pool.applyAsync(Tasks::increment, 1);
            for (int i = 0; i < 8; i++) {
                Eventually.eventually(() -> pool.workers().get(0).pid() != 0, () -> "no process: " + pool.workers());
                Processes.signal(pool.workers().get(0).pid(), "KILL");
            }
            assertEquals(2, get(waiting));
            assertEquals(2, awaitAllUp(pool).size());
        }
    }

    @Test
    void anArgumentTooLargeForAWorkerFailsThatTaskOnly() throws Exception {
        try (var pool = pool(1)) {
            var thrown = assertInstanceOf(
                    WorkerDiedException.class, PoolUser.failure(pool.applyAsync(Tasks::echo, new byte[100 << 20])));
            assertEquals(ExitStatus.Kind.OUT_OF_HEAP, thrown.exitStatus().kind());
            assertWorks(pool);
            assertEquals(2, pool.workers().get(0).epoch());
        }
    }

    @Test
    void aStoppedWorkersTaskCanBeCancelled(@TempDir Path dir) throws Exception {
        try (var pool = pool(1)) {
            String begun = dir.resolve("begun").toString();
            var task = pool.applyAsync(Tasks::beginAndBlock, begun);
            Eventually.eventually(() -> Files.exists(Path.of(begun)), () -> "it did not begin");
            long pid = pool.workers().get(0).pid();
            Processes.signal(pid, "STOP");
            Eventually.eventually(() -> Processes.isStopped(pid), () -> "it is not stopped");
            assertTrue(task.cancel(true));
            assertTrue(task.isCancelled());
            assertWorks(pool);
            assertFalse(Processes.isAlive(pid));
        }
    }

    @Test
    void aCancelKillsOneWorkerAndNoOther() throws Exception {
        try (var pool = pool(2)) {
            Set<Long> before = awaitAllUp(pool);
            var first = pool.applyAsync(Tasks::blockAnd, 1);
            var second = pool.applyAsync(Deaths::pidAfter, 400);
            Eventually.eventually(() -> pool.waitingTasks() == 0, () -> "waiting");
            assertTrue(first.cancel(true));
            assertTrue(before.contains(get(second)));
            Eventually.eventually(
                    () -> pool.workers().stream().mapToInt(WorkerInfo::epoch).sum() == 3, pool::workers);
            assertEquals(2, awaitAllUp(pool).size());
        }
    }

    @Test
    void theEndComesWhateverTheWorkersAreDoing() throws Exception {
        var pool = pool(3);
        awaitAllUp(pool);
        pool.applyAsync(Deaths::clingToLife, 0);
        pool.applyAsync(Tasks::blockAnd, 0);
        Eventually.eventually(() -> pool.waitingTasks() == 0, () -> "waiting");
        Set<Long> pids = pids(pool);
        pids.forEach(pid -> Processes.signal(pid, "STOP"));
        long begin = System.nanoTime();
        pool.terminate();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis < 5000, "terminate took " + millis + " ms");
        assertTrue(pool.isTerminated());
        Processes.awaitGone(Duration.ofSeconds(1), pids);
        pool.close();
    }

    @Test
    void threadsThatTasksLeaveBehindDoNotHoldUpTheEnd() throws Exception {
        var pool = pool(1);
        assertEquals(1, get(pool.applyAsync(Deaths::leaveThreadBehind, 1)));
        long begin = System.nanoTime();
        pool.close();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        assertTrue(millis < 4500, "close took " + millis + " ms");
    }

    @Test
    void aWorkerThatIsKilledAtAnyMomentCostsAtMostTheTaskItRuns() throws Exception {
        try (var pool = pool(2)) {
            Storm.killAtRandom(pool, 100, 12);
            assertEquals(2, awaitAllUp(pool).size());
            assertNotEquals(0, pool.workers().get(0).pid());
        }
    }

    @Test
    void cancelsAtAnyMomentHitNoOtherTask() throws Exception {
        try (var pool = pool(2)) {
            int cancelled = Storm.cancelAtRandom(pool, 300, 1);
            assertEquals(2, awaitAllUp(pool).size());
            Storm.assertNoOtherDeaths(pool, cancelled);
        }
    }

    @Test
    void poolsMayHaveAnyName() throws Exception {
        try (var pool =
                ProcessPool.builder().name("a/b {c}*? [d]\\ é").workers(1).start()) {
            assertWorks(pool);
            assertThrows(WorkerDiedException.class, () -> pool.apply(Deaths::die, "halt"));
            assertEquals(List.of(3), pool.map(Tasks::increment, List.of(2)));
        }
    }
}
