package io.muster.ipc.channel;

import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * The writing side of one direction. Fields that are not volatile belong to the write lock.
 *
 * <p>A message is written behind the last one, where nobody looks, and its header last, by one store: that publishes it. So nothing
 * has to be undone for a writer that was killed, but a message in pieces that it had begun.
 */
final class PipeWriter {
    /** Each look at HEAD takes its line from the reader, who is to make room meanwhile: for many messages, not for one. */
    private static final int PAUSES_BETWEEN_LOOKS = 100;

    /**
     * Where HEAD is, is looked at when the ring may be fuller than it ever was, and not before it may be so full, as that takes a
     * cache line from the reader. So what HIGH_WATER says below that is seen now and then only, but for the first messages.
     */
    private static final int LOW_WATER = 16;

    private static final int LOOKS_FOR_LOW_WATER = 64;

    private final PipeCore core;
    private final Memory memory;
    private final long base;
    private final long ring;
    private final int ringBytes;
    private final int mostInRecord;
    private final RobustLock lock;
    private final Waiter waiter;
    private final AtomicReference<Room> spareRoom = new AtomicReference<>();
    /** HEAD is there at least. */
    private long headSeen;
    /** Up to so many bytes behind {@link #headSeen} need no look at where it is by now. */
    private long looksFrom;

    private int looks;
    /** Position of the claimed record, the bytes of a PAD before it, and where it ends. */
    private long claimAt;

    private int claimPad;
    private long claimEnd;

    private volatile int readersAliveAt;
    private volatile Thread claimer;
    private volatile Claim claimed;

    PipeWriter(PipeCore core, RobustLock lock) {
        this.core = core;
        this.memory = core.memory;
        this.base = core.base;
        this.ring = core.ring;
        this.ringBytes = core.ringBytes;
        this.mostInRecord = PipeLayout.mostInRecord(ringBytes);
        this.lock = lock;
        this.waiter = core.newWaiter(
                PipeLayout.WRITERS_WAIT, this::judgeReaders, PipeLayout.SEND_BLOCKED, PAUSES_BETWEEN_LOOKS);
        this.readersAliveAt = core.stamp() - 1;
    }

    int mostInRecord() {
        return mostInRecord;
    }

    // Sending

    /**
     * Sends bytes of an array, or if that is null of a buffer, whose position and limit it changes.
     *
     * @return false if the time was over before there was room
     */
    boolean send(EndUse end, byte[] array, ByteBuffer buffer, int from, int length, Deadline deadline)
            throws IOException, InterruptedException {
        boolean whole = length <= mostInRecord;
        int need = PipeLayout.recordBytes(whole ? length : mostInRecord);
        checkClaimer();
        while (lock.acquire(deadline)) {
            boolean sent = false;
            boolean gaveUp = false;
            boolean inOrder = false;
            try {
                checkMaySend(end);
                if (whole) {
                    sent = putRecord(PipeLayout.WHOLE, array, buffer, from, length);
                } else if (claim(need)) {
                    sent = stream(end, array, buffer, from, length, deadline);
                    gaveUp = !sent;
                }
                if (sent) {
                    count(length);
                }
                inOrder = true;
            } finally {
                leave(inOrder);
            }
            if (sent) {
                tellReaders();
                return true;
            }
            if (gaveUp || !awaitRoom(end, need, deadline)) {
                return false;
            }
        }
        return false;
    }

