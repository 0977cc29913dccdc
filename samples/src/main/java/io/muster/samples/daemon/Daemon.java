package io.muster.samples.daemon;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedIntArray;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A parent with a daemon child that would work for ever is killed, so that it has no chance to clean up; the daemon is gone a
 * moment later.
 */
public final class Daemon {
    private static final int PID = 0;
    private static final int BEAT = 1;
    private static final int BEAT_MILLIS = 5;
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Daemon() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (SharedIntArray shared = SharedIntArray.create(2)) {
            ChildProcess parent = ChildProcess.named("parent").heap("32m").start(() -> raise(shared));
            try {
                awaitFirstBeat(shared, parent);
                System.out.println(
                        "parent " + parent.pid() + " has a daemon, " + shared.get(PID) + ", that never ends by itself");
                killFromOutside(parent.pid());
                System.out.println("parent: killed with SIGKILL");
                report(awaitSilence(shared, System.nanoTime()));
            } finally {
                parent.kill();
            }
        }
    }

    /** Runs in the child: has a child of its own. */
    private static void raise(SharedIntArray shared) throws InterruptedException {
        ChildProcess daemon =
                ChildProcess.named("daemon").daemon(true).heap("32m").start(() -> work(shared));
        daemon.join(); // Never returns.
    }

    /** Runs in the grandchild: shows for ever that it lives. */
    private static void work(SharedIntArray shared) throws InterruptedException {
        shared.set(PID, (int) ProcessHandle.current().pid());
        for (int beat = 1; ; beat++) {
            shared.set(BEAT, beat);
            TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS); // the rhythm of its beats
        }
    }

    private static void awaitFirstBeat(SharedIntArray shared, ChildProcess parent) throws InterruptedException {
        while (shared.get(BEAT) == 0) {
            if (!parent.isAlive()) {
                throw new IllegalStateException("the parent ended early: " + parent.exitStatus());
            }
            TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS); // between looks
        }
    }

    /** As the kernel or an operator would do it; {@link ChildProcess#kill()} would look after the daemon as well. */
    private static void killFromOutside(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** How long after the kill the last beat was seen, in nanoseconds; -1 if it goes on beating. */
    private static long awaitSilence(SharedIntArray shared, long killed) throws InterruptedException {
        int beat = shared.get(BEAT);
        long lastBeat = killed;
        while (System.nanoTime() - lastBeat < SILENCE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(BEAT_MILLIS); // between looks
            if (shared.get(BEAT) != beat) {
                beat = shared.get(BEAT);
                lastBeat = System.nanoTime();
            }
            if (lastBeat - killed > PATIENCE.toNanos()) {
                return -1;
            }
        }
        return lastBeat - killed;
    }

    private static void report(long nanos) {
        if (nanos < 0) {
            System.out.println("daemon: STILL THERE");
            System.exit(1);
        }
        System.out.println("daemon: gone, its last sign of life came " + nanos / 1_000_000 + " ms later");
    }
}
