package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NativeProcessTest {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private static Process shell(String script) throws Exception {
        return new ProcessBuilder("/bin/sh", "-c", script).start();
    }

    private static Optional<PidHandle.Ending> endingOf(Process child, PidHandle handle) throws Exception {
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        return handle.ending();
    }

    private static PidHandle open(Process child) {
        assumeTrue(NativeProcess.isAvailable(), "no native calls here");
        Optional<PidHandle> handle = NativeProcess.open(child.pid());
        assumeTrue(handle.isPresent(), "no pidfd here");
        return handle.get();
    }

    @Test
    void exit137AndSigkillAreToldApart() throws Exception {
        Process exits = shell("read line; exit 137");
        Process killed = shell("read line");
        try (PidHandle first = open(exits);
                PidHandle second = open(killed)) {
            assertTrue(first.ending().isEmpty(), "still alive");
            exits.getOutputStream().close();
            assertEquals(NativeProcess.Sent.SENT, NativeProcess.kill(killed.pid(), SIGKILL));
            Optional<PidHandle.Ending> code = endingOf(exits, first);
            Optional<PidHandle.Ending> signal = endingOf(killed, second);
            assumeTrue(code.isPresent(), "kernel before 6.15");
            assertEquals(new PidHandle.Ending(137, 0, false), code.get());
            assertFalse(code.get().signalled());
            assertEquals(SIGKILL, signal.get().signal());
            assertTrue(signal.get().signalled());
            assertEquals(exits.exitValue(), killed.exitValue(), "what the JDK says is the same for both");
        }
    }

    @Test
    void signalsAreSentOrItIsSaidWhyNot() throws Exception {
        assumeTrue(NativeProcess.isAvailable(), "no native calls here");
        Process child = shell("read line");
        assertEquals(NativeProcess.Sent.SENT, NativeProcess.kill(child.pid(), 0));
        assertEquals(NativeProcess.Sent.SENT, NativeProcess.kill(child.pid(), SIGTERM));
        assertTrue(child.waitFor(30, TimeUnit.SECONDS));
        assertEquals(NativeProcess.Sent.NO_SUCH_PROCESS, NativeProcess.kill(child.pid(), 0));
        assertTrue(NativeProcess.open(child.pid()).isEmpty());
        assertEquals(
                NativeProcess.Sent.UNAVAILABLE,
                NativeProcess.kill(ProcessHandle.current().pid(), 9999));
        assertThrows(IllegalArgumentException.class, () -> NativeProcess.kill(0, 0));
        assertThrows(IllegalArgumentException.class, () -> NativeProcess.kill(-1, SIGKILL));
    }

    @Test
    void theParentIsTheOneThatTheJdkKnows() {
        assumeTrue(NativeProcess.isAvailable(), "no native calls here");
        assertEquals(
                ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L),
                NativeProcess.parentPid().getAsLong());
    }
}
