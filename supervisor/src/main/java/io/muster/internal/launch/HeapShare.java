package io.muster.internal.launch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * The memory arithmetic: what heap a child gets that asks for none, and whether all heaps together fit.
 *
 * <pre>
 *   room  = ceiling - parent's maximum heap - ceiling / 8 for shared memory
 *   share = (room - heaps of children outside the family) / size of the family x 0.7       for one of a {@link Family}
 *   share = min(room / children, room - heaps of all other children) x 0.7                 for a single child
 *   at least 64 MB
 * </pre>
 *
 * The 0.7 leaves room for what a JVM needs beside its heap. {@code children} are the usable processors, or the living
 * children with this one, whichever is more. As each share is cut from what those before have left, the sum fits until
 * shares reach their least size, however many pools and children there are.
 *
 * @param ceilingBytes limit of the container or the machine
 * @param parentHeapBytes maximum heap of this JVM
 * @param processors usable processors
 */
record HeapShare(long ceilingBytes, long parentHeapBytes, int processors) {
    private static final long LEAST_BYTES = 64L << 20;
    private static final int SHARED_PART = 8;
    private static final int MEBI = 20;

    private static final class Here {
        static final HeapShare VALUES = new HeapShare(
                MemoryCeiling.bytes(Path.of("/")),
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors());
    }

    private static boolean said;
    private static boolean warned;

    static HeapShare ofThisJvm() {
        return Here.VALUES;
    }

    /**
     * Heap for one of a family of that size.
     *
     * @param othersBytes heaps of the living children that are not of the family
     */
    long ofFamily(int size, long othersBytes) {
        return share((room() - othersBytes) / size);
    }

    /**
     * Heap for a child of no family.
     *
     * @param living how many children live already
     * @param livingBytes their heaps
     */
    long ofSingle(int living, long livingBytes) {
        return share(Math.min(room() / Math.max(processors, living + 1), room() - livingBytes));
    }

    private long room() {
        return ceilingBytes - parentHeapBytes - ceilingBytes / SHARED_PART;
    }

    private static long share(long bytes) {
        return Math.max(LEAST_BYTES, bytes / 10 * 7);
    }

    /** A sentence about why it does not fit, or null if it does. */
    String misfit(long allHeapsBytes, int children) {
        long shared = ceilingBytes / SHARED_PART;
        long sum = parentHeapBytes + shared + allHeapsBytes;
        if (sum <= ceilingBytes) {
            return null;
        }
        return "memory may not suffice: this JVM's maximum heap " + mib(parentHeapBytes) + " + " + mib(shared)
                + " for shared memory + heaps of " + children + " children " + mib(allHeapsBytes) + " = " + mib(sum)
                + ", the limit is " + mib(ceilingBytes)
                + "; give children a smaller heap(...) or this JVM a smaller -Xmx";
    }

    /** Says once how large children are, and warns once if they do not fit. On a thread of its own: logging loads slowly. */
    void report(long heapBytes, long allHeapsBytes, int children) {
        String misfit = misfit(allHeapsBytes, children);
        boolean say;
        boolean warn;
        synchronized (HeapShare.class) {
            say = !said;
            warn = misfit != null && !warned;
            said = true;
            warned |= warn;
        }
        if (!say && !warn) {
            return;
        }
        Threads.daemon("muster-log", () -> {
            Logger log = System.getLogger("io.muster.launch");
            if (say) {
                log.log(
                        Level.DEBUG,
                        "memory limit " + mib(ceilingBytes) + ", this JVM's maximum heap " + mib(parentHeapBytes)
                                + ", the first child's " + mib(heapBytes));
            }
            if (warn) {
                log.log(Level.WARNING, misfit);
            }
        });
    }

    private static String mib(long bytes) {
        return (bytes >> MEBI) + " MiB";
    }
}
