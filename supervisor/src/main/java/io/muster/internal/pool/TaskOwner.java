package io.muster.internal.pool;

/** Who can take a submitted task back. */
interface TaskOwner {
    /**
     * Cancels a task that has not ended.
     *
     * @param stopIfRunning whether a running task's worker is killed for it
     * @return false if it had ended
     */
    boolean cancel(PoolTask<?> task, boolean stopIfRunning);
}
