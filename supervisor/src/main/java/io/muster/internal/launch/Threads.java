package io.muster.internal.launch;

/** Daemon threads with a small stack and none of their maker's thread locals or class loader. */
final class Threads {
    private static final long STACK_BYTES = 256 * 1024;

    private Threads() {}

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        return thread;
    }

    /** Waits for a thread's end, at most that long; true if it has ended. For threads nobody interrupts. */
    static boolean join(Thread thread, long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
