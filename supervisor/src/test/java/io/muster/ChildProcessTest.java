package io.muster;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One child: what runs, and what its parent sees of it. */
@ExtendWith(HangDump.class)
class ChildProcessTest {
    private final Lines lines = new Lines();

    private ChildBuilder child() {
        return ChildProcess.named("worker").onLine(lines);
    }

    @Test
    void runsALambdaWithWhatItCaptured() throws Exception {
        String captured = "forty-two";
        ChildProcess child = child().start(() -> System.out.println("got " + captured));
        child.join();
        assertEquals("forty-two", lines.await("got"));
        assertTrue(child.exitStatus().orElseThrow().isSuccess());
        child.close();
    }

    static void printPid() {
        System.out.println("pid " + ProcessHandle.current().pid());
    }

    @Test
    void runsAMethodReferenceInAnotherProcess() throws Exception {
        ChildProcess child = child().start(ChildProcessTest::printPid);
        child.join();
        assertEquals(child.pid(), Long.parseLong(lines.await("pid")));
        assertNotEquals(ProcessHandle.current().pid(), child.pid());
    }

    /** A main class for children. */
    public static final class Main {
        /** Prints its arguments. */
        public static void main(String[] args) {
            System.out.println("args " + List.of(args));
        }
    }

    @Test
    void runsAMainClassWithArgumentsThatNeedNoQuoting() throws Exception {
        ChildProcess child = child().startMain(Main.class, "a b", "", "\"c\" $HOME 'ü'");
        child.join();
        assertEquals("[a b, , \"c\" $HOME 'ü']", lines.await("args"));
    }

    @Test
    void joinWithZeroOrNegativeTimeoutReturnsAtOnce() throws Exception {
        ChildProcess child = child().start(Processes::waitForEver);
        assertFalse(child.join(Duration.ZERO));
        assertFalse(child.join(Duration.ofSeconds(-1)));
        assertFalse(child.join(Duration.ofMillis(20)));
        assertTrue(child.isAlive());
        assertTrue(child.exitStatus().isEmpty());
        child.kill();
        assertTrue(child.join(Duration.ofSeconds(10)));
        assertTrue(child.join(Duration.ZERO));
        assertFalse(child.isAlive());
    }

    @Test
    void closeIsAnErrorWhileItLives() throws Exception {
        ChildProcess child = child().start(Processes::waitForEver);
        IllegalStateException e = assertThrows(IllegalStateException.class, child::close);
        assertEquals(
                "child 'worker' (pid " + child.pid()
                        + ") still runs; call join(), terminate() or kill() before close()",
                e.getMessage());
        child.terminate();
        child.close();
    }

    @Test
    void anUncaughtExceptionIsExitCodeOneAndAStackTraceOnStderr() throws Exception {
        ChildProcess child = child().start(() -> {
            throw new IOException("no such luck");
        });
        child.join();
        assertEquals(1, child.exitStatus().orElseThrow().code().orElseThrow());
        assertTrue(child.stderrTail().contains("java.io.IOException: no such luck"), child::stderrTail);
        assertTrue(child.stderrTail().contains("ChildProcessTest"), child::stderrTail);
    }