    /** Sends it if there is room for all of it and no other is at it. */
    boolean offer(EndUse end, byte[] array, ByteBuffer buffer, int from, int length) throws IOException {
        if (length > ringBytes / 2) {
            throw new IllegalArgumentException("a message of " + length + " bytes can only be offered to a pipe of "
                    + 2L * length + " bytes or more, this one has " + ringBytes + "; use send");
        }
        checkClaimer();
        if (!lock.tryAcquire()) {
            return false;
        }
        boolean sent = false;
        boolean inOrder = false;
        try {
            checkMaySend(end);
            if (length <= mostInRecord) {
                sent = putRecord(PipeLayout.WHOLE, array, buffer, from, length);
            } else if (hasRoomForPieces(length) && claim(PipeLayout.recordBytes(mostInRecord))) {
                sent = stream(end, array, buffer, from, length, Deadline.never());
            }
            if (sent) {
                count(length);
            }
            inOrder = true;
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible); // There is room, so nothing is waited for.
        } finally {
            leave(inOrder);
        }
        if (sent) {
            tellReaders();
        }
        return sent;
    }

    private boolean hasRoomForPieces(int length) {
        int pieces = length / mostInRecord + 2;
        int most = length + pieces * (PipeLayout.HEADER + Long.BYTES) + PipeLayout.TOTAL + ringBytes / 4;
        headSeen = memory.getLongAcquire(base + PipeLayout.HEAD);
        return PipeLayout.position(tail()) + most + PipeLayout.RESERVE - headSeen <= ringBytes;
    }

    private void checkClaimer() {
        if (claimer == Thread.currentThread()) {
            throw new IllegalStateException("this thread has claimed room in " + core + ": commit or abort that first");
        }
    }

    /** Under the lock. */
    private void checkMaySend(EndUse end) throws BrokenPipeException {
        if (end.isClosed() || !core.writers().isHeld()) {
            throw core.closed();
        }
        repair();
        if (core.stamp() != readersAliveAt) {
            countReaders();
        }
    }

    private void countReaders() throws BrokenPipeException {
        int stamp = core.stamp();
        if (!core.readers().cells().isAnyHeld() && core.tryBreak()) {
            throw new BrokenPipeException("nobody can receive from pipe " + core
                    + " any more: all who could have closed their ends or died; the message was not sent");
        }
        if (core.readers().cells().isAnyHeld()) {
            readersAliveAt = stamp; // else it could not be found out: look again
        }
    }

    /** After the lock was released, by CAS. */
    private void tellReaders() {
        waiter.noteWoke(core.data.wakeAfterCas(1));
        core.watchers().ringAfterCas();
    }

    private void tellOfPiece() {
        core.data.wake(1);
        core.watchers().ringAfterCas();
    }

    /** @param inOrder if not, TAIL may not stand where the records end: the next one follows them */
    private void leave(boolean inOrder) {
        boolean stays = core.writers().isHeld();
        if (inOrder) {
            lock.release();
        } else {
            lock.releaseAbandoned();
        }
        if (!stays) {
            core.changed(); // Readers that were not sure whether this was the end look again.
        }
    }

    private void count(int length) {
        memory.putLong(base + PipeLayout.SENT, memory.getLong(base + PipeLayout.SENT) + 1);
        memory.putLong(base + PipeLayout.SENT_BYTES, memory.getLong(base + PipeLayout.SENT_BYTES) + length);
    }

    // Records; under the lock

    private long tail() {
        return memory.getLong(base + PipeLayout.TAIL);
    }

    /** Sets aside room for a new record of so many bytes, behind a PAD where it would wrap; false if there is none. */
    private boolean claim(int bytes) {
        long tail = PipeLayout.position(tail());
        int untilEnd = ringBytes - ((int) tail & ringBytes - 1);
        int pad = bytes > untilEnd ? untilEnd : 0;
        long end = tail + pad + bytes;
        if (end - headSeen > looksFrom && !lookForRoom(end)) {
            return false;
        }
        claimAt = tail + pad;
        claimPad = pad;
        claimEnd = end;
        return true;
    }

    private boolean lookForRoom(long end) {
        headSeen = memory.getLongAcquire(base + PipeLayout.HEAD);
        if (!hasRoomUntil(end, headSeen)) {
            return false;
        }
        long high = memory.getLong(base + PipeLayout.HIGH_WATER);
        long depth = end - headSeen;
        if (depth > high) {
            high = depth;
            memory.putLong(base + PipeLayout.HIGH_WATER, high);
        }
        boolean exactly = looks < LOOKS_FOR_LOW_WATER;
        looks += exactly ? 1 : 0;
        looksFrom = Math.min(exactly ? high : Math.max(high, ringBytes / LOW_WATER), ringBytes - PipeLayout.RESERVE);
        return true;
    }

    private boolean hasRoomUntil(long end, long head) {
        return end + PipeLayout.RESERVE - head <= ringBytes;
    }

    private long address(long position) {
        return ring + (position & ringBytes - 1);
    }

    private boolean putRecord(int kind, byte[] array, ByteBuffer buffer, int from, int length) {
        if (!claim(PipeLayout.recordBytes(length))) {
            return false;
        }
        copy(array, buffer, from, length, address(claimAt) + PipeLayout.HEADER);
        publish(kind, length);
        return true;
    }

    private void copy(byte[] array, ByteBuffer buffer, int from, int length, long to) {
        if (array != null) {
            memory.putBytes(to, array, from, length);
        } else {
            buffer.limit(from + length).position(from);
            memory.putBytes(to, buffer);
        }
    }

    /** The claimed record, whose bytes are there. */
    private void publish(int kind, int length) {
        long header = PipeLayout.header(kind, length);
        memory.putLong(address(claimEnd), 0);
        if (claimPad == 0) {
            memory.putLongRelease(address(claimAt), header);
        } else {
            memory.putLong(address(claimAt), header);
            memory.putLongRelease(
                    address(claimAt - claimPad), PipeLayout.header(PipeLayout.PAD, claimPad - PipeLayout.HEADER));
        }
        setTail(claimEnd, PipeLayout.isOpenAfter(kind));
    }

    private void setTail(long position, boolean open) {
        memory.putLong(base + PipeLayout.TAIL, open ? position | PipeLayout.STREAMING : position);
    }

    /** Sets right what a writer left that died or failed; then ends a message in pieces that will not be completed. */
    private void repair() {
        if (lock.isAbandoned()) {
            followRecords();
        }
        long tail = tail();
        if ((tail & PipeLayout.STREAMING) != 0) {
            long position = PipeLayout.position(tail);
            long end = position + PipeLayout.HEADER;
            memory.putLong(address(end), 0);
            memory.putLongRelease(address(position), PipeLayout.header(PipeLayout.ABORT, 0));
            setTail(end, false);
        }
    }

    private void followRecords() {
        long tail = tail();
        long at = PipeLayout.position(tail);
        boolean open = (tail & PipeLayout.STREAMING) != 0;
        long header = memory.getLongAcquire(address(at));
        while (header != 0) {
            int kind = PipeLayout.kind(header);
            at = core.checkedEnd(at, header);
            open = kind == PipeLayout.PAD ? open : PipeLayout.isOpenAfter(kind);
            header = memory.getLongAcquire(address(at));
        }
        setTail(at, open);
    }

    /** Room for the first piece is claimed; false if the time was over before the others had. */
    private boolean stream(EndUse end, byte[] array, ByteBuffer buffer, int from, int length, Deadline deadline)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            int sent = putFirst(array, buffer, from, length);
            while (sent < length) {
                tellOfPiece();
                int piece = Math.min(mostInRecord, length - sent);
                int kind = sent + piece == length ? PipeLayout.LAST : PipeLayout.MIDDLE;
                if (putRecord(kind, array, buffer, from + sent, piece)) {
                    sent += piece;
                } else if (!awaitRoom(end, PipeLayout.recordBytes(piece), deadline)) {
                    return false;
                } else {
                    checkStillMaySend(end);
                }
            }
            done = true;
            return true;
        } finally {
            if (!done) {
                repair();
                tellOfPiece();
            }
        }
    }

    private int putFirst(byte[] array, ByteBuffer buffer, int from, int length) {
        int piece = mostInRecord - PipeLayout.TOTAL;
        long at = address(claimAt) + PipeLayout.HEADER;
        memory.putLong(at, length);
        copy(array, buffer, from, piece, at + PipeLayout.TOTAL);
        publish(PipeLayout.FIRST, mostInRecord);
        return piece;
    }

    private void checkStillMaySend(EndUse end) throws BrokenPipeException {
        if (end.isClosed()) {
            throw core.closed();
        }
        if (core.stamp() != readersAliveAt) {
            countReaders();
        }
    }

    // Waiting for room

    /** What one thread waits for; kept for the next one, so that a wait makes no garbage. */
    private final class Room implements BooleanSupplier {
        private int need;
        private EndUse end;

        @Override
        public boolean getAsBoolean() {
            long head = memory.getLongVolatile(base + PipeLayout.HEAD);
            long tail = PipeLayout.position(memory.getLongVolatile(base + PipeLayout.TAIL));
            int untilEnd = ringBytes - ((int) tail & ringBytes - 1);
            long until = tail + (need > untilEnd ? untilEnd : 0) + need;
            return hasRoomUntil(until, head) || core.stamp() != readersAliveAt || end.isClosed();
        }
    }

    private boolean awaitRoom(EndUse end, int need, Deadline deadline) throws InterruptedException {
        if (deadline.isExpired()) {
            return false;
        }
        Room room = spareRoom.getAndSet(null);
        if (room == null) {
            room = new Room();
        }
        room.need = need;
        room.end = end;
        try {
            return waiter.await(core.space, room, deadline);
        } finally {
            room.end = null;
            spareRoom.set(room);
        }
    }

    /** The repair hook: publishes deaths that nobody has noticed. */
    private void judgeReaders() {
        PartyCells readers = core.readers().cells();
        readers.judgeHolders();
    }

    // For readers

    /** By a reader that waits for more: ends a message in pieces whose sender has died. */
    void abortOfTheDead() {
        if (tryEnterToRepair()) {
            leaveRepaired();
        }
    }

    /** Takes the lock if it is free or of a dead owner, and leaves no message open. */
    boolean tryEnterToRepair() {
        if (!lock.tryAcquire()) {
            return false;
        }
        repair();
        return true;
    }

    void leaveRepaired() {
        lock.release();
        core.data.wakeAfterCas(1);
        core.watchers().ringAfterCas();
    }

    /** For repair hooks of readers. */
    void judgeOwner() {
        long owner = lock.owner();
        if (owner != PartyId.NOBODY && owner != PartyId.CLOSED && owner != core.self()) {
            core.isDeadByWitnesses(owner);
        }
    }

    // Claims

    MessageClaim tryClaim(EndUse end, int length) throws IOException {
        if (length < 0 || length > mostInRecord) {
            throw new IllegalArgumentException("length=" + length + ": a claim in a pipe of " + ringBytes
                    + " bytes may have 0 to " + mostInRecord + " bytes");
        }
        checkClaimer();
        if (!lock.tryAcquire()) {
            return null;
        }
        boolean hasRoom = false;
        boolean inOrder = false;
        try {
            checkMaySend(end);
            hasRoom = claim(PipeLayout.recordBytes(length));
            inOrder = true;
        } finally {
            if (!hasRoom) {
                leave(inOrder);
            }
        }
        if (!hasRoom) {
            return null;
        }
        Claim claim = new Claim(end, length);
        claimer = claim.thread;
        claimed = claim;
        if (end.isClosed()) { // Whoever closed it may not have seen the claim.
            claim.abort();
            throw core.closed();
        }
        return claim;
    }

    /**
     * An end was closed: aborts what was claimed by it, as soon as nobody writes there any more. That is when the claiming thread
     * closes it, or has ended; until then its bytes must not be another sender's.
     */
    void abortClaim(EndUse end) {
        Claim claim = claimed;
        if (claim == null || claim.end != end) {
            return;
        }
        if (claim.thread == Thread.currentThread() || !claim.thread.isAlive()) {
            claim.abort();
        } else {
            ClaimWatch.start(claim.thread, () -> abortIfOpen(claim));
        }
    }

    /** Its thread has ended. */
    private void abortIfOpen(Claim claim) {
        if (claimed == claim) {
            claim.abort();
        }
    }

    private final class Claim implements MessageClaim {
        private final EndUse end;
        private final Thread thread = Thread.currentThread();
        private final int length;
        private ByteBuffer buffer;
        private boolean over;

        Claim(EndUse end, int length) {
            this.end = end;
            this.length = length;
        }

        @Override
        public ByteBuffer buffer() {
            checkOpen();
            if (buffer == null) {
                buffer = memory.directSlice(address(claimAt) + PipeLayout.HEADER, length);
            }
            return buffer;
        }

        private void checkOpen() {
            if (over && end.isClosed()) {
                throw core.closed();
            }
            if (over) {
                throw new IllegalStateException("this claim of " + length + " bytes was committed or aborted before");
            }
        }

        @Override
        public void commit() {
            checkOpen();
            if (end.isClosed()) {
                abort();
                throw core.closed();
            }
            publish(PipeLayout.WHOLE, length);
            count(length);
            finish();
            tellReaders();
        }

        @Override
        public void abort() {
            if (!over) {
                finish();
            }
        }

        private void finish() {
            over = true;
            claimer = null;
            claimed = null;
            leave(true);
        }
    }
}
