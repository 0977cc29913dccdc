package io.muster.internal.pool;

import io.muster.FailedItemException;
import io.muster.TaskFuture;
import io.muster.ipc.codec.CodecOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;

/**
 * One {@code map}: cuts the items into chunks, keeps a bounded number of them in flight, puts the results together in order.
 * One thread drives it, the caller's for {@code map} and one of its own for {@code mapAsync}.
 *
 * <p>Chunks begin large and shrink towards the end (guided self-scheduling, Polychronopoulos and Kuck 1987), so that no
 * worker is left with a large one when the others are out of work. A chunk whose encoding is large makes the next ones smaller.
 */
final class MapJob<R> {
    /** Chunks that each worker may have ahead of it. */
    private static final int CHUNKS_AHEAD = 4;
    /** The least part of all items that a chunk is, as a fraction for each worker. */
    private static final int SMALLEST_PART = 64;
    /** Chunks are cut smaller than this. */
    private static final int CHUNK_BYTES = 512 << 10;
    /** With chunks of a given, small size many must be in flight to keep the workers busy. */
    private static final int MOST_IN_FLIGHT = 4096;

    private static final long MOST_BYTES_IN_FLIGHT = 64L << 20;

    private final AbstractProcessPool pool;
    private final Object function;
    private final List<?> firsts;
    private final List<?> seconds;
    private final int givenChunk;
    private final ChunkQueue<ChunkTask> inFlight = new ChunkQueue<>();
    private int next;
    private long bytesInFlight;
    private int largestChunk = Integer.MAX_VALUE;
    private volatile Thread driver;
    /** What the driver sleeps for: the ends of others need not wake it. */
    private volatile ChunkTask awaited;

    private volatile ChunkTask failed;
    private volatile boolean cancelled;
    private boolean interrupted;

    /**
     * @param seconds the second arguments, or null for functions of one
     * @param givenChunk items to a chunk, or 0: the job chooses
     */
    MapJob(AbstractProcessPool pool, Object function, List<?> firsts, List<?> seconds, int givenChunk) {
        this.pool = pool;
        this.function = function;
        this.firsts = firsts;
        this.seconds = seconds;
        this.givenChunk = givenChunk;
    }

