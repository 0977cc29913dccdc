package io.muster.bench.program;

import io.muster.ChildProcess;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.remote.RemoteRunnable;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * This process and a child do the same thing as often as they can, for a while, at the same time.
 *
 * <pre>
 *   0 phase: 0 wait, 1 go, 2 end of the round, 3 end | 64 rounds that the child has begun | 128 ended | 192 its count
 * </pre>
 */
final class Race implements AutoCloseable {
    private static final int KIND = SegmentKind.of("RACE");
    private static final int BYTES = 256;
    private static final long PHASE = 0;
    private static final long BEGUN = 64;
    private static final long ENDED = 128;
    private static final long COUNT = 192;
    private static final int WAIT = 0;
    private static final int GO = 1;
    private static final int STOP = 2;
    private static final int END = 3;
    private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Between two looks at the phase: a look must not be what is measured. */
    private static final int BATCH = 64;

    private final RemoteRunnable step;
    private final Segment segment;
    private final Memory memory;
    private final ChildProcess child;
    private int rounds;

    /** What a round came to. */
    record Result(long nanos, long ours, long theirs) {
        double nanosPerStep() {
            return (double) nanos / (ours + theirs);
        }

        /** The larger count over the smaller one. */
        double balance() {
            return (double) Math.max(ours, theirs) / Math.max(1, Math.min(ours, theirs));
        }
    }

    /** @param step what both do; captured by the child */
    Race(RemoteRunnable step) {
        this.step = step;
        Path file = SessionDirectory.current().newFile("race");
        segment = Segment.create(file, KIND, 1, BYTES);
        memory = segment.memory();
        String path = file.toString();
        child = ChildProcess.start(() -> runChild(Path.of(path), step));
    }

    private static void runChild(Path file, RemoteRunnable step) throws Exception {
        try (Segment segment = Segment.open(file, KIND, 1)) {
            Memory memory = segment.memory();
            for (int phase = WAIT; phase != END; phase = memory.getIntVolatile(PHASE)) {
                if (phase != GO) {
                    Thread.yield();
                    continue;
                }
                memory.getAndAddInt(BEGUN, 1);
                memory.putLongVolatile(COUNT, steps(memory, step));
                memory.getAndAddInt(ENDED, 1);
                while (memory.getIntVolatile(PHASE) == STOP) {
                    Thread.yield();
                }
            }
        }
    }

    private static long steps(Memory memory, RemoteRunnable step) throws Exception {
        long count = 0;
        while (memory.getIntVolatile(PHASE) == GO) {
            for (int i = 0; i < BATCH; i++) {
                step.run();
            }
            count += BATCH;
        }
        return count;
    }

    /** Runs one round of 200 ms. */
    Result round() throws Exception {
        rounds++;
        memory.putIntVolatile(PHASE, GO);
        await(BEGUN);
        long start = System.nanoTime();
        long ours = 0;
        while (System.nanoTime() - start < ROUND_NANOS) {
            for (int i = 0; i < BATCH; i++) {
                step.run();
            }
            ours += BATCH;
        }
        memory.putIntVolatile(PHASE, STOP);
        long nanos = System.nanoTime() - start;
        await(ENDED);
        long theirs = memory.getLongVolatile(COUNT);
        memory.putIntVolatile(PHASE, WAIT);
        return new Result(nanos, ours, theirs);
    }

    private void await(long counter) {
        while (memory.getIntVolatile(counter) < rounds) {
            if (!child.isAlive()) {
                throw new IllegalStateException("the other process has ended: " + child.exitStatus());
            }
            Thread.yield();
        }
    }

    @Override
    public void close() {
        memory.putIntVolatile(PHASE, END);
        child.onExit().join();
        segment.close();
        segment.unlink();
    }
}
