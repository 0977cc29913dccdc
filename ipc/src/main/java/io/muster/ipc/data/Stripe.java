package io.muster.ipc.data;

import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * One stripe of a map as this process sees it: its lock, its words in the header, and the generation that counts. Reading it
 * is {@link StripeReader}'s business, changing it {@link StripeWriter}'s.
 *
 * <p>Thread-safe, but for what says that it is for the lock's holder.
 */
final class Stripe {
    private static final long SLICE_NANOS = Duration.ofMillis(500).toNanos();
    private static final int SLICES_TO_WARNING = 20;

    final MapCore map;
    final int index;
    final StripeHeader header;
    private final RobustLock lock;
    /** What this process has last seen; immutable objects, so a race only costs an attachment. */
    private StripeTable table;

    private StripeSegment former;
    /** The lock's holder is in the middle of a change that is more than one store. */
    private boolean changing;

    Stripe(MapCore map, int index, RobustLock lock) {
        this.map = map;
        this.index = index;
        this.header = new StripeHeader(map.header(), index);
        this.lock = lock;
    }

    /**
     * The generation that CUR names, attached if this process does not know it yet.
     *
     * @return null if there is none, as the stripe is empty
     * @throws ClosedObjectException if the map is closed
     * @throws CorruptSegmentException if its file is not there or was overwritten
     */
    StripeTable current() {
        StripeTable known = table;
        long cur = header.cur();
        return known != null && known.cur == cur ? known : attach(cur);
    }

    private StripeTable attach(long from) {
        long cur = from;
        while (true) {
            if (cur == MapLayout.CLOSED) {
                throw map.closed();
            }
            if (MapLayout.file(cur) == 0) {
                table = null;
                former = null;
                return null;
            }
            StripeTable attached = tryAttach(cur);
            if (attached != null) {
                return attached;
            }
            cur = header.cur();
        }
    }

    /** Null if CUR has changed meanwhile. */
    private StripeTable tryAttach(long cur) {
        try {
            StripeTable before = table;
            StripeTable attached = StripeTable.over(cur, segment(MapLayout.file(cur), before));
            if (header.cur() != cur) {
                return null;
            }
            remember(attached, before);
            return attached;
        } catch (SegmentException e) {
            if (header.cur() != cur) {
                return null;
            }
            throw e;
        }
    }

    private StripeSegment segment(int file, StripeTable before) {
        if (before != null && before.segment.file() == file) {
            return before.segment;
        }
        StripeSegment other = former;
        return other != null && other.file() == file ? other : map.files().openSegment(index, file);
    }

    /** Keeps the former segment mapped only if it may be used again: else its memory would not be given back. */
    private void remember(StripeTable attached, StripeTable before) {
        StripeSegment other =
                before != null && before.segment.file() != attached.segment.file() ? before.segment : former;
        former = other != null && other.file() == header.spare() ? other : null;
        table = attached;
    }

    /** By the lock's holder, for a generation that it has just published. */
    void setCurrent(StripeTable published) {
        if (published == null) {
            table = null;
            former = null;
        } else {
            remember(published, table);
        }
    }

    /**
     * By the lock's holder: makes another generation the one that counts.
     *
     * @throws ClosedObjectException if the map was closed meanwhile; then nothing was changed
     */
    void publishCur(long expected, long update) {
        if (!header.replaceCur(expected, update)) {
            throw map.closed();
        }
    }

    /** By the lock's holder: the segment kept to rebuild into, or null if there is none. */
    StripeSegment spare() {
        int file = header.spare();
        return file == 0 ? null : segment(file, table);
    }

    /**
     * Takes the stripe's lock, however long it takes, and repairs what a dead owner left. An interrupt only leaves its flag.
     *
     * @throws ClosedObjectException if the map is closed
     */
    void lock() {
        if (!lock.tryAcquireFree()) {
            slowLock();
        }
        enter();
    }

    /**
     * The same if nobody has it.
     *
     * @throws ClosedObjectException if the map is closed
     */
    boolean tryLock() {
        boolean locked = lock.tryAcquireFree();
        if (locked) {
            enter();
        }
        return locked;
    }

    private void enter() {
        lock.noteThread(Thread.currentThread().getId());
        boolean entered = false;
        try {
            if (header.cur() == MapLayout.CLOSED) {
                throw map.closed();
            }
            if (lock.isAbandoned()) {
                changing = true;
                repair();
                changing = false;
            }
            entered = true;
        } finally {
            if (!entered) {
                unlock();
            }
        }
    }

    private void repair() {
        try {
            StripeRepair.repair(this);
        } catch (IndexOutOfBoundsException e) {
            throw damaged(e);
        }
    }

    private void slowLock() {
        for (int slices = 1; !lock.acquireUninterruptibly(Deadline.afterNanos(SLICE_NANOS)); slices++) {
            if (header.cur() == MapLayout.CLOSED) {
                throw map.closed();
            }
            if (slices % SLICES_TO_WARNING == 0) {
                System.getLogger(Stripe.class.getName())
                        .log(
                                Level.WARNING,
                                "waiting for " + slices * SLICE_NANOS / 1_000_000_000 + " s to change " + map
                                        + ": its stripe " + index + " is " + lock
                                        + ". If that process is stopped or its function never ends, end it: the map goes"
                                        + " on.");
            }
        }
    }

    /** Whether it was taken within that time; nothing is repaired, a closed map is no error. For closing. */
    boolean lockToClose(Deadline deadline) {
        try {
            return lock.acquireUninterruptibly(deadline);
        } catch (ClosedObjectException e) {
            return false;
        }
    }

    void closeLock() {
        lock.close();
    }

    void unlock() {
        if (changing) {
            changing = false;
            lock.releaseAbandoned();
        } else {
            lock.release();
        }
    }

    /** By the lock's holder, who found an offset that leads nowhere: the next one shall look at everything. */
    CorruptSegmentException damaged(IndexOutOfBoundsException found) {
        changing = true;
        return new CorruptSegmentException(this + ": the file was overwritten by somebody (" + found + ")");
    }

    /** From here until {@link #endChange} an exception leaves the stripe to be repaired by the next one. */
    void beginChange() {
        changing = true;
    }

    void endChange() {
        changing = false;
    }

    /** Whether somebody who held the lock has died, so that the index may be wrong; takes some 30 us if it is held. */
    boolean isIndexDoubtful() {
        long owner = lock.owner();
        if (owner == PartyId.NOBODY || owner == PartyId.CLOSED) {
            return lock.isAbandoned();
        }
        return map.isDead(owner);
    }

    @Override
    public String toString() {
        return "stripe " + index + " of " + map + ", " + lock;
    }
}
