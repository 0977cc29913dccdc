package io.muster.internal.launch;

/**
 * A debugger for one child.
 *
 * @param port where it listens, on the loopback interface; 0 for any free port
 * @param suspend wait for the debugger before anything runs
 */
public record DebugRequest(int port, boolean suspend) {
    /** Environment variable that asks for a debugger from outside: {@code worker-1[:suspend][,worker-2 ...]}; see {@link #find}. */
    public static final String VARIABLE = "MUSTER_DEBUG";

    private static final String SUSPEND = ":suspend";

    /** The debugger for a child: what its spec asks for, else what the environment does; null for none. */
    static DebugRequest of(LaunchSpec spec) {
        return spec.debug() != null ? spec.debug() : find(System.getenv(VARIABLE), spec.name());
    }

    /**
     * What {@code variable} asks for the child of that name; null if nothing. A {@code *} at its end stands for any rest, and
     * {@code worker-1} is also the worker {@code pool-1-worker-1} of a pool.
     */
    static DebugRequest find(String variable, String childName) {
        if (variable == null || variable.isBlank()) {
            return null;
        }
        for (String item : variable.split(",")) {
            String wanted = item.trim();
            boolean suspend = wanted.endsWith(SUSPEND);
            String name = suspend ? wanted.substring(0, wanted.length() - SUSPEND.length()) : wanted;
            boolean matches = name.endsWith("*")
                    ? childName.startsWith(name.substring(0, name.length() - 1))
                    : childName.equals(name) || !name.isEmpty() && childName.endsWith("-" + name);
            if (matches) {
                return new DebugRequest(0, suspend);
            }
        }
        return null;
    }

    /** The JVM flag; the JVM answers with its "Listening for transport" line on the child's stdout. */
    String jvmArg() {
        return "-agentlib:jdwp=transport=dt_socket,server=y,suspend=" + (suspend ? 'y' : 'n') + ",address=127.0.0.1:"
                + port;
    }
}
