package io.muster.internal.launch;

import io.muster.ChildStartException;
import io.muster.ExitStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A started child, seen from its parent. Safe for use by any thread; nothing here waits unless it says so. */
public interface ChildHandle {
    /** The child's name. */
    String name();

    /** Its process id. */
    long pid();

    /** Its id in the session's party table. */
    long partyId();

    /** True if the child ends with its parent and is not waited for. */
    boolean isDaemon();

    /** False once the process has ended, which {@link #onExit()} then says as well. */
    boolean isAlive();

    /** True once the child has said "ready": its target was decoded and runs. */
    boolean isReady();

    /**
     * Waits until the child is ready.
     *
     * @throws ChildStartException if it ended, refused its target, or was not ready in time; it is dead then
     */
    void awaitReady();

    /** How the child ended, as soon as it has; completing it has no effect on the child. */
    CompletableFuture<ExitStatus> onExit();

    /**
     * Sends one control frame, see {@code io.muster.child.Control}.
     *
     * @return false if the child has ended, or something else is being sent to it just now
     */
    boolean sendControl(byte kind);

    /** Kills the child at once, also a stopped one. */
    void kill();

    /**
     * SIGTERM, then SIGKILL after {@code grace}.
     *
     * @return completed when the child and the processes it left behind have ended
     */
    CompletableFuture<ExitStatus> terminate(Duration grace);

    /** The last lines of the child's stderr so far. */
    String stderrTail();

    /** The command line it was started with. */
    List<String> commandLine();
}
