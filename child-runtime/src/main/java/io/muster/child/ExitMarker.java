package io.muster.child;

import java.io.IOException;

/**
 * The shutdown hook that tells how a child ends, so that {@code exit(137)} and SIGKILL are not the same to its parent.
 *
 * <p>A killed, crashed or halted JVM runs no hooks and leaves no mark. For one that does, the thread that began the
 * shutdown tells why: the JVM handles a signal on a thread named after it.
 */
final class ExitMarker extends Thread {
    private static final String[] NAMES = {"SIGTERM handler", "SIGHUP handler", "SIGINT handler"};
    private static final int[] NUMBERS = {15, 1, 2};

    private final StatusFile status;
    private final Surroundings surroundings;

    ExitMarker(StatusFile status, Surroundings surroundings) {
        super(null, null, "muster-exit-marker", 0, false);
        this.status = status;
        this.surroundings = surroundings;
    }

    /** The target ended by itself; {@code code} is what the JVM exits with unless somebody decides otherwise later. */
    void ended(byte how, int code) {
        try {
            status.mark(how, code);
        } catch (IOException e) {
            // The parent then judges by the exit code alone.
        }
    }

    @Override
    public void run() {
        int signal = signalThatEndsUs();
        try {
            if (signal != 0) {
                status.mark(StatusFile.SIGNAL_SEEN, signal);
            }
            status.hooksRun();
        } catch (IOException e) {
            // As above.
        }
        surroundings.release();
    }

    private static int signalThatEndsUs() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] threads = new Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(threads, true);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < NAMES.length; j++) {
                if (NAMES[j].equals(threads[i].getName())) {
                    return NUMBERS[j];
                }
            }
        }
        return 0;
    }
}
