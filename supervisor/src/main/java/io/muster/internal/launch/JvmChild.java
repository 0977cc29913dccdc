package io.muster.internal.launch;

import io.muster.ChildStartException;
import io.muster.ExitStatus;
import io.muster.child.Bootstrap;
import io.muster.child.StatusFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** A child JVM. */
final class JvmChild implements ChildHandle {
    private final LaunchSpec spec;
    private final ChildCommand command;
    private final Session session;
    private final long partyId;
    private final StatusFile status;
    private final Path statusFile;
    private final String cookie;
    private final StderrTail stderr = new StderrTail();
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private Process process;
    private OutputStream lifeline;
    private volatile boolean ready;

    JvmChild(
            LaunchSpec spec,
            ChildCommand command,
            Session session,
            long partyId,
            StatusFile status,
            Path statusFile,
            String cookie) {
        this.spec = spec;
        this.command = command;
        this.session = session;
        this.partyId = partyId;
        this.status = status;
        this.statusFile = statusFile;
        this.cookie = cookie;
    }

    void begin(ProcessBuilder builder, Bootstrap bootstrap) throws IOException {
        process = builder.start();
        lifeline = process.getOutputStream();
        Thread waiter = new Thread(this::waitForEnd, "muster-exit-" + spec.name());
        waiter.setDaemon(true);
        waiter.start();
        bootstrap.writeTo(lifeline);
        lifeline.flush();
    }

    private void waitForEnd() {
        boolean ended = false;
        while (!ended) {
            try {
                process.waitFor();
                ended = true;
            } catch (InterruptedException e) {
                // Only the end counts.
            }
        }
        session.reaped(partyId);
        isReady();
        exit.complete(ExitStatus.exited(process.exitValue(), "exit value"));
        try {
            status.close();
            Files.deleteIfExists(statusFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return spec.name();
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
        return spec.isDaemon();
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
                // Closed: it has ended, and the last look was taken before that.
            }
        }
        return ready;
    }

    @Override
    public void awaitReady() {
        while (!isReady()) {
            if (exit.isDone()) {
                throw new ChildStartException(name(), "child '" + name() + "' ended before it was ready", "", null);
            }
            LockSupport.parkNanos(500_000);
        }
        command.clean();
    }

    @Override
    public CompletableFuture<ExitStatus> onExit() {
        return exit.copy();
    }

    @Override
    public synchronized boolean sendControl(byte kind) {
        try {
            lifeline.write(kind);
            lifeline.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public CompletableFuture<ExitStatus> terminate(Duration grace) {
        process.destroy();
        return exit.copy();
    }

    @Override
    public String stderrTail() {
        return stderr.text();
    }

    @Override
    public List<String> commandLine() {
        return command.full();
    }
}
