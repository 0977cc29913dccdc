package io.muster;

import java.time.Duration;

/**
 * One worker of a pool, as it was when asked.
 *
 * @param name its name, such as {@code pool-1-worker-3}
 * @param pid its process id; 0 while it is being started
 * @param epoch which life of this worker it is, from 1; a replacement counts one more
 * @param state what it is about
 * @param tasks how many tasks it has ended in this life
 * @param busy how long it has spent inside tasks in this life
 */
public record WorkerInfo(String name, long pid, int epoch, State state, long tasks, Duration busy) {
    /** What a worker is about. */
    public enum State {
        /** Its JVM is being started. */
        STARTING,
        /** It takes tasks. */
        UP,
        /** It has ended or is about to. */
        GONE
    }
}
