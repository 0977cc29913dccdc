package io.muster.internal.launch;

import java.io.PrintStream;

/** Which way a child's stdout takes. */
enum StdoutRoute {
    /** The child has the parent's descriptor. */
    DESCRIPTOR,
    /** Pumped to the parent's {@code System.out}, which leads elsewhere than its descriptor. */
    SYSTEM_OUT,
    /** Pumped to a handler, line by line. */
    LINES,
    /** Nowhere. */
    NOWHERE;

    /** The remote JVM of JShell: nobody reads its descriptor, and once that pipe is full, writers hang. */
    private static final String JSHELL = "jdk.jshell.execution.";

    /** @param debugs whether the JVM will print where its debugger listens, which must be seen */
    static StdoutRoute of(LaunchSpec spec, boolean debugs) {
        if (spec.output().handler() != null) {
            return LINES;
        }
        if (!spec.output().isInherited() && !debugs) {
            return NOWHERE;
        }
        return leadsElsewhere() ? SYSTEM_OUT : DESCRIPTOR;
    }

    /**
     * Whether {@code System.out} is known not to end at descriptor 1. A stream of a class of its own was put there by
     * somebody, a test runner for example; JShell puts a plain one there. Other plain ones cannot be told from the first.
     */
    private static boolean leadsElsewhere() {
        return System.out.getClass() != PrintStream.class
                || System.getProperty("sun.java.command", "").startsWith(JSHELL);
    }
}
