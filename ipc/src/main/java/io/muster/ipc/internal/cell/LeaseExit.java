package io.muster.ipc.internal.cell;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this JVM has leases of. When it ends by itself, as its main method has returned and no thread is left to wait for,
 * its handles count as closed; when it is ended, by {@code System.exit}, a signal or a crash, it is missed.
 */
final class LeaseExit extends Thread {
    private static final Set<Lease> HELD = ConcurrentHashMap.newKeySet();
    private static boolean registered;

    private LeaseExit() {
        super("muster-lease-exit");
    }

    static void add(Lease lease) {
        HELD.add(lease);
        register();
    }

    private static synchronized void register() {
        if (!registered) {
            registered = true;
            try {
                Runtime.getRuntime().addShutdownHook(new LeaseExit());
            } catch (IllegalStateException e) {
                // The JVM is ending already: whoever waits for it learns that it has ended.
            }
        }
    }

    static void remove(Lease lease) {
        HELD.remove(lease);
    }

    @Override
    public void run() {
        if (!HELD.isEmpty() && hasEndedByItself()) {
            HELD.forEach(Lease::end);
        }
    }

    /** Whoever ends the JVM stands in {@code Shutdown.exit} now; the end of the last thread comes another way. */
    private static boolean hasEndedByItself() {
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            for (StackTraceElement frame : thread.getValue()) {
                if (frame.getClassName().equals("java.lang.Shutdown")
                        && frame.getMethodName().equals("exit")) {
                    return false;
                }
            }
        }
        return true;
    }
}
