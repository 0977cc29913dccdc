package io.muster.internal.pool;

import io.muster.testing.Processes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** How workers end in the middle of a task. */
public final class Deaths {
    private Deaths() {}

    /** Says so, and dies in the way that is named. */
    public static Integer die(String how) throws Exception {
        System.err.println("last words before " + how);
        System.err.flush();
        switch (how) {
            case "halt" -> Runtime.getRuntime().halt(9);
            case "exit 0" -> System.exit(0);
            case "exit 3" -> System.exit(3);
            case "heap" -> fillHeap();
            default -> signalSelf(how);
        }
        throw new AssertionError("survived " + how);
    }

    /** Dies only where the item says so. */
    public static Integer dieIf(String how, Integer item) throws Exception {
        return item == 3 ? die(how) : item;
    }

    private static void signalSelf(String signal) {
        Processes.signal(Tasks.pid(), signal);
        Processes.waitForEver();
    }

    private static void fillHeap() {
        List<byte[]> all = new ArrayList<>();
        while (true) {
            all.add(new byte[1 << 20]);
        }
    }

    public static Long pidAfter(Integer millis) throws InterruptedException {
        Tasks.pause(millis);
        return Tasks.pid();
    }

    /** Neither an interrupt nor an orderly exit gets past it. */
    public static Integer clingToLife(Integer ignored) {
        Runtime.getRuntime().addShutdownHook(new Thread(Processes::waitForEver));
        while (true) {
            LockSupport.parkNanos(1_000_000); // an interrupt ends this at once, so it is taken back
            Thread.interrupted();
        }
    }

    public static Integer leaveThreadBehind(Integer result) {
        new Thread(Processes::waitForEver).start(); // no daemon
        return result;
    }
}
