package io.muster.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM, for the command line only: the library leaves signals alone.
 *
 * <p>The first one prints a line and interrupts the main thread, for ten seconds twice a second; the command unwinds, closing
 * its pool on the way. If that takes longer, or at the second signal, the JVM ends at once: children notice by their lifeline.
 */
final class Interruption {
    private static final int INTERRUPTS = 20;
    private static final Duration BETWEEN_INTERRUPTS = Duration.ofMillis(500);
    private static final int SIGNAL_BASE = 128;

    /** The number of the first signal that came; 0 while none has. One JVM has one command line, so static is right. */
    private static final AtomicInteger FIRST = new AtomicInteger();

    private Interruption() {}

    /** From now on signals stop the calling thread's work in order. Call it on the main thread, before work begins. */
    static void guardThisThread() {
        Thread worker = Thread.currentThread();
        handle("INT", () -> onSignal(ExitCode.INTERRUPTED.code() - SIGNAL_BASE, worker));
        handle("TERM", () -> onSignal(ExitCode.TERMINATED.code() - SIGNAL_BASE, worker));
    }

    static boolean happened() {
        return FIRST.get() != 0;
    }

    /** The exit code of the signal that came, else the given one. */
    static int exitCodeOr(int code) {
        int signal = FIRST.get();
        return signal == 0 ? code : SIGNAL_BASE + signal;
    }

    private static void onSignal(int signal, Thread worker) {
        if (!FIRST.compareAndSet(0, signal)) {
            Runtime.getRuntime().halt(SIGNAL_BASE + FIRST.get());
        }
        // The terminal signals the children too, and those that are only starting cannot keep it away yet: what their
        // JVMs print as they break off, and what is said of a start that failed by it, is no news to who pressed
        // Ctrl-C.
        PrintStream err = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        err.println((Terminal.isStderr() ? "\r\033[K" : "")
                + "muster: stopping"
                + (signal == ExitCode.INTERRUPTED.code() - SIGNAL_BASE ? " (Ctrl-C again to force it)" : ""));
        try {
            for (int tries = 0; tries < INTERRUPTS && worker.isAlive(); tries++) {
                // Again and again: the first may be spent on the work itself, and closing a pool then waits for its
                // tasks.
                worker.interrupt();
                worker.join(BETWEEN_INTERRUPTS.toMillis());
            }
        } catch (InterruptedException e) {
            // Nobody interrupts a signal's thread; if somebody does, end now.
        }
        // Either the main thread is in System.exit already, then this waits for it; or the grace is over.
        Runtime.getRuntime().halt(SIGNAL_BASE + signal);
    }

    /**
     * Registers a handler through reflection: {@code sun.misc.Signal} is the JDK's only door to signals (exported by
     * {@code jdk.unsupported}), and naming it in source is a compiler warning that nothing can switch off.
     */
    private static void handle(String signal, Runnable action) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            InvocationHandler call = (proxy, method, args) -> switch (method.getName()) {
                case "handle" -> {
                    action.run();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> "handler of SIG" + signal;
            };
            Object handler = Proxy.newProxyInstance(handlerClass.getClassLoader(), new Class<?>[] {handlerClass}, call);
            signalClass
                    .getMethod("handle", signalClass, handlerClass)
                    .invoke(null, signalClass.getConstructor(String.class).newInstance(signal), handler);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // No such door in this JVM, or it uses the signal itself (-Xrs): then the JVM's own way remains, which ends
            // us with the same exit code; children notice by their lifeline.
            System.getLogger(Interruption.class.getName())
                    .log(System.Logger.Level.DEBUG, "SIG" + signal + " stays with the JVM", e);
        }
    }
}
