package io.muster;

import java.io.Serializable;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * How a process ended, by evidence: an exit code, a signal, or memory.
 *
 * <p>{@code exit(137)} and SIGKILL are told apart, as a JVM that exits leaves a mark and one that is killed cannot. A JVM
 * that is halted ({@code Runtime.halt}) leaves none either, so {@code halt(137)} counts as SIGKILL.
 */
public final class ExitStatus implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What ended the process. */
    public enum Kind {
        /** It exited by itself, with a code. */
        EXITED,
        /** A signal ended it. */
        SIGNALED,
        /** Its heap, or another memory area that the JVM limits, was full. */
        OUT_OF_HEAP,
        /** The kernel killed it because the machine or the container was out of memory. */
        KILLED_FOR_MEMORY
    }

    private static final int SIGNAL_BASE = 128;
    private static final int SIGKILL = 9;

    private final Kind kind;
    private final int number;
    private final String evidence;

    private ExitStatus(Kind kind, int number, String evidence) {
        this.kind = kind;
        this.number = number;
        this.evidence = Objects.requireNonNull(evidence, "evidence");
    }

    /** It exited with {@code code}. */
    public static ExitStatus exited(int code, String evidence) {
        return new ExitStatus(Kind.EXITED, code, evidence);
    }

    /** Signal number {@code signal} ended it. */
    public static ExitStatus signaled(int signal, String evidence) {
        return new ExitStatus(Kind.SIGNALED, signal, evidence);
    }

    /** It was out of heap and exited with {@code code}. */
    public static ExitStatus outOfHeap(int code, String evidence) {
        return new ExitStatus(Kind.OUT_OF_HEAP, code, evidence);
    }

    /** The kernel killed it to free memory. */
    public static ExitStatus killedForMemory(String evidence) {
        return new ExitStatus(Kind.KILLED_FOR_MEMORY, SIGKILL, evidence);
    }

    /** What ended it. */
    public Kind kind() {
        return kind;
    }

    /** True if it exited with code 0. */
    public boolean isSuccess() {
        return kind == Kind.EXITED && number == 0;
    }

    /** The exit code; empty if a signal ended it. */
    public OptionalInt code() {
        return bySignal() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** The signal's number; empty if it exited by itself. */
    public OptionalInt signal() {
        return bySignal() ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** One number as a shell shows it: the code, or 128 + the signal's number. */
    public int shellCode() {
        return bySignal() ? SIGNAL_BASE + number : number;
    }

    /** What the judgement rests on, for people. */
    public String evidence() {
        return evidence;
    }

    private boolean bySignal() {
        return kind == Kind.SIGNALED || kind == Kind.KILLED_FOR_MEMORY;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExitStatus
                && ((ExitStatus) other).kind == kind
                && ((ExitStatus) other).number == number;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, number);
    }

    /** For example {@code exit code 3} or {@code killed by signal 9 (SIGKILL)}. */
    @Override
    public String toString() {
        switch (kind) {
            case EXITED:
                return "exit code " + number;
            case SIGNALED:
                return "killed by signal " + number + signalName(number);
            case OUT_OF_HEAP:
                return "out of heap (exit code " + number + ": " + evidence + ")";
            default:
                return "killed by the kernel to free memory (" + evidence + ")";
        }
    }

    private static String signalName(int signal) {
        switch (signal) {
            case 1:
                return " (SIGHUP)";
            case 2:
                return " (SIGINT)";
            case 3:
                return " (SIGQUIT)";
            case 4:
                return " (SIGILL)";
            case 6:
                return " (SIGABRT)";
            case 7:
                return " (SIGBUS)";
            case 8:
                return " (SIGFPE)";
            case SIGKILL:
                return " (SIGKILL)";
            case 11:
                return " (SIGSEGV)";
            case 15:
                return " (SIGTERM)";
            default:
                return "";
        }
    }
}
