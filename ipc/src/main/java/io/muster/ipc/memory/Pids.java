package io.muster.ipc.memory;

/**
 * Whether a process is gone of which nothing is known but its number, as other libraries write it down. For our own parties
 * the place knows more. Thread-safe.
 */
public final class Pids {
    private static final boolean VISIBLE = Self.current().pidNamespace() != 0;

    private Pids() {}

    /**
     * Whether no thread of such a process can run user code any more: it is not there, or has ended and was not waited for, or is
     * ending. Costs some 30 microseconds. Whoever acts on it has to be sure that the number is not that of a later process.
     *
     * @return false also where it cannot be seen
     */
    public static boolean isGone(long pid) {
        return VISIBLE && ProcWitness.isGone(pid);
    }
}
