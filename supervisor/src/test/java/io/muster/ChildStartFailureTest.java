package io.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A start that fails is an exception from {@code start}, in time and with what the child said. */
@ExtendWith(HangDump.class)
class ChildStartFailureTest {
    @AfterEach
    void nothingIsLeftRunning() {
        assertEquals(List.of(), ChildProcess.activeChildren());
    }

    private static ChildBuilder child() {
        return ChildProcess.named("worker").output(ChildOutput.discard());
    }

    private static ChildStartException failure(ChildBuilder builder) {
        ChildStartException e = assertThrows(ChildStartException.class, () -> builder.start(() -> {}));
        assertEquals("worker", e.childName());
        return e;
    }

    @Test
    void noSuchJdk() {
        ChildStartException e = failure(child().javaHome(Path.of("/no/such/jdk")));
        assertEquals(
                "child 'worker' could not be started: there is no JDK: /no/such/jdk/bin/java is not an executable file;"
                        + " check javaHome(...)",
                e.getMessage());
    }

    @Test
    void noSuchDirectory() {
        ChildStartException e = failure(child().directory(Path.of("/no/such/directory")));
        assertTrue(e.getMessage().contains("working directory /no/such/directory does not exist"), e::getMessage);
    }

    @Test
    void aFlagThatTheJvmDoesNotKnow() {
        ChildStartException e = failure(child().jvmArgs("-XX:+NoSuchFlagAtAll"));
        assertTrue(e.getMessage().contains("ended before it was ready: exit code 1"), e::getMessage);
        assertTrue(e.stderr().contains("NoSuchFlagAtAll"), e::getMessage);
        assertTrue(e.getMessage().contains("NoSuchFlagAtAll"), e::getMessage);
    }

    @Test
    void aMainClassThatTheChildCannotSee() {
        ChildStartException e = assertThrows(ChildStartException.class, () -> child().startMain("no.such.Main"));
        assertTrue(e.getMessage().contains("no.such.Main"), e::getMessage);
    }

    /** No main method. */
    public static final class Mainless {}

    @Test
    void aMainClassWithoutMain() {
        ChildStartException e = assertThrows(ChildStartException.class, () -> child().startMain(Mainless.class));
        assertTrue(e.getMessage().contains("could not start its target"), e::getMessage);
        assertTrue(e.getMessage().contains("Mainless"), e::getMessage);
    }

    @Test
    void aClassPathWithoutTheLambdasClass() {
        String library = Path.of(io.muster.child.ChildMain.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        String ipc = io.muster.ipc.memory.Memory.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        ChildStartException e = failure(child().classPath(List.of(Path.of(library), Path.of(ipc))));
        assertTrue(e.getMessage().contains("could not start its target"), e::getMessage);
        assertTrue(e.getMessage().contains("ChildStartFailureTest"), e::getMessage);
    }

    @Test
    void aTargetThatCannotTravel() {
        Object captured = new Object();
        ChildStartException e = assertThrows(ChildStartException.class, () -> child().start(captured::hashCode));
        assertTrue(e.getMessage().startsWith("the target of child 'worker' cannot travel"), e::getMessage);
    }

    @Test
    void aJvmThatDiesBeforeItIsReady(@TempDir Path home) throws Exception {
        Path java = script(home, "echo I will not >&2; kill -9 $$");
        ChildStartException e = failure(child().javaHome(home));
        assertTrue(e.getMessage().contains("ended before it was ready: killed by signal 9"), e::getMessage);
        assertEquals("I will not", e.stderr());
        assertTrue(Files.exists(java));
    }

    @Test
    void aJvmThatIsNotReadyInTime(@TempDir Path home) throws Exception {
        script(home, "echo waiting >&2; exec sleep 1000");
        long start = System.nanoTime();
        ChildStartException e = failure(child().javaHome(home).startDeadline(Duration.ofMillis(500)));
        assertTrue(System.nanoTime() - start < 10_000_000_000L);
        assertTrue(e.getMessage().contains("was not ready within startDeadline=PT0.5S; killed it"), e::getMessage);
        assertEquals("waiting", e.stderr());
    }

    @Test
    void aLargeTargetForAJvmThatNeverReadsItDoesNotHang(@TempDir Path home) throws Exception {
        script(home, "exec sleep 1000");
        byte[] large = new byte[4 << 20];
        ChildStartException e = assertThrows(
                ChildStartException.class,
                () -> child().javaHome(home)
                        .startDeadline(Duration.ofMillis(500))
                        .start(() -> System.out.println(large.length)));
        assertTrue(e.getMessage().contains("was not ready within"), e::getMessage);
    }

    @Test
    void anInterruptEndsTheStart(@TempDir Path home) throws Exception {
        script(home, "exec sleep 1000");
        Thread.currentThread().interrupt();
        ChildStartException e = failure(child().javaHome(home));
        assertTrue(Thread.interrupted());
        assertTrue(e.getMessage().contains("interrupted"), e::getMessage);
    }

    @Test
    void aLargeTargetTravels() throws Exception {
        byte[] large = new byte[4 << 20];
        ChildProcess child = child().start(() -> System.exit(large.length >> 20));
        child.join();
        assertEquals(4, child.exitStatus().orElseThrow().code().orElseThrow());
    }

    @Test
    void daemonChildrenEndWithTheirParentAndNothingElse() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> child().daemon(true).survivesParent(true).start(Processes::waitForEver));
        assertEquals(
                "child 'worker': daemon(true) says that it ends with its parent, survivesParent(true) that it does not",
                e.getMessage());
    }

    private static Path script(Path home, String body) throws Exception {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }
}
