package io.muster.ipc.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The flags of a JVM that uses a journal: Chronicle Queue maps files through parts of the JDK that are closed otherwise. They cost
 * such a JVM some ten milliseconds of its start, so no other should have them.
 *
 * <p>Children get them by {@code ChildProcess.builder().journal(true)} and {@code ProcessPool.builder().journal(true)}, and from
 * a parent that has them. {@code bin/muster journal} gives them to itself. Uses nothing of Chronicle Queue. Thread-safe.
 */
public final class JournalFlags {
    private static final String EXPORTED = "sun.nio.ch";
    private static final String OPENED = "java.lang.reflect";
    private static final int WARNS_FROM = 24;

    private static final List<String> ALWAYS = List.of(
            "--add-exports=java.base/" + EXPORTED + "=ALL-UNNAMED", "--add-opens=java.base/" + OPENED + "=ALL-UNNAMED");

    /** Without this, and on a newer JDK without these, it works with warnings on stderr. */
    private static final String AGAINST_WARNING = "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED";

    private static final List<String> AGAINST_NEWER_WARNINGS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private JournalFlags() {}

    /**
     * The flags for a JVM of that version.
     *
     * @param feature the JDK's first number, such as 17
     */
    public static List<String> of(int feature) {
        List<String> flags = new ArrayList<>(ALWAYS);
        flags.add(AGAINST_WARNING);
        if (feature >= WARNS_FROM) {
            flags.addAll(AGAINST_NEWER_WARNINGS);
        }
        return List.copyOf(flags);
    }

    /** Whether this JVM has those that are needed. */
    public static boolean areSet() {
        Module base = Object.class.getModule();
        Module ours = JournalFlags.class.getModule();
        return base.isExported(EXPORTED, ours) && base.isOpen(OPENED, ours);
    }
}
