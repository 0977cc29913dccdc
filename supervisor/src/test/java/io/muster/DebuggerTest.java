package io.muster;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.child.ChildMain;
import io.muster.testing.Debugger;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A debugger in a child: asked for by its builder or from outside, attached for real, as long as it likes. */
@ExtendWith(HangDump.class)
class DebuggerTest {
    /** Some of the slices and ticks in which a pool and its waiters look at each other. */
    private static final Duration LONGER_THAN_ANY_BEAT = Duration.ofMillis(1200);

    private final Lines lines = new Lines();

    @TempDir
    Path directory;

    private ChildBuilder child() {
        return ChildProcess.named("debugged").heap("32m").onLine(lines);
    }

    /** The clock is what is waited for: a deadline or a beat, were there one, has passed then. */
    private static void awaitClock(long sinceNanos, Duration past) {
        eventually(() -> System.nanoTime() - sinceNanos > past.toNanos(), () -> past);
    }

    @Test
    void aChildWithADebuggerRunsAndAnswersOne() throws Exception {
        ChildProcess child = child().debugger(0, false).start(() -> {
            System.out.println("runs 1");
            Processes.waitForEver();
        });
        try {
            lines.await("runs");
            assertEquals("JDWP-Handshake", Debugger.handshake(Debugger.awaitPort(lines)));
            assertTrue(child.isAlive());
        } finally {
            child.kill();
        }
    }

    @Test
    void theJdksLineIsSeenAlsoWhereOutputIsDiscarded() throws Exception {
        try (DriverJvm parent = new DriverJvm(directory, Discarding.class, Map.of(), List.of())) {
            try (Debugger debugger = Debugger.attach(Debugger.awaitPort(parent.lines()))) {
                eventually(() -> debugger.hasLoaded(ChildMain.class), () -> "the child's main class");
            }
        }
    }

    /** A parent whose child may not print. */
    public static final class Discarding {
        /** Starts it. */
        public static void main(String[] args) {
            ChildProcess.named("quiet")
                    .heap("32m")
                    .output(ChildOutput.discard())
                    .debugger(0, false)
                    .start(Processes::waitForEver);
        }
    }

    @Test
    void aSuspendedChildIsHeldBeforeAnythingRunsUntilTheDebuggerResumesIt() throws Exception {
        Duration deadline = Duration.ofMillis(300);
        long begin = System.nanoTime();
        CompletableFuture<ChildProcess> start = CompletableFuture.supplyAsync(() ->
                child().debugger(0, true).startDeadline(deadline).start(() -> System.out.println("ran to the end")));
        try (Debugger debugger = Debugger.attach(Debugger.awaitPort(lines))) {
            awaitClock(begin, deadline.multipliedBy(2));
            assertTrue(debugger.isHeld());
            assertFalse(debugger.hasLoaded(ChildMain.class));
            assertFalse(start.isDone(), "the start deadline does not count while a debugger is asked for");
            debugger.resume();
            assertEquals("to the end", lines.await("ran"));
            start.join().join();
            assertTrue(start.join().exitStatus().orElseThrow().isSuccess());
        }
    }

    @Test
    void aSuspendedChildCanBeEnded() throws Exception {
        CompletableFuture<Void> start =
                CompletableFuture.runAsync(() -> child().debugger(0, true).start(() -> {}));
        Debugger.awaitPort(lines);
        List<ChildProcess> held = ChildProcess.activeChildren().stream()
                .filter(child -> child.name().equals("debugged"))
                .toList();
        assertEquals(1, held.size());
        held.get(0).terminate(Duration.ofMillis(500));
        assertFalse(held.get(0).isAlive());
        Throwable failure = start.handle((nothing, thrown) -> thrown).join();
        assertTrue(failure.getCause() instanceof ChildStartException, () -> "" + failure);
    }

