package io.muster.internal.pool;

import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread's time as the {@link Collector}, in one word: even, it empties the rings; odd, it is inside a completion, each
 * time under another number; LOST, another has taken over; ENDED, all is delivered.
 */
final class CollectorTurn {
    private static final long LOST = -1;
    private static final long ENDED = -2;

    private final AtomicLong state = new AtomicLong();
    private long seen;
    private volatile PoolTask<?> current;

    // ---- the collector's thread ----

    void begin(PoolTask<?> task) {
        current = task;
        state.setRelease(state.getPlain() + 1);
    }

    /** False: another has taken over. */
    boolean finish() {
        long completing = state.getPlain();
        return completing >= 0 && state.compareAndSet(completing, completing + 1);
    }

    void end() {
        state.set(ENDED);
    }

    // ---- others ----

    /** For one thread: takes the turn if it has been in the same completion since the last call. */
    boolean takeIfStuck() {
        long now = state.get();
        boolean stuck = (now & 1) != 0 && now >= 0 && now == seen && state.compareAndSet(now, LOST);
        seen = now;
        return stuck;
    }

    /** Whether it has ended, or would have but for stages that it runs. */
    boolean hasDelivered() {
        long now = state.get();
        PoolTask<?> task = current;
        return now == ENDED || (now & 1) != 0 && now >= 0 && task != null && task.isDone();
    }
}