    @Test
    void interruptReachesTheTargetsThread() throws Exception {
        ChildProcess child = child().start(() -> {
            System.out.println("waits 1");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                System.out.println("interrupted yes");
            }
        });
        lines.await("waits");
        child.interrupt();
        child.join();
        assertEquals("yes", lines.await("interrupted"));
        assertTrue(child.exitStatus().orElseThrow().isSuccess());
        child.interrupt(); // nothing happens
    }

    @Test
    void onExitCannotBeUsedToPretendAnEnd() throws Exception {
        ChildProcess child = child().start(Processes::waitForEver);
        child.onExit().complete(null);
        child.onExit().cancel(true);
        assertTrue(child.isAlive());
        child.kill();
        assertEquals(9, child.onExit().get().signal().orElseThrow());
    }

    @Test
    void activeChildrenAreThoseThatLive() throws Exception {
        ChildProcess child = child().start(Processes::waitForEver);
        assertTrue(ChildProcess.activeChildren().stream().anyMatch(c -> c.pid() == child.pid()));
        child.terminate();
        assertTrue(ChildProcess.activeChildren().stream().noneMatch(c -> c.pid() == child.pid()));
    }

    @Test
    void aChildKnowsItselfAndItsParent() throws Exception {
        assertEquals("main", ChildProcess.current().name());
        assertTrue(ChildProcess.parent().isEmpty());
        ChildProcess child = child().daemon(true).start(() -> {
            System.out.println("current " + ChildProcess.current());
            System.out.println("parent " + ChildProcess.parent().orElseThrow().pid() + " "
                    + ChildProcess.parent().orElseThrow().isAlive());
        });
        child.join();
        assertEquals(
                "CurrentProcess[name=worker, pid=" + child.pid() + ", isChild=true, isDaemon=true]",
                lines.await("current"));
        assertEquals(ProcessHandle.current().pid() + " true", lines.await("parent"));
    }

    @Test
    void takesSettingsOfAllKinds(@TempDir Path directory) throws Exception {
        ChildProcess child = child().heap("48m")
                .gc("SerialGC")
                .jvmArgs("-Xss600k")
                .systemProperty("my.key", "my value")
                .environment("MY_VARIABLE", "there")
                .withoutEnvironment("PATH")
                .directory(directory)
                .start(() -> {
                    System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20));
                    System.out.println("property " + System.getProperty("my.key"));
                    System.out.println("env " + System.getenv("MY_VARIABLE") + " " + System.getenv("PATH"));
                    System.out.println("dir " + Path.of("").toAbsolutePath());
                });
        child.join();
        assertTrue(Math.abs(Integer.parseInt(lines.await("heap")) - 48) <= 2, () -> "" + lines.all());
        assertEquals("my value", lines.await("property"));
        assertEquals("there null", lines.await("env"));
        assertEquals(directory.toRealPath().toString(), lines.await("dir"));
        List<String> command = child.commandLine();
        assertTrue(command.containsAll(List.of("-Xmx48m", "-XX:+UseSerialGC", "-Xss600k", "-Dmuster.child=worker")));
    }

    @Test
    void systemInIsAnEmptyStreamOfItsOwn() throws Exception {
        ChildProcess child = child().start(() -> {
            System.out.println("read " + System.in.read());
            System.in.close();
            new java.io.FileInputStream(java.io.FileDescriptor.in).close();
            // A program that inherits our stdin must not be able to read the lifeline.
            Process cat = new ProcessBuilder("cat")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            System.out.println("cat " + new String(cat.getInputStream().readAllBytes()).length());
            System.out.println("still " + ChildProcess.parent().orElseThrow().isAlive());
            Processes.waitForEver();
        });
        assertEquals("-1", lines.await("read"));
        assertEquals("0", lines.await("cat"));
        assertEquals("true", lines.await("still"));
        assertTrue(child.isAlive());
        child.interrupt();
        child.kill();
        child.join();
    }

    @Test
    void targetAndArgumentsAreNotRetained() throws Exception {
        Captured captured = new Captured();
        WeakReference<Captured> reference = new WeakReference<>(captured);
        ChildProcess child = startWith(captured);
        captured = null;
        eventually(
                () -> {
                    System.gc();
                    return reference.get() == null;
                },
                () -> "the captured object is still reachable");
        assertTrue(child.isAlive());
        child.kill();
        child.join();
    }

    private static final class Captured implements java.io.Serializable {
        private static final long serialVersionUID = 1L;

        void hold() {
            Processes.waitForEver();
        }
    }

    private ChildProcess startWith(Captured captured) {
        return child().start(captured::hold);
    }

    @Test
    void veryLongClassPathsAndArgumentsWork(@TempDir Path directory) throws Exception {
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        while (classPath.length() < 400_000) {
            classPath.append(':').append(directory.resolve("no-such-\"jar\" " + classPath.length() + ".jar"));
        }
        String megabyte = "x".repeat(1 << 20);
        ChildProcess child = child().classPath(
                        java.util.Arrays.stream(classPath.toString().split(":"))
                                .map(Path::of)
                                .toList())
                .systemProperty("odd", "a \"b\" \\ \t #c")
                .startMain(LongArguments.class, megabyte, "second");
        child.join();
        assertEquals((1 << 20) + " second a \"b\" \\ \t #c", lines.await("length"));
        assertTrue(child.commandLine().toString().length() > 400_000);
    }

    /** Its arguments are large. */
    public static final class LongArguments {
        /** Prints how large. */
        public static void main(String[] args) {
            System.out.println("length " + args[0].length() + " " + args[1] + " " + System.getProperty("odd"));
        }
    }

    @Test
    void childrenOfferThemselvesToTheKernelFirst() throws Exception {
        int own = Integer.parseInt(
                Files.readString(Path.of("/proc/self/oom_score_adj")).trim());
        ChildProcess child = child().start(() -> System.out.println(
                "score " + Files.readString(Path.of("/proc/self/oom_score_adj")).trim()));
        child.join();
        assertEquals(Math.min(1000, own + 200), Integer.parseInt(lines.await("score")));
    }

    @Test
    void ctrlCDoesNotTouchIt() throws Exception {
        ChildProcess child = child().start(() -> {
            System.out.println("runs 1");
            Processes.waitForEver();
        });
        lines.await("runs");
        Processes.signal(child.pid(), "INT");
        assertFalse(child.join(Duration.ofMillis(300)));
        child.terminate();
        assertEquals(15, child.exitStatus().orElseThrow().signal().orElseThrow());
    }

    @Test
    void aDaemonChildMayNotHaveChildren() throws Exception {
        ChildProcess child = child().daemon(true).start(() -> {
            try {
                ChildProcess.named("grandchild").start(() -> {});
            } catch (IllegalStateException e) {
                System.out.println("refused " + e.getMessage());
            }
        });
        child.join();
        assertEquals(
                "daemon child 'worker' may not have children: 'grandchild' was not started. A daemon ends with its"
                        + " parent at any moment, and its children would with it; start 'worker' without daemon(true),"
                        + " or use a pool, whose workers may have children",
                lines.await("refused"));
    }

    @Test
    void grandchildrenWork() throws Exception {
        ChildProcess child = child().start(() -> {
            ChildProcess grandchild = ChildProcess.named("grandchild")
                    .start(() -> System.out.println(
                            "grandparent " + ChildProcess.parent().orElseThrow().name()));
            grandchild.join();
            System.out.println("status " + grandchild.exitStatus().orElseThrow());
        });
        child.join();
        assertEquals("exit code 0", lines.await("status"));
        assertEquals("worker", lines.await("grandparent"));
    }

    @Test
    void aChildWaitsForItsNonDaemonThreads() throws Exception {
        ChildProcess child = child().start(() -> {
            Thread main = Thread.currentThread();
            new Thread(() -> {
                        eventually(() -> !main.isAlive(), () -> main);
                        System.out.println("thread done");
                    })
                    .start();
        });
        child.join();
        assertEquals("done", lines.await("thread"));
        assertTrue(child.exitStatus().orElseThrow().isSuccess());
    }

    @Test
    void refusesNonsense() {
        assertThrows(NullPointerException.class, () -> ChildProcess.named(null));
        assertThrows(NullPointerException.class, () -> child().start(null));
        assertThrows(IllegalArgumentException.class, () -> child().heap("12 parsecs"));
        assertThrows(IllegalArgumentException.class, () -> child().heap("1k"));
        assertThrows(IllegalArgumentException.class, () -> child().startDeadline(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> child().debugger(70_000, false));
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> child().daemon(true).survivesParent(true).start(() -> {}));
        assertTrue(e.getMessage().contains("daemon"), e::getMessage);
    }
}