    @Test
    void aTaskAtABreakpointIsWaitedForAsLongAsItTakes() throws Exception {
        Path go = directory.resolve("go");
        String file = go.toString();
        try (ProcessPool pool = ProcessPool.builder()
                .workers(1)
                .heap("32m")
                .jvmArgs("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0")
                .output(ChildOutput.lines(lines))
                .start()) {
            long pid = pool.apply(() -> ProcessHandle.current().pid());
            TaskFuture<Integer> task = pool.applyAsync(() -> {
                System.out.println("runs 1");
                eventually(() -> Files.exists(Path.of(file)), () -> file);
                return 7;
            });
            lines.await("runs");
            try (Debugger debugger = Debugger.attach(Debugger.awaitPort(lines))) {
                debugger.hold();
                Files.createFile(go);
                awaitClock(System.nanoTime(), LONGER_THAN_ANY_BEAT);
                assertTrue(debugger.isHeld());
                assertFalse(task.isDone());
                debugger.resume();
                assertEquals(7, task.get());
            }
            assertEquals(pid, pool.apply(() -> ProcessHandle.current().pid()), "it is still the first worker");
        }
    }

    /** A parent with a pool, of which one worker is asked for a debugger from outside. */
    public static final class Pool {
        /** Works with the other one, then waits for both. */
        public static void main(String[] args) throws Exception {
            try (ProcessPool pool = ProcessPool.builder().workers(2).heap("32m").start()) {
                System.out.println("answer " + pool.apply(() -> 42));
                System.out.println("states " + states(pool));
                eventually(() -> states(pool).equals("UP UP"), () -> states(pool));
                System.out.println("both up");
            }
            System.out.println("closed in-order");
        }

        private static String states(ProcessPool pool) {
            List<WorkerInfo> workers = pool.workers();
            return workers.get(0).state() + " " + workers.get(1).state();
        }
    }

    private static long listening(DriverJvm parent) {
        return parent.lines().all().stream()
                .filter(line -> line.startsWith("Listening"))
                .count();
    }

    @Test
    void oneWorkerOfAPoolIsHeldFromOutsideWhileTheOtherWorks() throws Exception {
        Map<String, String> environment = Map.of("MUSTER_DEBUG", "worker-1:suspend");
        try (DriverJvm parent = new DriverJvm(directory, Pool.class, environment, List.of())) {
            int port = Debugger.awaitPort(parent.lines());
            assertEquals(42, parent.number("answer"));
            assertEquals("STARTING UP", parent.lines().await("states"));
            try (Debugger debugger = Debugger.attach(port)) {
                assertTrue(debugger.isHeld());
                debugger.resume();
                assertEquals("up", parent.lines().await("both"));
                assertEquals(1, listening(parent), "one debugger, as one was asked for");
            }
            assertEquals("in-order", parent.lines().await("closed"));
            assertEquals(0, parent.process().waitFor());
        }
    }

    @Test
    void aNameFromOutsideMeansGrandchildrenToo() throws Exception {
        Map<String, String> environment = Map.of("MUSTER_DEBUG", "quiet");
        try (DriverJvm parent =
                new DriverJvm(directory, ParentDeathTest.Parent.class, environment, List.of(), "tree")) {
            parent.number("grandchild");
            assertEquals(0, listening(parent));
        }
        environment = Map.of("MUSTER_DEBUG", "grandchild");
        try (DriverJvm parent =
                new DriverJvm(directory, ParentDeathTest.Parent.class, environment, List.of(), "tree")) {
            parent.number("grandchild");
            assertEquals("JDWP-Handshake", Debugger.handshake(Debugger.awaitPort(parent.lines())));
        }
    }

    @Test
    void aHeldChildFollowsItsKilledParentOnceItIsResumed() throws Exception {
        Map<String, String> environment = Map.of("MUSTER_DEBUG", "worker-1:suspend");
        try (DriverJvm parent = new DriverJvm(directory, Pool.class, environment, List.of())) {
            int port = Debugger.awaitPort(parent.lines());
            parent.number("answer");
            Set<Long> children =
                    parent.process().children().map(ProcessHandle::pid).collect(Collectors.toSet());
            assertEquals(2, children.size());
            try (Debugger debugger = Debugger.attach(port)) {
                parent.process().destroyForcibly().waitFor();
                debugger.resume();
                Processes.awaitGone(Duration.ofSeconds(10), children);
            }
        }
    }
}
