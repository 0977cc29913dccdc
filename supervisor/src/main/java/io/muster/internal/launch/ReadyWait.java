package io.muster.internal.launch;

import io.muster.child.StatusFile;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a child's "ready" by looking at its status file: a look is one read of a byte, and there is no other wire on
 * which a child could say it without loading more classes.
 */
final class ReadyWait {
    private static final long FIRST_PAUSE_NANOS = 300_000;
    private static final long LAST_PAUSE_NANOS = 5_000_000;
    private static final long EAGER_NANOS = 300_000_000;

    enum Outcome {
        READY,
        REFUSED,
        ENDED,
        TIMED_OUT,
        INTERRUPTED
    }

    private ReadyWait() {}

    static Outcome await(StatusFile status, CompletableFuture<?> exit, long limitNanos) {
        long start = System.nanoTime();
        while (true) {
            boolean ended = exit.isDone(); // before the look: what it said last is seen
            byte phase = phase(status);
            if (phase == StatusFile.READY) {
                return Outcome.READY;
            }
            if (ended) {
                return phase == StatusFile.REFUSED ? Outcome.REFUSED : Outcome.ENDED;
            }
            long waited = System.nanoTime() - start;
            if (waited > limitNanos) {
                return Outcome.TIMED_OUT;
            }
            if (Thread.currentThread().isInterrupted()) {
                return Outcome.INTERRUPTED;
            }
            LockSupport.parkNanos(waited < EAGER_NANOS ? FIRST_PAUSE_NANOS : LAST_PAUSE_NANOS);
        }
    }

    private static byte phase(StatusFile status) {
        try {
            return status.phase();
        } catch (IOException e) {
            return StatusFile.STARTING;
        }
    }
}
