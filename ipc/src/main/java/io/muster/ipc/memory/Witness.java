package io.muster.ipc.memory;

/**
 * The second witness of a death, besides the kernel's lock: a lock can be lost by accident, when any library in the
 * process closes a stream on the lock file.
 */
interface Witness {

    enum Testimony {
        /** That very process is there, and some thread of it may run. */
        RUNS,
        /** It is not there any more. */
        GONE,
        /** It cannot be seen from here, being in another pid namespace, or without {@code /proc}: the lock decides. */
        NOT_VISIBLE,
        /** Looking it up failed. Unknown means alive. */
        UNKNOWN
    }

    Testimony of(long pid, long startTicks, long pidNamespace);

    /**
     * Whether that very process is seen to end: it is there, and no thread of it will ever run again. The kernel takes its memory
     * apart before it drops its locks, which takes long if there is much. What merely cannot be seen does not count.
     */
    boolean isEnding(long pid, long startTicks, long pidNamespace);
}
