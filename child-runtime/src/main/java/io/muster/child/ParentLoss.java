package io.muster.child;

import io.muster.ipc.memory.SessionDirectory;
import java.io.IOException;

/**
 * What a child does when its parent has ended: it takes the processes it started with it and halts, unless it was told to
 * go on.
 */
final class ParentLoss {
    private static final int EXIT_CODE = 143;
    private static final long FLUSH_MILLIS = 100;

    private final ChildContext context;
    private final StatusFile status;
    private final Surroundings surroundings;
    private boolean happened;

    ParentLoss(ChildContext context, StatusFile status, Surroundings surroundings) {
        this.context = context;
        this.status = status;
        this.surroundings = surroundings;
    }

    /** The parent is about to halt as it lost its own; one that survives its parent waits for the fact. */
    void announced() {
        if (!context.survivesParent()) {
            happened();
        }
    }

    void happened() {
        synchronized (this) {
            if (happened) {
                return;
            }
            happened = true;
        }
        context.parent().lost(); // tells our own children, among others
        if (context.survivesParent()) {
            return;
        }
        surroundings.release();
        mark();
        flush();
        CookieSweep.sweep(context.cookie(), CookieSweep.ownPid());
        SessionDirectory.leave(); // the last one out removes it
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    private void mark() {
        try {
            status.mark(StatusFile.PARENT_LOST, EXIT_CODE);
        } catch (IOException e) {
            // Nobody is left to read it.
        }
    }

    /** In a thread with a limit, as the reader of our output may be gone or stuck. */
    private static void flush() {
        Thread flusher = new Thread(null, null, "muster-flush", 0, false) {
            @Override
            public void run() {
                System.out.flush();
                System.err.flush();
            }
        };
        flusher.setDaemon(true);
        flusher.start();
        try {
            flusher.join(FLUSH_MILLIS);
        } catch (InterruptedException e) {
            // Halting anyway.
        }
    }
}
