package io.muster;

import java.time.Duration;

/**
 * The worker that ran a task ended before the task did. Only that task failed; the worker was replaced.
 *
 * <p>The message says all that is known: how the process ended, what the task was and how long it had run, and the last
 * lines that the worker wrote to its standard error.
 */
public class WorkerDiedException extends MusterException {
    private static final long serialVersionUID = 1;

    private final String workerName;
    private final long pid;
    private final int epoch;
    private final ExitStatus exitStatus;
    private final String task;
    private final Duration ran;
    private final String stderrTail;

    /**
     * For the pools.
     *
     * @param task what it was, as far as can be told without showing values
     * @param ran since the task had been submitted
     */
    public WorkerDiedException(
            String workerName,
            long pid,
            int epoch,
            ExitStatus exitStatus,
            String task,
            Duration ran,
            String stderrTail) {
        super(message(workerName, pid, exitStatus, task, ran, stderrTail));
        this.workerName = workerName;
        this.pid = pid;
        this.epoch = epoch;
        this.exitStatus = exitStatus;
        this.task = task;
        this.ran = ran;
        this.stderrTail = stderrTail;
    }

    private static String message(
            String workerName, long pid, ExitStatus exitStatus, String task, Duration ran, String stderrTail) {
        String message = "worker '" + workerName + "' (pid " + pid + ") ended while it ran " + task + ": "
                + (exitStatus == null ? "nobody can tell how" : exitStatus)
                + ", " + ran.toMillis() + " ms after the task was submitted; the worker is being replaced"
                + (exitStatus == null ? "" : advice(exitStatus));
        return stderrTail.isBlank()
                ? message
                : message + "\n  its last lines: "
                        + stderrTail.strip().indent(4).strip();
    }

    private static String advice(ExitStatus exitStatus) {
        return switch (exitStatus.kind()) {
            case OUT_OF_HEAP -> ". Try a larger heap(...), or tasks that need less";
            case KILLED_FOR_MEMORY -> ". Try fewer workers or smaller heaps, or a higher limit of the container";
            case EXITED -> ". The task, or what it calls, ended its JVM: look for System.exit and Runtime.halt";
            case SIGNALED ->
                isCrash(exitStatus.signal().orElse(0)) ? ". Native code crashed: see its hs_err_pid file" : "";
        };
    }

    /** SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV: nobody sends these, except a process to itself. */
    private static boolean isCrash(int signal) {
        return signal == 4 || signal == 6 || signal == 7 || signal == 8 || signal == 11;
    }

    public String workerName() {
        return workerName;
    }

    public long pid() {
        return pid;
    }

    /** Which life of the worker it was, from 1. */
    public int epoch() {
        return epoch;
    }

    /** How the process ended. */
    public ExitStatus exitStatus() {
        return exitStatus;
    }

    /** The task, by its function and the size of its arguments; never their values. */
    public String task() {
        return task;
    }

    /** How long after its submission the task was lost. */
    public Duration ran() {
        return ran;
    }

    /** The last lines that the worker wrote to its standard error, or an empty string. */
    public String stderrTail() {
        return stderrTail;
    }
}
