package io.muster.ipc.journal;

/**
 * The entries of a work queue that nobody was given yet, and each other by its index. Thread-safe.
 *
 * <p>A reader keeps the file mapped in which it stands, and so its bytes on the disk: those of a consumer that gets nothing for
 * long let go of a file that was deleted.
 */
final class NewEntries implements AutoCloseable {
    private static final long NOWHERE = Long.MIN_VALUE;

    private final JournalHome home;
    private final ClaimTable claims;
    /** Used under the claims' lock; guarded by itself, too. */
    private final LogReader taker;

    private long takerAt = NOWHERE;
    /** Looks without any lock of other processes; guarded by itself. */
    private final LogReader looker;

    private long lookerAt = NOWHERE;
    /** Guarded by itself. */
    private final LogReader fetcher;

    private volatile int oldestCycle = Integer.MIN_VALUE;

    NewEntries(JournalHome home, ClaimTable claims) {
        this.home = home;
        this.claims = claims;
        this.taker = home.entries().reader();
        this.looker = home.entries().reader();
        this.fetcher = home.entries().reader();
    }

    /** Whether somebody could be given one: a guess, which errs only for moments. */
    boolean areThere() {
        letGoOfDeleted();
        synchronized (looker) {
            long cursor = claims.cursor();
            if (cursor != lookerAt) {
                looker.behind(cursor);
                lookerAt = cursor;
            }
            return looker.hasNext();
        }
    }

    private void letGoOfDeleted() {
        int oldest = home.entries().oldestCycle();
        if (oldest == oldestCycle) {
            return;
        }
        oldestCycle = oldest;
        synchronized (taker) {
            takerAt = letGo(taker, takerAt, oldest);
        }
        synchronized (looker) {
            lookerAt = letGo(looker, lookerAt, oldest);
        }
        synchronized (fetcher) {
            fetcher.toStart();
        }
        home.entries().letGoOfDeleted();
    }

    private long letGo(LogReader reader, long at, int oldest) {
        if (at >= 0 && home.entries().cycleOf(at) >= oldest) {
            return at;
        }
        reader.toStart();
        return NOWHERE;
    }

    /** Gives the next one to this process; null if there is none. Under the claims' lock. */
    WorkQueueHandle.Taken hold(long due) {
        synchronized (taker) {
            return next(due);
        }
    }

    private WorkQueueHandle.Taken next(long due) {
        while (true) {
            long cursor = claims.cursor();
            if (cursor != takerAt) {
                taker.behind(cursor);
                takerAt = cursor;
            }
            Entry entry = taker.next();
            if (entry == null) {
                return null;
            }
            takerAt = entry.index();
            if (entry.ready() > home.now()) {
                claims.begin(entry.index(), false, entry.ready());
            } else {
                return new WorkQueueHandle.Taken(claims.begin(entry.index(), true, due), entry);
            }
        }
    }

    /** The entry of that index; null if its file is gone. */
    Entry read(long index) {
        synchronized (fetcher) {
            return fetcher.seek(index) ? fetcher.next() : null;
        }
    }

    @Override
    public void close() {
        synchronized (looker) {
            looker.close();
        }
        synchronized (fetcher) {
            fetcher.close();
        }
        taker.close();
    }
}