    /** Runs it in a thread of its own. */
    static <R> TaskFuture<List<R>> start(MapJob<R> job) {
        var future = new MapFuture<>(job);
        var thread = new Thread(() -> job.runInto(future), "muster-" + job.pool.name() + "-map");
        thread.setDaemon(true);
        job.pool.beginJob(job);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                job.pool.endJob(job);
            }
        }
        return future;
    }

    private void runInto(MapFuture<R> future) {
        try {
            List<R> results = drive();
            pool.delivery().complete(future, () -> future.complete(results));
        } catch (Throwable thrown) {
            pool.delivery().complete(future, () -> future.completeExceptionally(thrown));
        } finally {
            pool.endJob(this);
        }
    }

    /** Runs it in this thread. */
    List<R> run() throws InterruptedException {
        pool.beginJob(this);
        try {
            return drive();
        } finally {
            pool.endJob(this);
        }
    }

    private List<R> drive() throws InterruptedException {
        driver = Thread.currentThread();
        var results = new ArrayList<R>(firsts.size());
        try {
            while (next < firsts.size() || !inFlight.isEmpty()) {
                while (next < firsts.size() && mayAddChunk()) {
                    addChunk();
                }
                awaitSome();
                while (!inFlight.isEmpty() && inFlight.get(0).isDone() && failed == null) {
                    ChunkTask oldest = inFlight.poll();
                    oldest.addTo(results);
                    bytesInFlight -= oldest.payloadBytes();
                }
            }
            return results;
        } finally {
            for (int i = 0; i < inFlight.size(); i++) {
                inFlight.get(i).cancel(cancelled || interrupted);
            }
        }
    }

    void cancel() {
        cancelled = true;
        LockSupport.unpark(driver);
    }

    private boolean mayAddChunk() {
        if (failed != null || cancelled) {
            return false;
        }
        if (inFlight.isEmpty()) {
            return true;
        }
        int most = givenChunk > 0 ? MOST_IN_FLIGHT : CHUNKS_AHEAD * pool.size();
        return inFlight.size() < most && bytesInFlight < MOST_BYTES_IN_FLIGHT;
    }

    private void addChunk() {
        int left = firsts.size() - next;
        int size = Math.min(left, givenChunk > 0 ? givenChunk : guidedChunk(left));
        CodecOutput encoded = encode(size);
        int bytes = encoded.position();
        var chunk = new ChunkTask(next, size, bytes);
        pool.submit(chunk, encoded);
        if (bytes > CHUNK_BYTES && size > 1) {
            largestChunk = Math.max(1, (int) ((long) size * CHUNK_BYTES / bytes));
        }
        next += size;
        bytesInFlight += bytes;
        inFlight.add(chunk);
    }

    /** A single item travels as a plain call: the lists around it would cost more than the item. */
    private CodecOutput encode(int size) {
        if (size == 1) {
            return pool.encodeItem(
                    function, firsts.get(next), seconds == null ? null : seconds.get(next), seconds != null);
        }
        return pool.encodeChunk(
                function,
                new ArrayList<>(firsts.subList(next, next + size)),
                seconds == null ? null : new ArrayList<>(seconds.subList(next, next + size)));
    }

    private int guidedChunk(int left) {
        int share = left / (CHUNKS_AHEAD * pool.size());
        int smallest = firsts.size() / (SMALLEST_PART * pool.size());
        return Math.min(largestChunk, Math.max(1, Math.max(share, smallest)));
    }

    /** Waits until there is something to do, which it is that the oldest are done. */
    private void awaitSome() throws InterruptedException {
        awaited = inFlight.isEmpty() ? null : toAwait();
        while (true) {
            if (cancelled) {
                throw new CancellationException("map of " + Functions.describe(function) + " was cancelled");
            }
            if (failed != null) {
                throw failure(failed);
            }
            if (awaited == null || awaited.isDone()) {
                return;
            }
            if (Thread.interrupted()) {
                interrupted = true; // the clean-up then stops what runs
                throw new InterruptedException("interrupted in map of " + Functions.describe(function));
            }
            LockSupport.park(this);
        }
    }

    /** Of many small ones the middle one: to be woken for each would cost more than they do. */
    private ChunkTask toAwait() {
        ChunkTask middle = inFlight.get(givenChunk > 0 ? inFlight.size() / 2 : 0);
        return middle.isDone() ? inFlight.get(0) : middle;
    }

    private RuntimeException failure(ChunkTask chunk) {
        Throwable thrown = Futures.thrownBy(chunk);
        int first = chunk.first;
        int last = first + chunk.size - 1;
        if (thrown instanceof Outcomes.ItemFailure item) {
            first += item.item();
            last = first;
            thrown = item.getCause();
        }
        String what = "map of " + Functions.describe(function) + " at "
                + (first == last ? "item " + first : "one of the items " + first + " to " + last) + " of "
                + firsts.size();
        thrown.addSuppressed(new FailedItemException(what, first, last));
        return Thrown.here(thrown, what);
    }

    /** Some of the items, on their way; tells the driver when they end, without a stage that would need a thread. */
    private final class ChunkTask extends PoolTask<Object> {
        private final int first;
        private final int size;

        ChunkTask(int first, int size, int payloadBytes) {
            super(pool, function, payloadBytes);
            this.first = first;
            this.size = size;
        }

        @Override
        boolean isPart() {
            return true;
        }

        /** It has succeeded: its results, as {@link #encode} sent the items. */
        @SuppressWarnings("unchecked")
        void addTo(List<R> results) {
            Object result = getNow(null);
            if (size == 1) {
                results.add((R) result);
            } else {
                results.addAll((List<R>) result);
            }
        }

        @Override
        public boolean complete(Object results) {
            boolean completed = super.complete(results);
            ended();
            return completed;
        }

        @Override
        public boolean completeExceptionally(Throwable thrown) {
            boolean completed = super.completeExceptionally(thrown);
            ended();
            return completed;
        }

        /** Short, and any thread. It is done before {@link #awaited} is read, and the driver looks in the other order. */
        private void ended() {
            if (isCompletedExceptionally()) {
                if (failed == null) {
                    failed = this;
                }
                LockSupport.unpark(driver);
            } else if (awaited == this) {
                LockSupport.unpark(driver);
            }
        }
    }

    /** What {@code mapAsync} gives its caller. */
    private static final class MapFuture<R> extends TaskFuture<List<R>> {
        private final MapJob<R> job;

        MapFuture(MapJob<R> job) {
            this.job = job;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean mine = completeExceptionally(new CancellationException("the map was cancelled"));
            if (mine) {
                job.cancel();
            }
            return mine;
        }
    }
}
