package io.muster.ipc.channel;

import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The reading side of one direction. Fields that are not volatile belong to the read lock.
 *
 * <p>A message is received by one store, which moves HEAD over it; one in pieces by the store for its first piece: from then on
 * it is this process's, which keeps what has come of it until the rest has.
 */
final class PipeReader {
    private static final long NONE = -1;
    /** Has expired: do not wait. */
    private static final Deadline NOW = Deadline.afterNanos(0);

    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final PipeCore core;
    private final Memory memory;
    private final long base;
    private final long ring;
    private final int ringBytes;
    private final RobustLock lock;
    private final Waiter waiter;
    private final StreamGuess guess = new StreamGuess();
    /** What has come of a message in pieces. */
    private PipePieces partial;
    /** A message in pieces that is complete, and was looked for but not yet received. */
    private volatile PipePieces complete;

    // The message that was found.
    private PipePieces gathered;
    private long foundAt;
    private int foundBytes;

    private ByteBuffer wholeRing;
    /** HEAD stood here, and another process will go on with the message there. */
    private volatile long busyAt = NONE;

    private volatile int writersAliveAt;
    private volatile Thread viewer;

    PipeReader(PipeCore core, RobustLock lock) {
        this.core = core;
        this.memory = core.memory;
        this.base = core.base;
        this.ring = core.ring;
        this.ringBytes = core.ringBytes;
        this.lock = lock;
        this.waiter = core.newWaiter(PipeLayout.READERS_WAIT, this::judgeWriters, PipeLayout.RECEIVE_BLOCKED, 1);
        this.writersAliveAt = core.stamp() - 1;
    }

    // Finding a message

    /**
     * Waits for a message and returns with the lock held, so that {@link #length}, {@link #copy} and {@link #view} tell of it until
     * {@link #take}.
     *
     * @return false if the time was over before; then the lock is not held
     */
    boolean find(EndUse end, Deadline deadline) throws IOException, InterruptedException {
        return find(end, deadline, null);
    }

    /** @param target where a message in pieces goes at once, if it fits in; or null. If none is found its content is undefined */
    boolean find(EndUse end, Deadline deadline, ByteBuffer target) throws IOException, InterruptedException {
        checkViewer();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (true) {
            if (!mayHaveMessage() && !awaitMessage(end, deadline)) {
                return false;
            }
            if (!lock.acquire(deadline)) {
                return false;
            }
            boolean found = false;
            try {
                checkOpen(end);
                found = findLocked(end, deadline, target);
                if (!found && deadline.isExpired()) {
                    return false;
                }
            } finally {
                if (!found) {
                    lock.release();
                }
            }
            if (found) {
                return true;
            }
        }
    }

