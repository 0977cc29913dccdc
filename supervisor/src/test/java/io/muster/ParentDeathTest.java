package io.muster;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However a parent ends, its children follow and nothing is left. Each test drives a parent JVM of its own. */
@ExtendWith(HangDump.class)
class ParentDeathTest {
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    @TempDir
    Path sessions;

    /** The parents. */
    public static final class Parent {
        /** Does what its first argument says. */
        public static void main(String[] args) throws Exception {
            switch (args[0]) {
                case "tree" -> {
                    start("a", false, Parent::withGrandchild);
                    start("b", true, Parent::sayAndWait);
                    Processes.waitForEver();
                }
                case "one" -> {
                    start("a", false, Parent::sayAndWait);
                    Processes.waitForEver();
                }
                case "exit" -> {
                    start("a", false, Parent::sayAndWait);
                    start("b", true, Parent::sayAndWait);
                    System.in.read();
                    System.exit(5);
                }
                case "return-daemon" -> start("a", true, Parent::sayAndWait);
                case "return-waits" -> {
                    String file = args[1];
                    start("a", false, () -> {
                        sayAndWait(file);
                        System.out.println("finished in-order");
                    });
                }
                case "survivor" -> {
                    String file = args[1];
                    ChildProcess.named("a").survivesParent(true).start(() -> survive(file));
                    Processes.waitForEver();
                }
                case "forking" -> {
                    start("a", false, Parent::forkAndWait);
                    Processes.waitForEver();
                }
                default -> throw new IllegalArgumentException(args[0]);
            }
        }

        private static void start(String name, boolean daemon, io.muster.remote.RemoteRunnable target) {
            ChildProcess child =
                    ChildProcess.named(name).daemon(daemon).heap("32m").start(target);
            System.out.println(name + " " + child.pid());
        }

        private static void sayAndWait() {
            System.out.println("runs " + ProcessHandle.current().pid());
            Processes.waitForEver();
        }

        private static void sayAndWait(String file) {
            System.out.println("runs " + ProcessHandle.current().pid());
            eventually(() -> Files.exists(Path.of(file)), () -> file);
        }

        private static void withGrandchild() {
            start("grandchild", false, Parent::sayAndWait);
            Processes.waitForEver();
        }

        private static void forkAndWait() throws IOException {
            Process sleep = new ProcessBuilder("setsid", "sleep", "300").start();
            System.out.println("sleep " + sleep.pid());
            Processes.waitForEver();
        }

        private static void survive(String file) throws Exception {
            System.out.println("runs " + ProcessHandle.current().pid());
            ParentProcess parent = ChildProcess.parent().orElseThrow();
            boolean ended = parent.join(Duration.ofSeconds(20));
            Files.writeString(Path.of(file), ended + " " + parent.isAlive());
        }
    }

    private DriverJvm parent(String... args) {
        return new DriverJvm(sessions, Parent.class, Map.of(), List.of(), args);
    }

    private void nothingIsLeft() {
        eventually(() -> leftovers().isEmpty(), () -> leftovers());
    }

