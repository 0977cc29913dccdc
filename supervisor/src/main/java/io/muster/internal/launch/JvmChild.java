package io.muster.internal.launch;

import io.muster.ChildOutput;
import io.muster.ChildStartException;
import io.muster.ExitStatus;
import io.muster.child.Bootstrap;
import io.muster.child.CookieSweep;
import io.muster.child.StatusFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A child JVM. One thread waits for its end and does all that has to be done then, in this order: publish its death, judge
 * how it ended, tell those who wait, sweep what it left behind, remove its files.
 */
final class JvmChild implements ChildHandle {
    private static final long DRAIN_MILLIS = 100;
    private static final long WRITE_WAIT_MILLIS = 200;
    private static final long KILL_WAIT_SECONDS = 10;
    /** The exit value of a process that SIGKILL ended. */
    private static final int KILLED = 128 + 9;
    /** What a pipe takes without a reader; longer records are written by a thread that may wait. */
    private static final int PIPE_BYTES = 60 * 1024;

    /** The start deadline of a child that somebody may halt at a breakpoint. */
    private static final Duration WITH_DEBUGGER = Duration.ofDays(1);

    private static final KernelOom KERNEL = new KernelOom();

    private final String name;
    private final boolean daemon;
    private final boolean hidden;
    private final Duration startDeadline;
    private final ChildCommand command;
    private final Session session;
    private final long partyId;
    private final Path statusPath;
    private final String cookie;
    private final StatusFile status;
    private final Process process;
    private OutputPumps pumps;
    private final OutputStream lifeline;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private final CompletableFuture<ExitStatus> swept = new CompletableFuture<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean ready;
    private volatile boolean killSent;
    private volatile boolean endWanted;

    JvmChild(
            LaunchSpec spec,
            ChildCommand command,
            Session session,
            Bootstrap bootstrap,
            StatusFile status,
            Process process) {
        this.name = spec.name();
        this.daemon = spec.isDaemon();
        this.hidden = spec.isHidden();
        this.startDeadline = command.debugs() ? WITH_DEBUGGER : spec.startDeadline();
        this.command = command;
        this.session = session;
        this.partyId = bootstrap.partyId();
        this.statusPath = Path.of(bootstrap.statusFile());
        this.cookie = bootstrap.cookie();
        this.status = status;
        this.process = process;
        this.lifeline = process.getOutputStream();
    }

    /** Sends the record, before anything else as the child may wait for it, then takes its output and awaits its end. */
    void begin(Bootstrap bootstrap, ChildOutput output, StdoutRoute stdout) {
        boolean fitsPipe =
                bootstrap.target().payload().length + bootstrap.target().argumentBytes() < PIPE_BYTES;
        if (fitsPipe) {
            send(bootstrap);
        }
        pumps = new OutputPumps(name, process, output, stdout);
        ActiveChildren.add(this);
        Threads.daemon("muster-exit-" + name, this::waitForEnd);
        if (!fitsPipe) {
            Threads.daemon("muster-boot-" + name, () -> send(bootstrap));
        }
    }

    private void send(Bootstrap bootstrap) {
        writing.lock();
        try {
            bootstrap.writeTo(lifeline);
            lifeline.flush();
        } catch (IOException e) {
            // It has ended already; whoever waits for "ready" learns that.
        } finally {
            writing.unlock();
        }
    }

    private void waitForEnd() {
        int exitValue = waitForProcess();
        session.reaped(partyId, process.pid());
        pumps.drain(DRAIN_MILLIS);
        ExitStatus how = judge(exitValue, killSent);
        command.leaveHeap(); // before others learn of it and start the next
        exit.complete(how);
        if (endWanted || how.signal().isPresent() || how.kind() == ExitStatus.Kind.OUT_OF_HEAP) {
            CookieSweep.sweep(cookie, ProcessHandle.current().pid());
        }
        pumps.close();
        removeFiles();
        command.close();
        ActiveChildren.remove(this);
        swept.complete(how);
    }

    private int waitForProcess() {
        while (true) {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                // Only the end counts.
            }
        }
    }

    private ExitStatus judge(int exitValue, boolean killedByUs) {
        StatusFile.Mark mark;
        try {
            mark = status.mark();
        } catch (IOException e) {
            mark = StatusFile.Mark.NONE;
        }
        return new Verdict(exitValue, mark.how(), mark.code(), mark.hooksRan(), killedByUs, pumps.stderrTail())
                .decide(KERNEL);
    }

    @Override
    public void rehearseEnd() {
        KERNEL.rehearse();
        judge(KILLED, true); // of a killing of our own the kernel is not asked, whose count a question would change
    }

    private void removeFiles() {
        command.clean();
        try {
            Files.deleteIfExists(statusPath);
        } catch (IOException e) {
            // It goes with the session.
        }
    }

    @Override
    public void awaitReady() {
        ReadyWait.Outcome outcome = ReadyWait.await(status, exit, startDeadline.toNanos());
        if (outcome == ReadyWait.Outcome.READY) {
            ready = true;
            command.started();
            return;
        }
        if (outcome == ReadyWait.Outcome.TIMED_OUT || outcome == ReadyWait.Outcome.INTERRUPTED) {
            kill();
        }
        awaitEndAfterKill();
        throw new ChildStartException(name, StartFailure.message(this, outcome, status), stderrTail(), null);
    }

    /** Bounded: a process that hangs in the kernel must not take its parent with it. Keeps the interrupt flag. */
    private void awaitEndAfterKill() {
        boolean interrupted = Thread.interrupted();
        try {
            exit.get(KILL_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            // Said in the message: no exit status there.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** True for children that users did not ask for. */
    boolean isHidden() {
        return hidden;
    }

    Duration startDeadline() {
        return startDeadline;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public long partyId() {
        return partyId;
    }

    @Override
    public boolean isDaemon() {
        return daemon;
    }

    @Override
    public boolean isAlive() {
        return !exit.isDone();
    }

    @Override
    public boolean isReady() {
        if (!ready) {
            try {
                ready = status.phase() == StatusFile.READY;
            } catch (IOException e) {
                return false;
            }
        }
        return ready;
    }

    @Override
    public CompletableFuture<ExitStatus> onExit() {
        return exit.copy();
    }

    @Override
    public boolean sendControl(byte kind) {
        if (!lockForWriting()) {
            return false; // a large record is on its way to a child that does not read yet
        }
        try {
            lifeline.write(kind);
            lifeline.flush();
            return isAlive();
        } catch (IOException e) {
            return false;
        } finally {
            writing.unlock();
        }
    }

    private boolean lockForWriting() {
        try {
            return writing.tryLock() || writing.tryLock(WRITE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void kill() {
        endWanted = true;
        killSent = isAlive();
        process.toHandle().destroyForcibly();
    }

    @Override
    public CompletableFuture<ExitStatus> terminate(Duration grace) {
        endWanted = true;
        if (grace.isZero() || grace.isNegative()) {
            kill();
        } else {
            process.toHandle().destroy(); // Process.destroy would close the streams, and with them what hooks print
            CompletableFuture.delayedExecutor(grace.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(this::killIfAlive);
        }
        return swept.copy();
    }

    private void killIfAlive() {
        if (isAlive()) {
            kill();
        }
    }

    @Override
    public String stderrTail() {
        return pumps.stderrTail();
    }

    @Override
    public List<String> commandLine() {
        return command.full();
    }
}
