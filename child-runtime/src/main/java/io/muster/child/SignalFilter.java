package io.muster.child;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Keeps Ctrl-C away from a child: a terminal sends it to the whole process group, and stopping is the parent's decision.
 *
 * <p>A handler that does nothing, and not "ignore": programs that the child starts would inherit the latter. This file is
 * compiled by itself, as javac warns of {@code sun.misc} unless it is not held to a release, and calling it by
 * reflection costs 1 ms (17) to 15 ms (25) of every start.
 */
final class SignalFilter implements SignalHandler {
    private SignalFilter() {}

    /** Ignores SIGINT from now on; does nothing where the JVM runs without signal handling ({@code -Xrs}). */
    static void ignoreInterrupt() {
        try {
            Signal.handle(new Signal("INT"), new SignalFilter());
        } catch (IllegalArgumentException e) {
            // -Xrs: somebody decided that the JVM leaves signals alone.
        }
    }

    @Override
    public void handle(Signal signal) {
        // The parent decides.
    }
}