    private List<String> leftovers() {
        List<String> left = new ArrayList<>();
        for (Path base : list(sessions)) {
            for (Path session : list(base)) {
                left.add(session.getFileName() + "" + list(session));
            }
        }
        return left;
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    @Test
    void aKilledParentTakesChildrenAndGrandchildrenWithItAndLeavesNothing() throws Exception {
        try (DriverJvm parent = parent("tree")) {
            Set<Long> pids = Set.of(parent.number("a"), parent.number("b"), parent.number("grandchild"));
            parent.process().destroyForcibly().waitFor();
            Processes.awaitGone(A_SECOND, pids);
            nothingIsLeft();
        }
    }

    @Test
    void aTerminatedParentTakesThemWithIt() throws Exception {
        try (DriverJvm parent = parent("tree")) {
            Set<Long> pids = Set.of(parent.number("a"), parent.number("b"), parent.number("grandchild"));
            parent.process().destroy();
            parent.process().waitFor();
            Processes.awaitGone(A_SECOND, pids);
            nothingIsLeft();
        }
    }

    @Test
    void aParentThatExitsTakesThemWithIt() throws Exception {
        try (DriverJvm parent = parent("exit")) {
            Set<Long> pids = Set.of(parent.number("a"), parent.number("b"));
            parent.process().getOutputStream().close();
            assertEquals(5, parent.process().waitFor());
            Processes.awaitGone(A_SECOND, pids);
            nothingIsLeft();
        }
    }

    @Test
    void aParentThatReturnsDoesNotWaitForDaemons() throws Exception {
        try (DriverJvm parent = parent("return-daemon")) {
            long child = parent.number("a");
            assertTrue(parent.process().waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, parent.process().exitValue());
            Processes.awaitGone(A_SECOND, Set.of(child));
            nothingIsLeft();
        }
    }

    @Test
    void aParentThatReturnsWaitsForItsOtherChildren(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("go-on");
        try (DriverJvm parent = parent("return-waits", file.toString())) {
            parent.number("runs");
            assertFalse(parent.process().waitFor(300, TimeUnit.MILLISECONDS));
            Files.createFile(file);
            assertEquals("in-order", parent.lines().await("finished"));
            assertTrue(parent.process().waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, parent.process().exitValue());
            nothingIsLeft();
        }
    }

    @Test
    void aProcessThatHoldsTheLifelineOpenLeavesNoOrphan() throws Exception {
        try (DriverJvm parent = parent("one")) {
            long child = parent.number("a");
            Process holder = holdPipes(parent.process().pid(), child);
            try {
                parent.process().destroyForcibly().waitFor();
                // A second is promised; of it the guard's pause takes 600 ms, and the rest is little on a machine that
                // is busy.
                Processes.awaitGone(A_SECOND.multipliedBy(2), Set.of(child));
                assertTrue(holder.isAlive(), "the lifeline was held all the time");
                nothingIsLeft();
            } finally {
                holder.destroyForcibly();
            }
        }
    }

    /** Opens all pipes between the two for writing, as a process forked by native code in the parent would have them. */
    private static Process holdPipes(long parent, long child) throws Exception {
        Set<String> ofChild = Set.copyOf(pipes(child).values());
        StringBuilder script = new StringBuilder();
        int held = 0;
        for (Map.Entry<String, String> pipe : pipes(parent).entrySet()) {
            if (ofChild.contains(pipe.getValue())) {
                script.append("exec ")
                        .append(3 + held++)
                        .append(">/proc/")
                        .append(parent)
                        .append("/fd/")
                        .append(pipe.getKey())
                        .append("; ");
            }
        }
        assertTrue(held > 0);
        Process holder = new ProcessBuilder("sh", "-c", script + "echo held; exec sleep 300").start();
        assertEquals('h', holder.getInputStream().read());
        return holder;
    }

    private static Map<String, String> pipes(long pid) throws IOException {
        Map<String, String> pipes = new java.util.HashMap<>();
        for (Path descriptor : list(Path.of("/proc/" + pid + "/fd"))) {
            try {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("pipe:")) {
                    pipes.put(descriptor.getFileName().toString(), target);
                }
            } catch (IOException e) {
                // Closed meanwhile.
            }
        }
        return pipes;
    }

    @Test
    void whatAnOrphanStartedGoesWithIt() throws Exception {
        try (DriverJvm parent = parent("forking")) {
            Set<Long> pids = Set.of(parent.number("a"), parent.number("sleep"));
            parent.process().destroyForcibly().waitFor();
            Processes.awaitGone(A_SECOND, pids);
            nothingIsLeft();
        }
    }

    @Test
    void aChildThatMaySurviveSeesItsParentDie(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("seen");
        try (DriverJvm parent = parent("survivor", file.toString())) {
            long child = parent.number("runs");
            parent.process().destroyForcibly().waitFor();
            eventually(() -> Files.exists(file) && Files.size(file) > 0, () -> "the child's report");
            assertEquals("true false", Files.readString(file));
            Processes.awaitGone(Duration.ofSeconds(5), Set.of(child));
            nothingIsLeft();
        }
    }

    @Test
    void aDebuggerCanBeAskedForFromOutside() throws Exception {
        try (DriverJvm parent = new DriverJvm(sessions, Parent.class, Map.of("MUSTER_DEBUG", "a"), List.of(), "one")) {
            assertTrue(parent.lines().await("Listening").startsWith("for transport dt_socket at address:"));
            parent.number("runs");
        }
    }
}
