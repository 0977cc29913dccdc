package io.muster.ipc;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** The handles that a manager gave, so far as somebody still has them. Thread-safe. */
final class GivenHandles {
    private static final int FIRST_PRUNING = 64;

    private final List<WeakReference<AutoCloseable>> handles = new ArrayList<>();
    private int pruneAt = FIRST_PRUNING;

    synchronized <H extends AutoCloseable> H add(H handle) {
        if (handles.size() >= pruneAt) {
            handles.removeIf(each -> each.get() == null);
            pruneAt = Math.max(FIRST_PRUNING, 2 * handles.size());
        }
        handles.add(new WeakReference<>(handle));
        return handle;
    }

    void closeAll() {
        List<WeakReference<AutoCloseable>> closing;
        synchronized (this) {
            closing = new ArrayList<>(handles);
            handles.clear();
        }
        for (WeakReference<AutoCloseable> each : closing) {
            AutoCloseable handle = each.get();
            try {
                if (handle != null) {
                    handle.close();
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException("no handle throws this", e);
            }
        }
    }
}
