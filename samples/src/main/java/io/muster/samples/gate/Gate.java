package io.muster.samples.gate;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.SharedCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Six walkers, each a process of its own, wait at a gate. It lets through two, then one, then all who are left: never one more
 * than it was told to.
 */
public final class Gate {
    private static final int WALKERS = 6;
    private static final int[] OPENINGS = {2, 1, WALKERS};
    private static final int THROUGH = 0;
    private static final int CROWD_MILLIS = 100;

    private Gate() {}

    /**
     * Runs the sample.
     *
     * @param args none
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        List<ChildProcess> walkers = new ArrayList<>();
        try (SharedCondition gate = SharedCondition.create();
                SharedIntArray counts = SharedIntArray.create(1)) {
            try {
                for (int i = 1; i <= WALKERS; i++) {
                    walkers.add(ChildProcess.named("walker-" + i).heap("32m").start(() -> walk(gate, counts)));
                }
                awaitWaiters(gate, walkers);
                int expected = 0;
                for (int opening : OPENINGS) {
                    expected += open(gate, opening);
                    check(gate, counts, expected);
                }
                for (ChildProcess walker : walkers) {
                    walker.join();
                }
            } finally {
                walkers.forEach(ChildProcess::terminate); // Does nothing to those that have ended.
            }
        }
    }

    /** Runs in a child. */
    private static void walk(SharedCondition gate, SharedIntArray counts) throws InterruptedException {
        gate.lock().lock();
        try {
            gate.await();
            counts.set(THROUGH, counts.get(THROUGH) + 1);
        } finally {
            gate.lock().unlock();
        }
    }

    private static void awaitWaiters(SharedCondition gate, List<ChildProcess> walkers) throws InterruptedException {
        while (gate.waiters() < WALKERS) {
            if (walkers.stream().anyMatch(walker -> !walker.isAlive())) {
                throw new IllegalStateException("a walker ended early: " + walkers);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        System.out.println(WALKERS + " walkers wait at the gate");
    }

    private static int open(SharedCondition gate, int most) {
        gate.lock().lock();
        try {
            int notified = gate.signal(most);
            System.out.println("the gate opens for " + most + ": " + notified + " notified");
            return notified;
        } finally {
            gate.lock().unlock();
        }
    }

    /** Gives those who should not be through the time to be it. */
    private static void check(SharedCondition gate, SharedIntArray counts, int expected) throws InterruptedException {
        while (through(gate, counts) < expected) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        TimeUnit.MILLISECONDS.sleep(CROWD_MILLIS);
        int through = through(gate, counts);
        System.out.println("through: " + through + " of " + WALKERS);
        if (through != expected) {
            System.exit(1);
        }
    }

    private static int through(SharedCondition gate, SharedIntArray counts) {
        gate.lock().lock();
        try {
            return counts.get(THROUGH);
        } finally {
            gate.lock().unlock();
        }
    }
}
