package io.muster.child;

import java.io.IOException;

/**
 * Main class of every child JVM. It takes no arguments: all it needs comes through stdin, see {@link Bootstrap}.
 *
 * <pre>
 *   ignore SIGINT -> take stdin -> read the record -> watch the parent -> decode the target -> "ready" -> run it
 * </pre>
 *
 * <p>Exit code: 0 if the target returned, what it returned if it is an entry, 1 with a stack trace on stderr if it threw;
 * {@value #NOT_STARTED} if it could not be started, with the reason in the status file.
 */
public final class ChildMain {
    /** Exit code of a child that could not start its target. */
    public static final int NOT_STARTED = 70;

    private ChildMain() {}

    /**
     * Called by the JVM.
     *
     * @param args ignored
     * @throws Throwable what the target threw, for the JVM to print
     */
    public static void main(String[] args) throws Throwable {
        SignalFilter.ignoreInterrupt();
        Lifeline lifeline = Lifeline.take();
        Bootstrap bootstrap = lifeline.readBootstrap();
        if (bootstrap == null) {
            Runtime.getRuntime().halt(NOT_STARTED); // the parent ended, or ended us, before it said what to do
        }
        ChildContext context = new ChildContext(bootstrap);
        ChildContext.setCurrent(context);
        Surroundings around = new Surroundings(lifeline, context, bootstrap.statusFile());
        around.start();
        Runner runner = prepare(bootstrap.target(), context, around);
        run(runner, around.status(), around.marker());
    }

    private static Runner prepare(Target target, ChildContext context, Surroundings around) throws IOException {
        try {
            ClassLoader loader = ClassLoader.getSystemClassLoader();
            if (!context.classServer().isEmpty()) {
                loader = ServedClassLoader.of(loader, context.classServer());
                Thread.currentThread().setContextClassLoader(loader);
            }
            return Runners.of(target, context, loader);
        } catch (Throwable e) {
            around.status().refused(StackTraces.of(e));
            e.printStackTrace();
            Runtime.getRuntime().exit(NOT_STARTED);
            throw new AssertionError(e);
        }
    }

    private static void run(Runner runner, StatusFile status, ExitMarker marker) throws Throwable {
        status.ready();
        int code;
        try {
            code = runner.run();
        } catch (OutOfMemoryError e) {
            marker.ended(StatusFile.THREW_OUT_OF_MEMORY, 1);
            throw e;
        } catch (Throwable e) {
            marker.ended(StatusFile.THREW, 1);
            throw e;
        }
        marker.ended(StatusFile.RETURNED, code);
        if (code != 0) {
            System.exit(code);
        }
    }
}
