package io.muster.internal.launch;

import io.muster.ExitStatus;
import io.muster.child.StatusFile;

/**
 * Judges how a child ended from what is known about it: the exit value, the mark that the JVM left, what the parent sent,
 * and what the kernel counts. Pure but for the question about the kernel's count.
 *
 * @param exitValue as {@link Process#exitValue()} gives it: the code, or 128 and the signal's number
 * @param how the exit mark, see {@link StatusFile}
 * @param code what belongs to it
 * @param hooksRan whether shutdown hooks ran
 * @param killSent whether this parent sent SIGKILL
 * @param stderrTail the last lines of its stderr
 */
record Verdict(int exitValue, byte how, int code, boolean hooksRan, boolean killSent, String stderrTail) {
    private static final int SIGNAL_BASE = 128;
    private static final int MAX_SIGNAL = 64;
    private static final int SIGKILL = 9;
    private static final int OUT_OF_MEMORY_CODE = 3;
    private static final String BANNER = "Terminating due to java.lang.OutOfMemoryError";

    ExitStatus decide(KernelOom kernel) {
        int signal = exitValue - SIGNAL_BASE;
        boolean signalLike = signal > 0 && signal <= MAX_SIGNAL;
        if (hooksRan) {
            return inOrder(signal, signalLike);
        }
        if (exitValue == OUT_OF_MEMORY_CODE) {
            String banner = bannerLine();
            if (banner != null) {
                return ExitStatus.outOfHeap(exitValue, banner);
            }
        }
        if (!signalLike) {
            return ExitStatus.exited(exitValue, "the JVM was halted, no shutdown hook ran");
        }
        if (signal == SIGKILL && !killSent) {
            String evidence = kernel.claim();
            if (evidence != null) {
                return ExitStatus.killedForMemory(evidence);
            }
        }
        return ExitStatus.signaled(
                signal,
                signal == SIGKILL && killSent ? "sent by its parent" : "exit value " + exitValue + ", no hook ran");
    }

    /** The JVM began an orderly shutdown; it may have been killed in the middle of it. */
    private ExitStatus inOrder(int signal, boolean signalLike) {
        if (signalLike && signal == SIGKILL && killSent) {
            return ExitStatus.signaled(SIGKILL, "sent by its parent while its shutdown hooks ran");
        }
        if (how == StatusFile.SIGNAL_SEEN && signalLike && (signal == code || signal == SIGKILL)) {
            return ExitStatus.signaled(
                    signal, signal == code ? "the JVM saw it and ran its hooks" : "while its shutdown hooks ran");
        }
        if (how == StatusFile.THREW_OUT_OF_MEMORY && exitValue == code) {
            return ExitStatus.outOfHeap(exitValue, "the target threw an OutOfMemoryError");
        }
        return ExitStatus.exited(exitValue, "the JVM ran its shutdown hooks");
    }

    private String bannerLine() {
        int start = stderrTail.indexOf(BANNER);
        if (start < 0) {
            return null;
        }
        int end = stderrTail.indexOf('\n', start);
        return stderrTail.substring(start, end < 0 ? stderrTail.length() : end).strip();
    }
}
