package io.muster.internal.launch;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * The memory arithmetic: what heap a child gets that asks for none, and whether all heaps together fit.
 *
 * <pre>
 *   share = (ceiling - parent's maximum heap - ceiling / 8 for shared memory) / children x 0.7, at least 64 MB
 * </pre>
 *
 * The 0.7 leaves room for what a JVM needs beside its heap. {@code children} is what the spec says, else the usable
 * processors, or the living children with this one, whichever is more.
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

    /** Heap for a child that asks for {@code askedBytes}, 0 for its share. */
    long heapBytes(long askedBytes, int siblings, int living) {
        if (askedBytes > 0) {
            return askedBytes;
        }
        int children = siblings > 0 ? siblings : Math.max(processors, living + 1);
        long room = ceilingBytes - parentHeapBytes - ceilingBytes / SHARED_PART;
        return Math.max(LEAST_BYTES, room / children / 10 * 7);
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
