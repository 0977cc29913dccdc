package io.muster.child;

/**
 * Code of this library that a child runs instead of a user's lambda or main class, such as a pool's worker loop.
 *
 * <p>Named by its class name in the bootstrap record; needs a public constructor without parameters. The child says
 * "ready" once the entry exists and before {@link #run} is called.
 */
public interface ChildEntry {
    /**
     * Runs until its work is done; called once, on the child's main thread.
     *
     * @param context this child: its name, its parent, its control frames
     * @param argument the bytes given to the launcher
     * @return the exit code: 0 lets the JVM end as soon as its last non-daemon thread does, anything else ends it at once
     * @throws Exception ends the child with exit code 1 and the stack trace on stderr
     */
    int run(ChildContext context, byte[] argument) throws Exception;
}
