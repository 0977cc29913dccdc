package io.muster.internal.pool;

import io.muster.TaskFuture;
import io.muster.ipc.internal.cell.Transfer;
import io.muster.ipc.wait.WaitWord;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * One task from its submission to its end: the caller's future and the pool's note of where the task is.
 *
 * <p>Threads that wait here wait at a latch. In the superclass they would be counted among the dependents, of which the
 * pool cannot know that they are no code of a user's, and every outcome that is waited for would need a thread.
 *
 * <p>The fields below the line belong to the {@link Window}'s lock.
 */
class PoolTask<T> extends TaskFuture<T> {
    /** Not in the table: it waits in the backlog, or it has ended. */
    static final int NO_SLOT = -1;

    private static final byte[] IN_A_FILE = {};
    private static final VarHandle LATCH;

    static {
        try {
            LATCH = MethodHandles.lookup().findVarHandle(PoolTask.class, "latch", CountDownLatch.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TaskOwner owner;
    private final int payloadBytes;
    private final long submittedNanos = System.nanoTime();
    /** Gone once the task has succeeded: a future that is kept must not keep what its lambda captured. */
    private volatile Object function;

    /** Uses of shared objects that this process keeps until the task is over; mostly none. */
    private volatile Transfer handles;

    private volatile WaitWord watched;
    private volatile CountDownLatch latch;
    // ---------------------------------------------------------------
    /** Its encoded form while it waits in the backlog. */
    private byte[] payload;
    /** Where its encoded form lies outside the slot; 0 if it does not. */
    long reference;

    /** No other task was open when it came. */
    boolean cameAlone;

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

    /** True for a piece of a larger job, which was accepted as a whole. */
    boolean isPart() {
        return false;
    }

    /** Keeps these until the task is over. */
    void keep(Transfer uses) {
        handles = uses;
    }

    /** From now on whoever completes this task also wakes the caller that sleeps at its slot. */
    void watchedAt(WaitWord word) {
        watched = word;
    }

    // ---- completing ----

    @Override
    public boolean complete(T value) {
        boolean completed = super.complete(value);
        if (completed) {
            function = null;
        }
        wakeWaiters();
        return completed;
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        boolean completed = super.completeExceptionally(thrown);
        wakeWaiters();
        return completed;
    }

    @Override
    public TaskFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable thrown) {
                completeExceptionally(thrown);
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(T value) {
        super.obtrudeValue(value);
        wakeWaiters();
    }

    @Override
    public void obtrudeException(Throwable thrown) {
        super.obtrudeException(thrown);
        wakeWaiters();
    }

    boolean completeCancelled() {
        return !isDone() && completeExceptionally(new CancellationException("task " + describe() + " was cancelled"));
    }

    private void wakeWaiters() {
        Transfer uses = handles;
        if (uses != null) {
            uses.end();
        }
        CountDownLatch waiting = latch;
        if (waiting != null) {
            waiting.countDown();
        }
        WaitWord word = watched;
        if (word != null) {
            word.wakeAll();
        }
    }

    // ---- waiting ----

    @Override
    public T get() throws InterruptedException, ExecutionException {
        if (waitsAtLatch()) {
            latch().await();
        }
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (waitsAtLatch() && !latch().await(timeout, unit)) {
            throw new TimeoutException("task " + describe() + " has not ended within " + timeout + " " + unit);
        }
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        boolean interrupted = false;
        while (waitsAtLatch()) {
            try {
                latch().await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return super.join();
    }

    /** In a fork-join pool the superclass sees to it that another thread takes this one's place. */
    private boolean waitsAtLatch() {
        return !isDone() && !(Thread.currentThread() instanceof ForkJoinWorkerThread);
    }

    /** Whoever completes this task looks for a latch afterwards; so one that was made too late is open. */
    private CountDownLatch latch() {
        CountDownLatch found = latch;
        if (found == null) {
            var made = new CountDownLatch(1);
            found = (CountDownLatch) LATCH.compareAndExchange(this, (CountDownLatch) null, made);
            found = found == null ? made : found;
        }
        if (isDone()) {
            found.countDown();
        }
        return found;
    }

    // ---- what it is ----

    /** What this task is, without showing a value. */
    String describe() {
        return name() + " (" + payloadBytes + " bytes of task and arguments)";
    }

    private String name() {
        Object known = function;
        return known == null ? "a task that has succeeded" : Functions.describe(known);
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

    // ---- in the backlog ----

    void keepPayload(byte[] encoded) {
        payload = reference == 0 ? Arrays.copyOf(encoded, payloadBytes) : IN_A_FILE;
    }

    byte[] payload() {
        return payload;
    }

    void dropPayload() {
        payload = null;
    }
}
