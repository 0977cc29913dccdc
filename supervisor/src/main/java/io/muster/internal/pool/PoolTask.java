package io.muster.internal.pool;

import io.muster.TaskFuture;
import io.muster.ipc.wait.WaitWord;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * One task from its submission to its end: the caller's future and the pool's note of where the task is.
 *
 * <p>The fields below the line belong to the {@link Window}'s lock.
 */
class PoolTask<T> extends TaskFuture<T> {
    /** Not in the table: it waits in the backlog, or it has ended. */
    static final int NO_SLOT = -1;

    private final TaskOwner owner;
    private final Object function;
    private final int payloadBytes;
    private final long submittedNanos = System.nanoTime();
    private volatile WaitWord watched;
    // ---------------------------------------------------------------
    /** Its encoded form while it waits in the backlog. */
    private byte[] payload;
    /** Where its encoded form lies outside the slot; 0 if it does not. */
    long reference;

    int slot = NO_SLOT;
    int serial;

    PoolTask(TaskOwner owner, Object function, int payloadBytes) {
        this.owner = owner;
        this.function = function;
        this.payloadBytes = payloadBytes;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return owner.cancel(this, mayInterruptIfRunning);
    }

    /** From now on whoever completes this task also wakes the caller that sleeps at its slot. */
    void watchedAt(WaitWord word) {
        watched = word;
    }

    @Override
    public boolean complete(T value) {
        boolean completed = super.complete(value);
        wakeWatcher();
        return completed;
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        boolean completed = super.completeExceptionally(thrown);
        wakeWatcher();
        return completed;
    }

    private void wakeWatcher() {
        WaitWord word = watched;
        if (word != null) {
            word.wakeAll();
        }
    }

    boolean completeCancelled() {
        return completeExceptionally(new CancellationException("task " + describe() + " was cancelled"));
    }

    /** What this task is, without showing a value. */
    String describe() {
        return Functions.describe(function) + " (" + payloadBytes + " bytes of task and arguments)";
    }

    Class<?> functionClass() {
        return function.getClass();
    }

    int payloadBytes() {
        return payloadBytes;
    }

    long sinceSubmittedNanos() {
        return System.nanoTime() - submittedNanos;
    }

    /** For {@code shutdownNow}: something that stands for this task and can be run again, in this process. */
    Runnable asRunnable() {
        return function instanceof Runnable runnable ? runnable : new NeverBegun(describe());
    }

    private record NeverBegun(String what) implements Runnable {
        @Override
        public void run() {
            throw new UnsupportedOperationException(what + " never began; submit it again to a pool that is open");
        }
    }

    void keepPayload(byte[] encoded) {
        payload = Arrays.copyOf(encoded, payloadBytes);
    }

    byte[] payload() {
        return payload;
    }

    void dropPayload() {
        payload = null;
    }
}
