package io.muster;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.ExitStatus.Kind;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.DriverJvm;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Why did it end? By evidence, in real JVMs. */
@ExtendWith(HangDump.class)
class ExitStatusTest {
    private final Lines lines = new Lines();

    private ExitStatus statusOf(RemoteRunnable target) throws InterruptedException {
        ChildProcess child =
                ChildProcess.named("worker").heap("32m").onLine(lines).start(target);
        child.join();
        return child.exitStatus().orElseThrow();
    }

    @Test
    void exitCodesAreCodes() throws Exception {
        assertEquals(ExitStatus.exited(0, ""), statusOf(() -> {}));
        assertEquals(ExitStatus.exited(7, ""), statusOf(() -> System.exit(7)));
        assertEquals(ExitStatus.exited(3, ""), statusOf(() -> System.exit(3)));
        assertEquals(
                ExitStatus.exited(3, ""), statusOf(() -> Runtime.getRuntime().halt(3)));
    }

    @Test
    void exitOf137IsNotSigkill() throws Exception {
        assertEquals(ExitStatus.exited(137, ""), statusOf(() -> System.exit(137)));
        assertEquals(ExitStatus.exited(143, ""), statusOf(() -> System.exit(143)));
        ExitStatus killed =
                statusOf(() -> Processes.signal(ProcessHandle.current().pid(), "KILL"));
        assertEquals(ExitStatus.signaled(9, ""), killed);
        assertEquals("killed by signal 9 (SIGKILL)", killed.toString());
        assertEquals(137, killed.shellCode());
        assertTrue(killed.code().isEmpty());
    }

    @Test
    void sigtermThatRanTheHooksIsASignal() throws Exception {
        ExitStatus status = statusOf(() -> {
            Processes.signal(ProcessHandle.current().pid(), "TERM");
            Processes.waitForEver();
        });
        assertEquals(ExitStatus.signaled(15, ""), status);
    }

    @Test
    void aKillDuringShutdownHooksIsASignal() throws Exception {
        ExitStatus status = statusOf(() -> {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                Processes.signal(ProcessHandle.current().pid(), "KILL");
                Processes.waitForEver();
            }));
            Processes.signal(ProcessHandle.current().pid(), "TERM");
            Processes.waitForEver();
        });
        assertEquals(ExitStatus.signaled(9, ""), status);
    }

    @Test
    void aCrashIsASignal() throws Exception {
        ExitStatus status = statusOf(() -> {
            Processes.signal(ProcessHandle.current().pid(), "ABRT");
            Processes.waitForEver();
        });
        assertEquals(Kind.SIGNALED, status.kind());
        assertEquals(6, status.signal().orElseThrow());
    }

    static void fillTheHeap() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    @Test
    void aFullHeapIsToldApart() throws Exception {
        ExitStatus status = statusOf(ExitStatusTest::fillTheHeap);
        assertEquals(Kind.OUT_OF_HEAP, status.kind());
        assertTrue(status.evidence().contains("Java heap space"), status::evidence);
    }

    @Test
    void aFullHeapIsToldApartAlsoWhereTheJvmGoesOn() throws Exception {
        ChildProcess child = ChildProcess.named("worker")
                .heap("32m")
                .onLine(lines)
                .exitOnOutOfMemory(false)
                .start(ExitStatusTest::fillTheHeap);
        child.join();
        assertEquals(Kind.OUT_OF_HEAP, child.exitStatus().orElseThrow().kind());
    }

    /** A parent that is in a small memory group with its children. */
    public static final class Small {
        /** Has a child take more than there is, then one that is killed otherwise. */
        public static void main(String[] args) throws Exception {
            Files.writeString(
                    Path.of(args[0], "cgroup.procs"),
                    Long.toString(ProcessHandle.current().pid()));
            System.out.println("first " + statusOf(Small::outgrow));
            System.out.println("second "
                    + statusOf(() -> Processes.signal(ProcessHandle.current().pid(), "KILL")));
        }

        private static ExitStatus statusOf(RemoteRunnable target) throws InterruptedException {
            ChildProcess child = ChildProcess.named("big")
                    .heap("32m")
                    .jvmArgs("-XX:MaxDirectMemorySize=1g")
                    .start(target);
            child.join();
            return child.exitStatus().orElseThrow();
        }

        private static void outgrow() {
            List<ByteBuffer> all = new ArrayList<>();
            while (true) {
                ByteBuffer more = ByteBuffer.allocateDirect(8 << 20);
                for (int i = 0; i < more.capacity(); i += 4096) {
                    more.put(i, (byte) 1);
                }
                all.add(more);
            }
        }
    }

    @Test
    void theKernelsKillForMemoryIsToldApart(@TempDir Path sessions) throws Exception {
        Path group = Path.of(
                "/sys/fs/cgroup/memory/muster-test-" + ProcessHandle.current().pid());
        assumeTrue(Files.isDirectory(group.getParent()) && Files.isWritable(group.getParent()), "cgroup v1 and root");
        try {
            Files.createDirectory(group);
            Files.writeString(group.resolve("memory.limit_in_bytes"), "250m");
        } catch (IOException e) {
            assumeTrue(false, "no memory group can be made: " + e);
        }
        try (DriverJvm parent = new DriverJvm(sessions, Small.class, Map.of(), List.of("-Xmx32m"), group.toString())) {
            String first = parent.lines().await("first");
            assertTrue(first.startsWith("killed by the kernel to free memory"), first);
            String second = parent.lines().await("second");
            assertEquals("killed by signal 9 (SIGKILL)", second, "one killing by the kernel counts once");
            assertEquals(0, parent.process().waitFor());
        } finally {
            eventually(() -> Files.readString(group.resolve("cgroup.procs")).isEmpty(), () -> "processes in " + group);
            Files.deleteIfExists(group);
        }
    }
}
