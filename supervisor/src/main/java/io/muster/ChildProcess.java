package io.muster;

import io.muster.child.Control;
import io.muster.internal.launch.ActiveChildren;
import io.muster.internal.launch.ChildHandle;
import io.muster.remote.RemoteRunnable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child JVM that runs one lambda, method reference or main class.
 *
 * <pre>{@code
 * ChildProcess child = ChildProcess.named("counter").daemon(true).heap("64m").start(() -> count(words));
 * child.join(Duration.ofSeconds(5));
 * child.exitStatus();
 * }</pre>
 *
 * <p>What the lambda captures is copied. Statics, {@code synchronized} and object identity are per process.
 *
 * <p><b>Ends.</b> A child ends when its target has returned and its last non-daemon thread has ended. If its parent ends
 * first, by whatever cause, the child halts within a second, and so do its own children; unless it was started with
 * {@link ChildBuilder#survivesParent}. A parent whose {@code main} returns first waits for its non-daemon children, as a JVM
 * does for its non-daemon threads. {@code System.exit}, Ctrl-C and SIGTERM in the parent do not wait, as they do not for
 * threads: its children end with it; {@link #join} them before you call {@code System.exit} if they are to finish. Daemon
 * children are never waited for and may not have children of their own.
 *
 * <p><b>Memory.</b> Unless {@link ChildBuilder#heap} says otherwise, a child's maximum heap is its share of what is there: the
 * limit of the container or the machine, less this JVM's maximum heap, less an eighth for shared memory, divided by the
 * number of usable processors or of living children, whichever is more, times 0.7; no more than 0.7 of what the children
 * that live have left; at least 64 MB. A warning is logged when the sum of all heaps does not fit into the limit. Children offer themselves to the kernel before their parent when
 * memory runs out.
 *
 * <p>Safe for use by any thread.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    private final ChildHandle handle;

    private ChildProcess(ChildHandle handle) {
        this.handle = handle;
    }

    /** Starts {@code target} in a child with all defaults; see {@link ChildBuilder#start}. */
    public static ChildProcess start(RemoteRunnable target) {
        return builder().start(target);
    }

    /** A builder for a child that is named {@code child-} and a number. */
    public static ChildBuilder builder() {
        return new ChildBuilder(null);
    }

    /** A builder for a child of that name; names are for people and need not be unique. */
    public static ChildBuilder named(String name) {
        return new ChildBuilder(Objects.requireNonNull(name, "name"));
    }

    /** The children of this JVM that have not ended, the oldest first; also those that are not ready yet. */
    public static List<ChildProcess> activeChildren() {
        List<ChildProcess> children = new ArrayList<>();
        for (ChildHandle handle : ActiveChildren.list()) {
            children.add(new ChildProcess(handle));
        }
        return children;
    }

    static ChildProcess of(ChildHandle handle) {
        return new ChildProcess(handle);
    }

    /** This JVM itself: its name, and whether it is a child. */
    public static CurrentProcess current() {
        return CurrentProcess.get();
    }

    /** The process that started this JVM as a child; empty if this is the root. */
    public static Optional<ParentProcess> parent() {
        return ParentProcess.get();
    }

    /** The child's name. */
    public String name() {
        return handle.name();
    }

    /** The child's process id; that of this JVM where {@code muster.inline=true} runs children in it. */
    public long pid() {
        return handle.pid();
    }

    /** True if this child ends with its parent and is not waited for. */
    public boolean isDaemon() {
        return handle.isDaemon();
    }

    /** False as soon as the child's process has ended. */
    public boolean isAlive() {
        return handle.isAlive();
    }

    /**
     * Waits until the child has ended.
     *
     * @throws InterruptedException if the calling thread is interrupted; the child is not touched
     */
    public void join() throws InterruptedException {
        try {
            handle.onExit().get();
        } catch (ExecutionException e) {
            throw new AssertionError(e); // never completed that way
        }
    }

    /**
     * Waits until the child has ended, at most for {@code timeout}; zero and less only look.
     *
     * @return true if the child has ended
     * @throws InterruptedException if the calling thread is interrupted; the child is not touched
     */
    public boolean join(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            return !isAlive();
        }
        try {
            handle.onExit().get(nanosOf(timeout), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return !isAlive();
        } catch (ExecutionException e) {
            throw new AssertionError(e); // never completed that way
        }
    }

    private static long nanosOf(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE; // 292 years
        }
    }

    /** How the child ended; empty while it lives. */
    public Optional<ExitStatus> exitStatus() {
        return Optional.ofNullable(handle.onExit().getNow(null));
    }

    /** Completed with the exit status when the child has ended; what the caller does to it has no effect on the child. */
    public CompletableFuture<ExitStatus> onExit() {
        return handle.onExit();
    }

    /** Interrupts the thread of the child that runs the target; does nothing once the child has ended. */
    public void interrupt() {
        handle.sendControl(Control.INTERRUPT);
    }

    /**
     * Ends the child: {@link #terminate(Duration)} with a grace of five seconds.
     */
    public void terminate() {
        terminate(DEFAULT_GRACE);
    }

    /**
     * Ends the child: SIGTERM, which runs its shutdown hooks, and SIGKILL if it still lives after {@code grace}. Processes
     * that the child started and left behind are killed with it. Waits for the end; does nothing if the child has ended.
     *
     * <p>If the calling thread is or gets interrupted, the grace ends at once; the flag stays set.
     *
     * @throws MusterException if even SIGKILL did not end it within ten seconds, as when it hangs inside the kernel
     */
    public void terminate(Duration grace) {
        Objects.requireNonNull(grace, "grace");
        CompletableFuture<ExitStatus> ended = handle.terminate(grace);
        boolean interrupted = false;
        long deadline = System.nanoTime() + LAST_WAIT.plus(grace).toNanos();
        while (!ended.isDone()) {
            try {
                ended.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
                handle.kill();
                deadline = System.nanoTime() + LAST_WAIT.toNanos();
            } catch (TimeoutException e) {
                throw new MusterException("child '" + name() + "' (pid " + pid() + ") did not end within " + LAST_WAIT
                        + " of SIGKILL: it hangs inside the kernel, look at /proc/" + pid() + "/stack");
            } catch (ExecutionException e) {
                throw new AssertionError(e); // never completed that way
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Kills the child at once, by SIGKILL: no shutdown hook runs, also a stopped child ends. Processes that it started and
     * left behind are killed with it. Does not wait for the end.
     */
    public void kill() {
        handle.kill();
    }

    /**
     * Says that the caller is done with a child that has ended.
     *
     * @throws IllegalStateException if it still lives: join or terminate it first
     */
    @Override
    public void close() {
        if (isAlive()) {
            throw new IllegalStateException("child '" + name() + "' (pid " + pid()
                    + ") still runs; call join(), terminate() or kill() before close()");
        }
    }

    /** The command line of the child's JVM. What the target gets does not stand there, nor does any secret. */
    public List<String> commandLine() {
        return handle.commandLine();
    }

    /** The last lines that the child wrote to stderr, up to 16 KiB. */
    public String stderrTail() {
        return handle.stderrTail();
    }

    @Override
    public String toString() {
        Optional<ExitStatus> status = exitStatus();
        return "child '" + name() + "' (pid " + pid() + ", "
                + (status.isPresent() ? status.get().toString() : "alive") + ")";
    }
}
