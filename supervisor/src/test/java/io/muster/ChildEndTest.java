package io.muster;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.internal.launch.ChildHandle;
import io.muster.internal.launch.LaunchSpec;
import io.muster.internal.launch.LaunchTarget;
import io.muster.internal.launch.Launcher;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How children are ended from outside. */
@ExtendWith(HangDump.class)
class ChildEndTest {
    private final Lines lines = new Lines();

    private ChildBuilder child() {
        return ChildProcess.named("worker").onLine(lines);
    }

    @Test
    void terminateRunsShutdownHooks() {
        ChildProcess child = child().start(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
            System.out.println("runs 1");
            Processes.waitForEver();
        });
        lines.await("runs");
        child.terminate();
        assertFalse(child.isAlive());
        assertEquals("ran", lines.await("hook"));
        assertEquals(15, child.exitStatus().orElseThrow().signal().orElseThrow());
    }

    @Test
    void terminateKillsAfterItsGrace() {
        ChildProcess child = child().start(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(Processes::waitForEver));
            System.out.println("runs 1");
            Processes.waitForEver();
        });
        lines.await("runs");
        long start = System.nanoTime();
        child.terminate(Duration.ofMillis(300));
        assertFalse(child.isAlive());
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals(9, child.exitStatus().orElseThrow().signal().orElseThrow());
    }

    @Test
    void terminateEndsAStoppedChild() {
        ChildProcess child = child().start(Processes::waitForEver);
        Processes.signal(child.pid(), "STOP");
        eventually(() -> Processes.isStopped(child.pid()), () -> "stopped");
        child.terminate(Duration.ofMillis(200));
        assertFalse(child.isAlive());
        assertEquals(9, child.exitStatus().orElseThrow().signal().orElseThrow());
    }

    @Test
    void killEndsAStoppedChild() throws Exception {
        ChildProcess child = child().start(Processes::waitForEver);
        Processes.signal(child.pid(), "STOP");
        child.kill();
        assertTrue(child.join(Duration.ofSeconds(10)));
    }

    @Test
    void terminateAndKillOfAnEndedChildDoNothing() throws Exception {
        ChildProcess child = child().start(() -> {});
        child.join();
        child.terminate();
        child.kill();
        child.interrupt();
        assertTrue(child.exitStatus().orElseThrow().isSuccess());
    }

    @Test
    void terminateByAnInterruptedThreadKillsAtOnceAndKeepsTheFlag() {
        ChildProcess child = child().start(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(Processes::waitForEver));
            System.out.println("runs 1");
            Processes.waitForEver();
        });
        lines.await("runs");
        Thread.currentThread().interrupt();
        child.terminate(Duration.ofHours(1));
        assertTrue(Thread.interrupted());
        assertFalse(child.isAlive());
    }

    @Test
    void terminateWorksAtEveryMomentOfAChildsFirstMilliseconds() throws Exception {
        for (long delayMicros = 0; delayMicros < 60_000; delayMicros = delayMicros * 2 + 250) {
            RemoteRunnable target = Processes::waitForEver;
            ChildHandle child = Launcher.launch(LaunchSpec.builder().build("newborn"), LaunchTarget.lambda(target));
            long until = System.nanoTime() + delayMicros * 1000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            ExitStatus status = child.terminate(Duration.ofSeconds(2)).get(20, TimeUnit.SECONDS);
            assertFalse(Processes.isAlive(child.pid()));
            assertTrue(status.signal().isPresent(), () -> "after " + status);
        }
    }

    @Test
    void aChildThatIsTerminatedWhileItStartsFailsItsStart() throws Exception {
        CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> assertThrows(
                ChildStartException.class, () -> ChildProcess.named("early").start(Processes::waitForEver)));
        eventually(
                () -> ChildProcess.activeChildren().stream()
                        .anyMatch(c -> c.name().equals("early")),
                () -> "a child that starts is listed");
        ChildProcess.activeChildren().stream()
                .filter(c -> c.name().equals("early"))
                .forEach(ChildProcess::kill);
        assertTrue(
                failure.get().getMessage().contains("ended before it was ready: killed by signal 9"),
                () -> failure.join().getMessage());
    }

    @Test
    @HangDump.Limit(seconds = 180)
    void aHundredChildrenStartAndEndAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(100);
        try {
            List<Future<ChildProcess>> starts = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "one-of-100-" + i;
                starts.add(threads.submit(() -> ChildProcess.named(name)
                        .heap("16m")
                        .output(ChildOutput.discard())
                        .start(Processes::waitForEver)));
            }
            List<Future<?>> ends = new ArrayList<>();
            for (Future<ChildProcess> start : starts) {
                ChildProcess child = start.get();
                assertTrue(child.isAlive());
            }
            for (Future<ChildProcess> start : starts) {
                ChildProcess child = start.get();
                ends.add(threads.submit(() -> child.terminate(Duration.ofSeconds(30))));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            for (Future<ChildProcess> start : starts) {
                assertFalse(Processes.isAlive(start.get().pid()));
                assertEquals(15, start.get().exitStatus().orElseThrow().signal().orElseThrow());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    static void forkThingsAndWait() throws Exception {
        Process plain = new ProcessBuilder("sleep", "300").start();
        // Detached from its session and its parent, as daemons are.
        Process shell = new ProcessBuilder("sh", "-c", "setsid sleep 300 >/dev/null 2>&1 & echo $!").start();
        String detached = new String(shell.getInputStream().readAllBytes()).trim();
        System.out.println("plain " + plain.pid());
        System.out.println("detached " + detached);
        Processes.waitForEver();
    }

    @Test
    void whatAKilledChildStartedIsSwept() {
        ChildProcess child = child().start(ChildEndTest::forkThingsAndWait);
        long plain = Long.parseLong(lines.await("plain"));
        long detached = Long.parseLong(lines.await("detached"));
        assertTrue(Processes.isAlive(plain) && Processes.isAlive(detached));
        child.kill();
        Processes.awaitGone(Duration.ofSeconds(5), Set.of(plain, detached));
    }

    @Test
    void whatATerminatedChildStartedIsGoneWhenTerminateReturns() {
        ChildProcess child = child().start(ChildEndTest::forkThingsAndWait);
        long plain = Long.parseLong(lines.await("plain"));
        long detached = Long.parseLong(lines.await("detached"));
        child.terminate();
        Processes.awaitGone(Duration.ofMillis(500), Set.of(plain, detached));
    }

    @Test
    void whatAGrandchildStartedIsSweptWithTheChild() {
        ChildProcess child = child().start(() -> {
            ChildProcess.named("grandchild").start(ChildEndTest::forkThingsAndWait);
            Processes.waitForEver();
        });
        long plain = Long.parseLong(lines.await("plain"));
        long detached = Long.parseLong(lines.await("detached"));
        child.kill();
        Processes.awaitGone(Duration.ofSeconds(5), Set.of(plain, detached));
    }

    @Test
    void whatAnOrderlyChildLeftRunningIsLeftAlone() throws Exception {
        ChildProcess child = child().start(() -> {
            Process shell = new ProcessBuilder("sh", "-c", "setsid sleep 300 >/dev/null 2>&1 & echo $!").start();
            System.out.println("detached " + new String(shell.getInputStream().readAllBytes()).trim());
        });
        child.join();
        long detached = Long.parseLong(lines.await("detached"));
        assertTrue(Processes.isAlive(detached));
        Processes.signal(detached, "KILL");
    }
}
