package io.muster.ipc.sync;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The barriers of which this JVM has open handles. When it ends by itself, as its main method has returned and no thread is
 * left to wait for, those count as closed; when it is ended, by {@code System.exit}, a signal or a crash, they do not.
 */
final class BarrierLeases extends Thread {
    private static final Set<BarrierCore> HELD = ConcurrentHashMap.newKeySet();
    private static boolean registered;

    private BarrierLeases() {
        super("muster-barrier-exit");
    }

    static void add(BarrierCore core) {
        HELD.add(core);
        register();
    }

    private static synchronized void register() {
        if (!registered) {
            registered = true;
            try {
                Runtime.getRuntime().addShutdownHook(new BarrierLeases());
            } catch (IllegalStateException e) {
                // The JVM is ending already: whoever waits for it learns that it has ended.
            }
        }
    }

    static void remove(BarrierCore core) {
        HELD.remove(core);
    }

    @Override
    public void run() {
        if (!HELD.isEmpty() && hasEndedByItself()) {
            HELD.forEach(BarrierCore::endLease);
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
