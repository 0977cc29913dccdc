package io.muster.internal.launch;

import io.muster.ChildStartException;
import io.muster.ExitStatus;
import io.muster.child.Bootstrap;
import io.muster.child.ChildContext;
import io.muster.child.Control;
import io.muster.child.InlineTarget;
import io.muster.child.Target;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child that is a thread of its parent, for debuggers, coverage and profilers: {@code -Dmuster.inline=true}.
 *
 * <p>The target is still copied through its encoding, so that what cannot travel is found. What only a process can do is
 * not imitated: statics are shared, {@code System.exit} ends the parent, and a thread that ignores its interrupt is
 * abandoned where a process would be killed.
 */
final class InlineChild implements ChildHandle {
    /** System property that makes all children inline. */
    static final String PROPERTY = "muster.inline";

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final LaunchSpec spec;
    private final ChildContext context;
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private Thread thread;

    private InlineChild(LaunchSpec spec, ChildContext context) {
        this.spec = spec;
        this.context = context;
    }

    static ChildHandle start(LaunchSpec spec, Target target, ClassLoader loader) {
        ChildContext self = ChildContext.current();
        Bootstrap bootstrap = new Bootstrap(
                spec.name(),
                Launcher.flags(spec),
                ProcessHandle.current().pid(),
                self == null ? "main" : self.name(),
                "",
                0,
                "",
                "",
                "",
                "",
                target);
        InlineChild child = new InlineChild(spec, new ChildContext(bootstrap));
        InlineTarget runnable;
        try {
            runnable = InlineTarget.prepare(target, child.context, loader);
        } catch (Exception e) {
            throw new ChildStartException(
                    spec.name(), "child '" + spec.name() + "' could not start its target: " + e, "", e);
        }
        child.thread = new Thread(null, () -> child.run(runnable), "muster-inline-" + spec.name());
        child.thread.setDaemon(spec.isDaemon());
        if (loader != null) {
            child.thread.setContextClassLoader(loader);
        }
        ActiveChildren.add(child);
        child.thread.start();
        return child;
    }

    private void run(InlineTarget target) {
        ExitStatus status;
        try {
            status = ExitStatus.exited(target.run(), "inline: the target returned");
        } catch (OutOfMemoryError e) {
            e.printStackTrace();
            status = ExitStatus.outOfHeap(1, "inline: the target threw an OutOfMemoryError");
        } catch (Throwable e) {
            e.printStackTrace();
            status = ExitStatus.exited(
                    1, "inline: the target threw " + e.getClass().getName());
        }
        end(status);
    }

    private void end(ExitStatus status) {
        exit.complete(status);
        ActiveChildren.remove(this);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public long partyId() {
        return context.partyId();
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
        return true;
    }

    @Override
    public void awaitReady() {
        // It runs already.
    }

    @Override
    public CompletableFuture<ExitStatus> onExit() {
        return exit.copy();
    }

    @Override
    public boolean sendControl(byte kind) {
        if (!context.deliver(kind) && kind == Control.INTERRUPT) {
            thread.interrupt();
        }
        return isAlive();
    }

    @Override
    public void kill() {
        thread.interrupt();
        end(ExitStatus.signaled(SIGKILL, "inline: its thread was interrupted and abandoned"));
    }

    @Override
    public CompletableFuture<ExitStatus> terminate(Duration grace) {
        thread.interrupt();
        CompletableFuture.delayedExecutor(Math.max(0, grace.toNanos()), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> end(ExitStatus.signaled(SIGTERM, "inline: its thread was interrupted and abandoned")));
        return exit.copy();
    }

    @Override
    public String stderrTail() {
        return "";
    }

    @Override
    public List<String> commandLine() {
        return List.of("(inline) " + spec.name());
    }
}
