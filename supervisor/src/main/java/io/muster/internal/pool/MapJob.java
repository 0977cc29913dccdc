package io.muster.internal.pool;

import io.muster.FailedItemException;
import io.muster.TaskFuture;
import io.muster.ipc.codec.CodecOutput;
import java.util.ArrayDeque;
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
    private final ArrayDeque<Chunk<R>> inFlight = new ArrayDeque<>();
    private int next;
    private long bytesInFlight;
    private int largestChunk = Integer.MAX_VALUE;
    private volatile Thread driver;
    private volatile Chunk<R> failed;
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
                Chunk<R> oldest = awaitOldest();
                results.addAll(oldest.future.getNow(null));
                inFlight.poll();
                bytesInFlight -= oldest.bytes;
            }
            return results;
        } finally {
            for (Chunk<R> chunk : inFlight) {
                chunk.future.cancel(cancelled || interrupted);
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
        var chunk = new Chunk<R>(next, size);
        CodecOutput encoded = pool.encodeChunk(
                function,
                new ArrayList<>(firsts.subList(next, next + size)),
                seconds == null ? null : new ArrayList<>(seconds.subList(next, next + size)));
        chunk.bytes = encoded.position();
        chunk.future = new ChunkTask(chunk, chunk.bytes);
        pool.submit(chunk.future, encoded);
        if (chunk.bytes > CHUNK_BYTES && size > 1) {
            largestChunk = Math.max(1, (int) ((long) size * CHUNK_BYTES / chunk.bytes));
        }
        next += size;
        bytesInFlight += chunk.bytes;
        inFlight.add(chunk);
    }

    private int guidedChunk(int left) {
        int share = left / (CHUNKS_AHEAD * pool.size());
        int smallest = firsts.size() / (SMALLEST_PART * pool.size());
        return Math.min(largestChunk, Math.max(1, Math.max(share, smallest)));
    }

    private Chunk<R> awaitOldest() throws InterruptedException {
        Chunk<R> oldest = inFlight.peek();
        while (true) {
            if (cancelled) {
                throw new CancellationException("map of " + Functions.describe(function) + " was cancelled");
            }
            if (failed != null) {
                throw failure(failed);
            }
            if (oldest != null && oldest.future.isDone()) {
                return oldest;
            }
            if (Thread.interrupted()) {
                interrupted = true; // the clean-up then stops what runs
                throw new InterruptedException("interrupted in map of " + Functions.describe(function));
            }
            LockSupport.park(this);
        }
    }

    private RuntimeException failure(Chunk<R> chunk) {
        Throwable thrown = Futures.thrownBy(chunk.future);
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

    /** Called by whoever completes a chunk; short, and any thread. */
    private void ended(Chunk<R> chunk, PoolTask<List<R>> future) {
        if (failed == null && future.isCompletedExceptionally()) {
            chunk.future = future;
            failed = chunk;
        }
        LockSupport.unpark(driver);
    }

    /** The future of a chunk: tells the driver when it ends, without a stage that would need a thread. */
    private final class ChunkTask extends PoolTask<List<R>> {
        private final Chunk<R> chunk;

        ChunkTask(Chunk<R> chunk, int payloadBytes) {
            super(pool, function, payloadBytes);
            this.chunk = chunk;
        }

        @Override
        boolean isPart() {
            return true;
        }

        @Override
        public boolean complete(List<R> results) {
            boolean completed = super.complete(results);
            ended(chunk, this);
            return completed;
        }

        @Override
        public boolean completeExceptionally(Throwable thrown) {
            boolean completed = super.completeExceptionally(thrown);
            ended(chunk, this);
            return completed;
        }
    }

    /** Some of the items, on their way. */
    static final class Chunk<R> {
        private final int first;
        private final int size;
        private int bytes;
        private volatile PoolTask<List<R>> future;

        private Chunk(int first, int size) {
            this.first = first;
            this.size = size;
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
