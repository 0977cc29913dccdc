package io.muster.bench.program;

import io.muster.bench.harness.Group;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitStrategy;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.locks.LockSupport;

/** From an interrupt to the exception in the thread that waits: in shared memory, and in the JDK. Argument: how many. */
public final class InterruptProgram {
    /** Time for the other thread to fall asleep. */
    private static final long SETTLE_NANOS = 1_000_000;

    private InterruptProgram() {}

    public static void main(String[] args) throws InterruptedException {
        Lifeline.hold();
        int rounds = Integer.parseInt(args[0]);
        Path file = SessionDirectory.current().newFile("interrupt");
        try (Segment segment = Segment.create(file, PingPong.KIND, PingPong.VERSION, PingPong.BYTES)) {
            WaitWord word = new WaitWord(segment.memory(), 0);
            Waiter waiter = Waiter.builder().strategy(WaitStrategy.BLOCKING).build();
            new Figures(Group.MUSTER)
                    .print("interrupt", measure(rounds, () -> waiter.await(word, () -> false, Deadline.never())));
        }
        CountDownLatch latch = new CountDownLatch(1);
        new Figures("JDK latch").print("interrupt", measure(rounds, latch::await));
    }

    private static long[] measure(int rounds, Wait wait) throws InterruptedException {
        Exchanger<Long> ends = new Exchanger<>();
        Thread sleeper = new Thread(() -> {
            while (true) {
                try {
                    wait.await();
                } catch (InterruptedException e) {
                    tell(ends, System.nanoTime());
                }
            }
        });
        sleeper.setDaemon(true);
        sleeper.start();
        long[] costs = new long[rounds];
        for (int i = -rounds / 2; i < rounds; i++) {
            LockSupport.parkNanos(SETTLE_NANOS); // until the sleeper sleeps in the kernel, which it cannot say itself
            long start = System.nanoTime();
            sleeper.interrupt();
            costs[Math.max(0, i)] = ends.exchange(0L) - start;
        }
        return costs;
    }

    private static void tell(Exchanger<Long> ends, long nanos) {
        try {
            ends.exchange(nanos);
        } catch (InterruptedException e) {
            throw new AssertionError(e); // one interrupt at a time
        }
    }

    private interface Wait {
        void await() throws InterruptedException;
    }
}