    /** The same without waiting, not even for the rest of a message in pieces. */
    boolean tryFind(EndUse end) throws IOException {
        checkViewer();
        checkOpen(end);
        if (!mayHaveMessage()) {
            failIfEnded();
            return false;
        }
        if (!lock.tryAcquire()) {
            return false;
        }
        boolean found = false;
        try {
            found = findLocked(end, NOW, null);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible); // Nothing is waited for.
        } finally {
            if (!found) {
                lock.release();
            }
        }
        return found;
    }

    private boolean findLocked(EndUse end, Deadline deadline, ByteBuffer target)
            throws IOException, InterruptedException {
        gathered = complete;
        if (gathered != null) {
            foundBytes = gathered.length();
            return true;
        }
        long at = next();
        if (at == NONE) {
            return false;
        }
        long header = header(at);
        if (PipeLayout.kind(header) == PipeLayout.WHOLE) {
            gathered = null;
            foundAt = at;
            foundBytes = PipeLayout.length(header);
            return true;
        }
        try {
            gathered = gather(at, end, deadline, target);
        } finally {
            if (partial != null) {
                partial.keep();
            }
        }
        foundBytes = gathered == null ? 0 : gathered.length();
        return gathered != null;
    }

    private void checkViewer() {
        if (viewer == Thread.currentThread()) {
            throw new IllegalStateException("this thread looks at a message in " + core + ": close the view first, or"
                    + " return from the handler");
        }
    }

    private void checkOpen(EndUse end) {
        if (end != null && end.isClosed()) {
            throw core.closed();
        }
    }

    private void failIfEnded() throws EOFException {
        if (isEnded()) {
            throw new EOFException("nothing more will come from pipe " + core
                    + ": all who could send have closed their ends or died, and what they had sent was received");
        }
    }

    /** 0: there is no record yet. */
    private long header(long position) {
        return memory.getLongAcquire(address(position));
    }

    private long address(long position) {
        return ring + (position & ringBytes - Long.BYTES);
    }

    private long head() {
        return memory.getLongVolatile(base + PipeLayout.HEAD);
    }

    /** Also without the lock. */
    boolean isEmpty() {
        long head;
        boolean empty;
        do {
            head = head();
            empty = header(head) == 0;
        } while (head != head());
        return empty;
    }

    /** Without the lock: whether it is worth to look. What stands at HEAD may be anything if that has just moved. */
    private boolean mayHaveMessage() {
        long head = head();
        return header(head) != 0 && head != busyAt || complete != null;
    }

    /** The same for more than one record. */
    private boolean seemsToHaveSeveral() {
        long head = head();
        long header = header(head);
        int length = PipeLayout.length(header);
        return header != 0 && length >= 0 && length <= ringBytes && header(head + PipeLayout.recordBytes(length)) != 0;
    }

    /** What a receiver waits for: then it is worth to look again. */
    boolean mayGoOn() {
        guess.noteLook();
        return mayHaveMessage() || core.stamp() != writersAliveAt || core.isEnded();
    }

    /** Position of the record to deal with next: WHOLE, FIRST, or more of the message that this process has begun. */
    private long next() {
        long head = memory.getLongAcquire(base + PipeLayout.HEAD);
        while (true) {
            long header = header(head);
            if (header == 0) {
                return NONE;
            }
            long end = core.checkedEnd(head, header);
            switch (PipeLayout.kind(header)) {
                case PipeLayout.WHOLE:
                    partial = null;
                    return head;
                case PipeLayout.FIRST:
                    partial = null;
                    long aborted = endOfAborted(end);
                    if (aborted == NONE) {
                        return head;
                    }
                    publish(aborted);
                    end = aborted;
                    break;
                case PipeLayout.PAD:
                    break;
                case PipeLayout.ABORT:
                    partial = null;
                    publish(end);
                    break;
                default:
                    long taker = memory.getLong(base + PipeLayout.TAKER);
                    if (taker == core.self() && partial != null) {
                        return head;
                    }
                    if (taker != core.self() && !core.isReaderGone(taker)) {
                        busyAt = head;
                        return NONE;
                    }
                    publish(end);
            }
            head = end;
        }
    }

    /** Where the ABORT ends, if that is there already for a message whose first piece ended at {@code from}. */
    private long endOfAborted(long from) {
        long at = from;
        for (long header = header(at); header != 0; header = header(at)) {
            long end = core.checkedEnd(at, header);
            if (PipeLayout.kind(header) == PipeLayout.ABORT) {
                return end;
            }
            if (PipeLayout.kind(header) == PipeLayout.LAST) {
                return NONE;
            }
            at = end;
        }
        return NONE;
    }

    private void publish(long head) {
        memory.putLongRelease(base + PipeLayout.HEAD, head);
    }

    // Messages in pieces

    /** Null if the time was over, or its sender did not complete it: then whatever comes next is to be found. */
    private PipePieces gather(long first, EndUse end, Deadline deadline, ByteBuffer target)
            throws IOException, InterruptedException {
        long at = first;
        while (true) {
            boolean last = takePiece(at, target);
            core.space.wake(Integer.MAX_VALUE);
            if (last) {
                return whole();
            }
            at = next();
            while (at == NONE && partial != null) {
                if (!awaitPiece(end, deadline)) {
                    return null;
                }
                at = next();
            }
            if (partial == null) {
                return null;
            }
        }
    }

    private boolean takePiece(long at, ByteBuffer target) {
        long header = header(at);
        int kind = PipeLayout.kind(header);
        int length = PipeLayout.length(header);
        long from = address(at) + PipeLayout.HEADER;
        if (kind == PipeLayout.FIRST) {
            partial = new PipePieces(checkedTotal(memory.getLong(from)), target);
            from += PipeLayout.TOTAL;
            length -= PipeLayout.TOTAL;
            memory.putLong(base + PipeLayout.TAKER, core.self());
        }
        if (length < 0 || length > partial.missing()) {
            throw new CorruptSegmentException("pipe " + core + ": a piece of " + length + " bytes, where "
                    + partial.missing() + " are missing; it was overwritten by somebody");
        }
        partial.add(memory, from, length);
        publish(at + PipeLayout.recordBytes(PipeLayout.length(header)));
        return kind == PipeLayout.LAST;
    }

    private int checkedTotal(long total) {
        if (total < 0 || total > LARGEST_ARRAY) {
            throw new CorruptSegmentException(
                    "pipe " + core + ": a message of " + total + " bytes; it was overwritten by somebody");
        }
        return (int) total;
    }

    private PipePieces whole() {
        PipePieces message = partial;
        partial = null;
        if (message.missing() != 0) {
            throw new CorruptSegmentException("pipe " + core + ": " + message.missing() + " bytes of a message of "
                    + message.length() + " are missing at its end; it was overwritten by somebody");
        }
        return message;
    }

    // Waiting

    /** False if the time was over. */
    private boolean awaitMessage(EndUse end, Deadline deadline) throws IOException, InterruptedException {
        while (true) {
            checkOpen(end);
            if (mayHaveMessage()) {
                return true;
            }
            failIfEnded();
            if (!awaitMore(end, deadline)) {
                return mayHaveMessage();
            }
        }
    }

    /** Returns when it is worth to look again; false if the time was over. */
    private boolean awaitMore(EndUse end, Deadline deadline) throws InterruptedException {
        if (guess.isStream()) {
            guess.letSomeCome();
            guess.noteWhetherSeveralCame(seemsToHaveSeveral());
            return true;
        }
        return await(end, deadline);
    }

    private boolean awaitPiece(EndUse end, Deadline deadline) throws IOException, InterruptedException {
        checkOpen(end);
        if (!isEmpty()) {
            return true;
        }
        isEnded();
        return !isEmpty() || await(end, deadline);
    }

    private boolean await(EndUse end, Deadline deadline) throws InterruptedException {
        if (deadline.isExpired()) {
            return false;
        }
        guess.beginWait();
        boolean came = waiter.await(core.data, end != null ? end.mayGoOn() : this::mayGoOn, deadline);
        guess.endWait(came);
        return came;
    }

    /**
     * Whether there is no message and none will come. Counts the writers only if one may have gone since the last time. If it could not
     * be found out, as somebody else is at the write lock, that one does so behind it or is a writer that tells of its going.
     */
    private boolean isEnded() {
        if (core.isEnded()) {
            return true;
        }
        int stamp = core.stamp();
        if (stamp == writersAliveAt) {
            return false;
        }
        core.out.abortOfTheDead();
        if (core.writers().cells().isAnyHeld()) {
            busyAt = NONE;
            writersAliveAt = stamp;
            return false;
        }
        PipeCore.End end = core.tryEnd();
        if (end == PipeCore.End.REACHED) {
            return true;
        }
        boolean waitsForTaker = end == PipeCore.End.NOT_YET && head() == busyAt;
        busyAt = NONE;
        if (end == PipeCore.End.NOT_SURE || waitsForTaker) {
            writersAliveAt = stamp;
        }
        return false;
    }

    /** The repair hook: publishes deaths that nobody has noticed. */
    void judgeWriters() {
        core.writers().cells().judgeHolders();
        core.out.judgeOwner();
    }

    // What was found; under the lock

    int length() {
        return foundBytes;
    }

    void copy(byte[] target, int offset) {
        if (gathered != null) {
            System.arraycopy(gathered.array(), 0, target, offset, foundBytes);
        } else {
            memory.getBytes(address(foundAt) + PipeLayout.HEADER, target, offset, foundBytes);
        }
    }

    /** There is room. */
    void copy(ByteBuffer target) {
        if (gathered != null) {
            target.put(gathered.array());
        } else {
            int limit = target.limit();
            target.limit(target.position() + foundBytes);
            memory.getBytes(foundAddress(), target);
            target.limit(limit);
        }
    }

    /** Gives messages to a handler, where they lie. */
    int poll(EndUse end, MessageHandler handler, int limit) throws IOException {
        int count = 0;
        guess.beginBatch();
        if (limit <= 0 || !tryFind(end)) {
            return count;
        }
        boolean inPieces = false;
        viewer = Thread.currentThread();
        try {
            do {
                count++;
                inPieces |= gathered != null;
                try {
                    handler.onMessage(view());
                } finally {
                    advance();
                    if (core.space.hasSleepers()) {
                        core.space.wake(Integer.MAX_VALUE);
                    }
                }
            } while (count < limit && findLocked(end, NOW, null));
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible); // Nothing is waited for.
        } finally {
            viewer = null;
            gathered = null;
            leave(inPieces);
        }
        guess.endBatch(count, limit);
        return count;
    }

    /** A message in pieces has an array of its own, unless {@link #isDelivered}; else null. */
    byte[] gathered() {
        return gathered == null ? null : gathered.array();
    }

    /** Whether it lies in the target already that was given to {@link #find}. */
    boolean isDelivered() {
        return gathered != null && gathered.isLent();
    }

    long foundAddress() {
        return address(foundAt) + PipeLayout.HEADER;
    }

    /** The message in place, to be read until {@link #take}. */
    ByteBuffer view() {
        if (gathered != null) {
            return ByteBuffer.wrap(gathered.array()).asReadOnlyBuffer();
        }
        if (wholeRing == null) {
            wholeRing = memory.directSlice(ring, ringBytes).asReadOnlyBuffer();
        }
        int from = (int) foundAt + PipeLayout.HEADER & ringBytes - 1;
        return wholeRing.limit(from + foundBytes).position(from);
    }

    /** Receives it and keeps the lock. */
    void advance() {
        memory.putLong(base + PipeLayout.RECEIVED, memory.getLong(base + PipeLayout.RECEIVED) + 1);
        memory.putLong(base + PipeLayout.RECEIVED_BYTES, memory.getLong(base + PipeLayout.RECEIVED_BYTES) + foundBytes);
        if (gathered != null) {
            complete = null;
        } else {
            publish(foundAt + PipeLayout.recordBytes(foundBytes));
        }
    }

    /** Receives it and gives the lock back. */
    void take() {
        advance();
        boolean inPieces = gathered != null;
        gathered = null;
        leave(inPieces);
    }

    /** Gives the lock back and wakes whom that concerns. */
    void leave(boolean inPieces) {
        lock.release();
        waiter.noteWoke(core.space.wakeAfterCas(Integer.MAX_VALUE));
        if (core.data.hasSleepers() && !isEmpty()) {
            core.data.wakeAfterCas(1);
        }
        if (inPieces) {
            core.changed(); // Others may have waited for this process to go on with it.
        }
    }

    void setViewer(Thread thread) {
        viewer = thread;
    }

    // Looking only

    /**
     * Whether {@link #find} would not wait.
     *
     * @param end null: whoever receives
     */
    boolean isReady(EndUse end) throws IOException {
        checkOpen(end);
        if (!mayHaveMessage()) {
            return isEnded();
        }
        long head = head();
        if (complete != null || PipeLayout.kind(header(head)) == PipeLayout.WHOLE && head() == head) {
            return true;
        }
        return hasMessage(end) || !mayHaveMessage() && isEnded();
    }

    /** Of a message in pieces, what is there already is taken out of the ring: all of it may not fit in. */
    private boolean hasMessage(EndUse end) throws IOException {
        if (!lock.tryAcquire()) {
            return false;
        }
        boolean has = false;
        try {
            has = findLocked(end, NOW, null);
            complete = gathered;
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible); // Nothing is waited for.
        } finally {
            gathered = null;
            leave(false);
        }
        return has;
    }

    boolean awaitReady(EndUse end, Deadline deadline) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        while (!isReady(end)) {
            if (!mayHaveMessage()) {
                if (!awaitMore(end, deadline)) {
                    return isReady(end);
                }
            } else if (deadline.isExpired()) {
                return false;
            } else if (lock.acquire(deadline)) {
                leave(false); // Somebody else was at it.
            }
        }
        return true;
    }
}
