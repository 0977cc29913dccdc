package io.muster.internal.launch;

import io.muster.ChildStartException;
import io.muster.child.Bootstrap;
import io.muster.child.ChildContext;
import io.muster.child.CookieSweep;
import io.muster.child.StatusFile;
import io.muster.child.Target;
import io.muster.internal.inherit.InheritedOptions;
import io.muster.ipc.internal.cell.Transfer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Starts child JVMs: command line, environment, process, bootstrap record. Safe for use by any thread.
 *
 * <p>A child is kept reachable here until it has ended, as its stdin would otherwise be closed by the garbage collector
 * and the child take that for the parent's end.
 */
public final class Launcher {
    private Launcher() {}

    /**
     * Starts a child and waits until it is ready.
     *
     * @throws ChildStartException if that fails; nothing is left running
     * @throws IllegalStateException if this JVM is a daemon child, which may not have children
     */
    public static ChildHandle start(LaunchSpec spec, LaunchTarget target) {
        ChildHandle handle = launch(spec, target);
        handle.awaitReady();
        return handle;
    }

    /** The same without waiting: {@link ChildHandle#awaitReady()} does, or nobody. */
    public static ChildHandle launch(LaunchSpec spec, LaunchTarget target) {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(target, "target");
        DaemonRule.check(spec);
        if (Boolean.getBoolean(InlineChild.PROPERTY)) {
            return InlineChild.start(spec, TargetEncoder.encode(spec.name(), target), target.loader());
        }
        Session session = Session.current();
        long partyId = session.reserve(spec.name());
        Transfer handles = Transfer.toChild(partyId);
        try {
            Target encoded = encode(spec, target, handles);
            return launch(spec, target, encoded, session, partyId);
        } catch (RuntimeException | IOException e) {
            handles.end(); // first: it must not be missed where the target's handles would have led
            session.reaped(partyId);
            throw e instanceof ChildStartException
                    ? (ChildStartException) e
                    : new ChildStartException(
                            spec.name(), "child '" + spec.name() + "' could not be started: " + e.getMessage(), "", e);
        }
    }

    /** From here on the child counts as a user of what the target captures: the caller may close its own handles at once. */
    private static Target encode(LaunchSpec spec, LaunchTarget target, Transfer handles) {
        try (handles) {
            return TargetEncoder.encode(spec.name(), target);
        }
    }

    private static ChildHandle launch(
            LaunchSpec spec, LaunchTarget target, Target encoded, Session session, long partyId) throws IOException {
        ChildCommand command = ChildCommand.of(spec, target, session);
        Path statusFile = null;
        try {
            statusFile = session.newFile("child");
            Bootstrap bootstrap = new Bootstrap(
                    spec.name(),
                    flags(spec),
                    ProcessHandle.current().pid(),
                    ownName(),
                    session.directory().toString(),
                    partyId,
                    session.token(),
                    statusFile.toString(),
                    Cookies.next(spec),
                    command.classServer(),
                    encoded);
            StatusFile status = StatusFile.create(statusFile.toString());
            StdoutRoute stdout = StdoutRoute.of(spec, command.debugs());
            Process process = process(spec, command, session, bootstrap.cookie(), stdout);
            JvmChild child = new JvmChild(spec, command, session, bootstrap, status, process);
            child.begin(bootstrap, spec.output(), stdout);
            return child;
        } catch (IOException | RuntimeException e) {
            command.clean();
            command.close();
            if (statusFile != null) {
                Files.deleteIfExists(statusFile);
            }
            throw e;
        }
    }

    private static Process process(
            LaunchSpec spec, ChildCommand command, Session session, String cookie, StdoutRoute stdout)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command.arguments(session));
        if (spec.directory() != null) {
            if (!Files.isDirectory(spec.directory())) {
                throw new IOException("its working directory " + spec.directory() + " does not exist");
            }
            builder.directory(spec.directory().toFile());
        }
        edit(builder.environment(), spec, cookie);
        redirect(builder, stdout);
        if (!Files.isExecutable(command.java())) {
            throw new IOException(
                    "there is no JDK: " + command.java() + " is not an executable file; check javaHome(...)");
        }
        return builder.start();
    }

    static int flags(LaunchSpec spec) {
        return (spec.isDaemon() ? Bootstrap.DAEMON : 0)
                | (spec.mayHaveChildren() ? Bootstrap.MAY_HAVE_CHILDREN : 0)
                | (spec.survivesParent() ? Bootstrap.SURVIVES_PARENT : 0);
    }

    private static String ownName() {
        ChildContext context = ChildContext.current();
        return context == null ? "main" : context.name();
    }

    private static void edit(Map<String, String> environment, LaunchSpec spec, String cookie) {
        InheritedOptions.ofThisJvm().editEnvironment(environment);
        spec.environment().forEach((key, value) -> {
            if (value == null) {
                environment.remove(key);
            } else {
                environment.put(key, value);
            }
        });
        environment.put(CookieSweep.VARIABLE, cookie);
    }

    private static void redirect(ProcessBuilder builder, StdoutRoute stdout) {
        if (stdout == StdoutRoute.DESCRIPTOR) {
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        } else if (stdout == StdoutRoute.NOWHERE) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
    }
}
