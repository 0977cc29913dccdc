package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process is attached to in one place, by file: a handle that arrives with every task is mapped once. What no
 * handle refers to any more is forgotten, and its mapping goes.
 *
 * <p>Thread-safe.
 */
final class Attachments {
    private static final Map<Participant, Attachments> ALL = new WeakHashMap<>();

    private final Map<Path, WeakReference<Object>> byFile = new ConcurrentHashMap<>();

    private Attachments() {}

    static Attachments of(Participant participant) {
        synchronized (ALL) {
            Attachments known = ALL.get(participant);
            if (known == null) {
                known = new Attachments();
                ALL.put(participant, known);
            }
            return known;
        }
    }

    /** The object that stands for that file in this process; null if there is none of that type. */
    <T> T find(Path file, Class<T> type) {
        WeakReference<Object> reference = byFile.get(file);
        Object known = reference == null ? null : reference.get();
        return type.isInstance(known) ? type.cast(known) : null;
    }

    /**
     * Makes an object that was just attached the one for that file. Two threads may both attach; then one of the two objects
     * is forgotten before it was used.
     *
     * @param outdated what {@link #find} gave and is not wanted; null for nothing
     * @return the one that all use from now on
     */
    @SuppressWarnings("unchecked")
    synchronized <T> T addIfAbsent(Path file, T made, Object outdated) {
        byFile.values().removeIf(each -> each.get() == null);
        WeakReference<Object> reference = byFile.get(file);
        Object known = reference == null ? null : reference.get();
        if (known != null && known != outdated && known.getClass() == made.getClass()) {
            return (T) known;
        }
        byFile.put(file, new WeakReference<>(made));
        return made;
    }

    /** Takes the place of whatever was known under that name. */
    synchronized void put(Path file, Object object) {
        byFile.put(file, new WeakReference<>(object));
    }

    synchronized void forget(Path file, Object object) {
        WeakReference<Object> known = byFile.get(file);
        if (known != null && known.get() == object) {
            byFile.remove(file);
        }
    }
}
