package io.muster.ipc.journal;

/** Whether Chronicle Queue can be used in this JVM, and how it is kept quiet. Uses nothing of it. */
final class ChronicleRuntime {
    private static final String PROBE = "net.openhft.chronicle.queue.ChronicleQueue";

    /** Set before its first class is loaded, unless somebody has said otherwise. */
    private static final String[][] PROPERTIES = {
        {"chronicle.analytics.disable", "true"}, // It would report how it is used.
        {"chronicle.announcer.disable", "true"},
        {"chronicle.disk.monitor.disable", "true"}, // A thread that looks at the disk; DiskRoom does that.
        {"slf4j.internal.verbosity", "ERROR"}, // Where no logger is bound, that is no news.
    };

    private ChronicleRuntime() {}

    /**
     * For all who are about to use it.
     *
     * @param what somebody wants to do, for the message
     * @throws JournalException if a flag or a jar is missing; says which
     */
    static void require(String what) {
        if (!JournalFlags.areSet()) {
            throw new JournalException(what + " needs flags that this JVM was not started with. Add: "
                    + String.join(" ", JournalFlags.of(Runtime.version().feature()))
                    + " - children get them by journal(true) of their builder, and bin/muster journal has them.");
        }
        for (String[] property : PROPERTIES) {
            if (System.getProperty(property[0]) == null) {
                System.setProperty(property[0], property[1]);
            }
        }
        try {
            Class.forName(PROBE, false, ChronicleRuntime.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new JournalException(
                    what + " needs Chronicle Queue, which is not on the class path. Add the dependency"
                            + " net.openhft:chronicle-queue:2026.4, without its chronicle-analytics: docs/journal.md has the"
                            + " lines for Maven.",
                    e);
        }
    }
}
