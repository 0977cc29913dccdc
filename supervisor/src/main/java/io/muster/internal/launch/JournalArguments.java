package io.muster.internal.launch;

import io.muster.ipc.journal.JournalFlags;
import java.nio.file.Path;
import java.util.List;

/** The flags of children that were promised a journal. Children of a JVM that has them inherit them anyway. */
public final class JournalArguments {
    private JournalArguments() {}

    /**
     * JVM arguments.
     *
     * @param javaHome of the child; null: that of this JVM
     */
    public static List<String> of(Path javaHome) {
        return JournalFlags.of(javaHome == null ? Runtime.version().feature() : VersionFlags.featureOf(javaHome));
    }
}
