package io.muster.child;

import java.util.ArrayList;
import java.util.List;

/** The parent as its child sees it. Told of the parent's end by the {@link Lifeline}; safe for use by any thread. */
public final class ParentLink {
    private final long pid;
    private final String name;
    private boolean lost;
    private List<Runnable> actions;

    ParentLink(long pid, String name) {
        this.pid = pid;
        this.name = name;
    }

    /** The parent's process id. */
    public long pid() {
        return pid;
    }

    /** The parent's own name, {@code main} for the root. */
    public String name() {
        return name;
    }

    /** False once the parent has ended. */
    public synchronized boolean isAlive() {
        return !lost;
    }

    /** Runs {@code action} once when the parent has ended, on the lifeline's thread; at once if it has already. */
    public void onLost(Runnable action) {
        synchronized (this) {
            if (!lost) {
                if (actions == null) {
                    actions = new ArrayList<>();
                }
                actions.add(action);
                return;
            }
        }
        action.run();
    }

    void lost() {
        List<Runnable> toRun;
        synchronized (this) {
            if (lost) {
                return;
            }
            lost = true;
            toRun = actions;
            actions = null;
        }
        if (toRun != null) {
            for (Runnable action : toRun) {
                action.run();
            }
        }
    }
}
