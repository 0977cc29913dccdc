package io.muster.internal.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.ExitStatus;
import io.muster.child.StatusFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judgement for each combination of evidence that means something. */
class VerdictTest {
    @TempDir
    Path root;

    private KernelOom kernel;

    @BeforeEach
    void quietKernel() throws IOException {
        kernelKilled(3);
        kernel = new KernelOom(root);
    }

    private void kernelKilled(int count) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/vmstat"), "nr_free_pages 1\noom_kill " + count + "\n");
    }

    private ExitStatus judge(int exitValue, byte how, int code, boolean hooks, boolean killSent, String stderr) {
        return new Verdict(exitValue, how, code, hooks, killSent, stderr).decide(kernel);
    }

    @Test
    void withHooksAnExitValueIsACode() {
        assertEquals(ExitStatus.exited(137, ""), judge(137, StatusFile.NONE, 0, true, false, ""));
        assertEquals(ExitStatus.exited(143, ""), judge(143, StatusFile.RETURNED, 0, true, false, ""));
        assertEquals(ExitStatus.exited(3, ""), judge(3, StatusFile.NONE, 0, true, false, banner()));
    }

    @Test
    void withoutHooksItIsASignalOrAHalt() {
        assertEquals(ExitStatus.signaled(9, ""), judge(137, StatusFile.NONE, 0, false, false, ""));
        assertEquals(ExitStatus.signaled(9, ""), judge(137, StatusFile.RETURNED, 0, false, true, ""));
        assertEquals(ExitStatus.exited(3, ""), judge(3, StatusFile.NONE, 0, false, false, ""));
        assertEquals(ExitStatus.exited(255, ""), judge(255, StatusFile.NONE, 0, false, false, ""));
        assertEquals(ExitStatus.outOfHeap(3, ""), judge(3, StatusFile.NONE, 0, false, false, banner()));
    }

    @Test
    void aSignalThatTheJvmSawIsThatSignal() {
        assertEquals(ExitStatus.signaled(15, ""), judge(143, StatusFile.SIGNAL_SEEN, 15, true, false, ""));
        assertEquals(ExitStatus.signaled(9, ""), judge(137, StatusFile.SIGNAL_SEEN, 15, true, false, ""));
        assertEquals(ExitStatus.exited(4, ""), judge(4, StatusFile.SIGNAL_SEEN, 15, true, false, ""));
        assertEquals(ExitStatus.signaled(9, ""), judge(137, StatusFile.NONE, 0, true, true, ""));
    }

    @Test
    void theKernelIsBlamedOncePerKilling() throws IOException {
        kernelKilled(4);
        assertEquals(
                ExitStatus.Kind.KILLED_FOR_MEMORY,
                judge(137, StatusFile.NONE, 0, false, false, "").kind());
        assertEquals(
                ExitStatus.Kind.SIGNALED,
                judge(137, StatusFile.NONE, 0, false, false, "").kind());
    }

    @Test
    void theKernelIsNotBlamedForWhatWeSent() throws IOException {
        kernelKilled(4);
        assertEquals(
                ExitStatus.Kind.SIGNALED,
                judge(137, StatusFile.NONE, 0, false, true, "").kind());
    }

    private static String banner() {
        return "some line\nTerminating due to java.lang.OutOfMemoryError: Java heap space\n";
    }
}
