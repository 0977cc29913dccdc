package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.PartyId;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A shared queue in this process, in terms of encoded items: {@link QueueLayout} draws what it changes. Under its lock it runs
 * no code of the user's.
 */
final class QueueCore extends SharedCore implements BellCore {
    /** A process that is stopped in the middle of a change is not waited for any longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    /** For so long a wait stands before the lock before it looks whether it was interrupted. */
    private static final long LOCK_PATIENCE_NANOS = 50_000_000;

    private final Memory memory;
    private final RobustLock lock;
    private final WaitWord data;
    private final Watchers watchers;
    private final WaitWord space;
    private final WaitWord idle;
    private final Waiter dataWaiter = newWaiter();
    private final Waiter spaceWaiter = newWaiter();
    private final Waiter idleWaiter = newWaiter();
    private final QueueFiles files;
    final QueueBooks books;
    final QueueCells cells;
    private final QueueIndex index;
    private final QueueFree free;
    private final QueueRoom room;
    private final QueueRepair repair;
    /** What this process has taken and not yet acknowledged, the oldest first. */
    private final Queue<Kept> kept = new ConcurrentLinkedQueue<>();
    /** By the holder of the lock: it has set something right, and others may go on. */
    private boolean repaired;

    private volatile boolean staysHere;

    private record Kept(int cell, long key, long file) {}

    QueueCore(Participant participant, Cell cell) {
        this(participant, cell, QueueFiles.of(cell.ref()));
    }

    QueueCore(Participant participant, Cell cell, QueueFiles files) {
        super(participant, cell);
        Memory body = cell.memory();
        this.files = files;
        this.books = new QueueBooks(body, cell.body());
        this.memory = open(cell, files);
        checkSize();
        this.lock = new RobustLock(participant, body, cell.body() + QueueLayout.LOCK);
        this.data = participant.waitWord(body, cell.body() + QueueLayout.DATA);
        this.watchers = new Watchers(participant, body, cell.body() + QueueLayout.WATCHERS);
        this.space = participant.waitWord(body, cell.body() + QueueLayout.SPACE);
        this.idle = participant.waitWord(body, cell.body() + QueueLayout.IDLE);
        this.cells = new QueueCells(memory, books.cells);
        this.index = books.style == QueueStyle.PRIORITY
                ? new QueueHeap(books, cells, memory)
                : new QueueRing(books, cells, memory);
        this.free = new QueueFree(books, cells, memory);
        this.room = new QueueRoom(books, memory);
        this.repair = new QueueRepair(participant, books, cells, index, free, room, files);
    }

    private static Memory open(Cell cell, QueueFiles files) {
        try {
            return files.open();
        } catch (SegmentException e) {
            cell.checkOpen();
            throw e;
        }
    }

    private void checkSize() {
        if (books.cells < 1 || books.blocks < 0 || QueueLayout.fileBytes(books.cells, books.blocks) > memory.size()) {
            throw new CorruptSegmentException("a shared queue says that it has " + books.cells + " cells and "
                    + books.blocks + " blocks in " + memory.size() + " bytes: it was overwritten by somebody");
        }
    }

    private Waiter newWaiter() {
        return Waiter.builder().repair(this::judge).build();
    }

    /** Fills a cell of zeros that nobody knows yet, and makes the file. */
    static void format(Cell cell, QueueFiles files, QueueOptions options) {
        QueueBooks.format(cell.memory(), cell.body(), options);
        int count = QueueLayout.cells(options.capacity());
        QueueFree.format(files.create(QueueLayout.fileBytes(count, QueueLayout.blocks(options.mostBytes()))), count);
    }

    /** It is of private memory: its handles do not travel. */
    void keepHere() {
        staysHere = true;
    }

    boolean staysHere() {
        return staysHere;
    }

    QueueStyle style() {
        return books.style;
    }

    // Entering and leaving.

    /** @param patienceNanos negative: however long it takes */
    private boolean enter(long patienceNanos) {
        if (!lock.tryAcquireFree()) {
            if (patienceNanos < 0) {
                lock.acquire();
            } else if (!lock.acquireUninterruptibly(Deadline.afterNanos(patienceNanos))) {
                return false;
            }
        }
        int deaths = participant().place().deaths();
        if (lock.isAbandoned() || deaths != books.get(QueueLayout.DEATHS) || !cell().isOpen()) {
            enterWithCare(deaths);
        }
        return true;
    }

    private void enterWithCare(int deaths) {
        boolean abandoned = lock.isAbandoned();
        boolean untouched = true;
        boolean entered = false;
        try {
            checkOpen();
            untouched = false;
            if (repair.takeFromTheDead() || abandoned) {
                repair.rebuild();
                repaired = true;
            }
            repair.removeOrphans();
            books.set(QueueLayout.DEATHS, deaths);
            entered = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            if (!entered) {
                release(untouched && !abandoned);
            }
        }
    }

    private void exit(boolean inOrder) {
        boolean tell = repaired;
        repaired = false;
        release(inOrder);
        if (tell) {
            wakeEverybody();
        }
    }

    private void release(boolean inOrder) {
        try {
            if (inOrder) {
                lock.release();
            } else {
                lock.releaseAbandoned();
            }
        } catch (IllegalMonitorStateException e) {
            checkOpen(); // closed by another, while this process stood still in the middle of its change
            throw e;
        }
    }

    private void wakeEverybody() {
        data.wakeAll();
        space.wakeAll();
        idle.wakeAll();
        watchers.ringAfterCas();
    }

    /** After the lock was left: so many items are there for others. Returns true if somebody had to be woken. */
    private boolean tellTakers(int items) {
        boolean woke = data.wakeAfterCas(items);
        watchers.ringAfterCas();
        return woke;
    }

    private void checkOpen() {
        if (!cell().isOpen()) {
            throw closed();
        }
    }

    private ClosedObjectException closed() {
        return closedByMaker("the shared queue");
    }

    /** The repair hook of waiters: publishes deaths that nobody has noticed, and sets right what they left. Does not wait. */
    private void judge() {
        try {
            judge(lock.owner());
            judgeHolders();
            boolean due = lock.isAbandoned()
                    || isDead(lock.owner())
                    || participant().place().deaths() != books.get(QueueLayout.DEATHS);
            if (due && cell().isOpen() && lock.tryAcquire()) {
                enterWithCare(participant().place().deaths());
                exit(true);
            }
        } catch (ClosedObjectException e) {
            // Whoever waits finds that out by itself.
        }
    }

    private void judgeHolders() {
        int left = books.get(QueueLayout.HELD) + books.get(QueueLayout.FILLING);
        long last = participant().self();
        for (int cell = 0; cell < cells.count() && left > 0; cell++) {
            long state = cells.state(cell);
            int phase = QueueLayout.phase(state);
            if (phase != QueueLayout.IS_FREE && phase != QueueLayout.IS_READY) {
                left--;
                if (QueueLayout.party(state) != last) {
                    last = QueueLayout.party(state);
                    judge(last);
                }
            }
        }
    }

    private void judge(long party) {
        if (isOther(party)) {
            participant().isDeadByWitnesses(party);
        }
    }

    private boolean isDead(long party) {
        return isOther(party) && participant().isDead(party);
    }

    private boolean isOther(long party) {
        return party != participant().self() && party != PartyId.NOBODY && party != PartyId.CLOSED;
    }

    // Putting.

    /**
     * Puts what is encoded in the scratch.
     *
     * @return false if there was no room until the deadline
     * @throws IllegalArgumentException if it can never have room
     */
    boolean put(QueueScratch s, Deadline deadline) throws InterruptedException {
        checkLength(s.byteCount());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return tryPut(s, LOCK_PATIENCE_NANOS)
                || spaceWaiter.await(
                        space, () -> mayPut(s) && tryPut(s, LOCK_PATIENCE_NANOS), this::hasSpace, deadline);
    }

    /** The same, if there is room now. */
    boolean offer(QueueScratch s) {
        checkLength(s.byteCount());
        return tryPut(s, -1);
    }

    /** Puts all, waiting for room as often as needed. */
    void putAll(QueueBatch batch) throws InterruptedException {
        checkLength(batch.longest());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        QueueScratch s = QueueScratch.take();
        try {
            while (!batch.isDone()) {
                if (!tryPutSome(batch, s, LOCK_PATIENCE_NANOS)) {
                    spaceWaiter.await(
                            space,
                            () -> mayPut(s) && tryPutSome(batch, s, LOCK_PATIENCE_NANOS),
                            this::hasSpace,
                            Deadline.never());
                }
            }
        } finally {
            s.giveBack();
        }
    }

    /** Puts as many as there is room for now. */
    void offerAll(QueueBatch batch) {
        checkLength(batch.longest());
        checkOpen();
        QueueScratch s = QueueScratch.take();
        try {
            while (!batch.isDone() && tryPutSome(batch, s, -1)) {
                // Until there is no room, or no more.
            }
        } finally {
            s.giveBack();
        }
    }

    /** Puts those that fit, up to the first that has to go to a file; returns whether there were any. */
    private boolean tryPutSome(QueueBatch batch, QueueScratch s, long patienceNanos) {
        if (!enter(patienceNanos)) {
            return false;
        }
        int before = batch.done();
        int inFile = -1;
        boolean inOrder = false;
        try {
            while (inFile < 0 && !batch.isDone()) {
                batch.next(s);
                if (!hasRoomFor(s.byteCount())) {
                    noteWanted();
                    break;
                }
                int cell = free.pop();
                if (placeInMemory(cell, s)) {
                    publishPut(cell, s);
                    batch.noteDone();
                } else {
                    beginFile(cell, s);
                    inFile = cell;
                }
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            exit(inOrder);
        }
        if (inFile >= 0) {
            completeFile(inFile, s);
            batch.noteDone();
        }
        if (batch.done() > before) {
            tellTakers(batch.done() - before);
        }
        return batch.done() > before;
    }

    private void checkLength(int bytes) {
        if (bytes > books.mostBytes) {
            throw new IllegalArgumentException("an item of " + bytes + " bytes was not put: " + this + " is bound to "
                    + books.mostBytes + " bytes in all. Make it with a larger capacityBytes, or send smaller items.");
        }
    }

    private boolean hasSpace() {
        return books.remaining() > 0;
    }

    private boolean mayPut(QueueScratch s) {
        boolean may = hasSpace() || !cell().isOpen();
        if (!may) {
            s.noteLook();
        }
        return may;
    }

    private boolean tryPut(QueueScratch s, long patienceNanos) {
        if (!enter(patienceNanos)) {
            return false;
        }
        boolean inOrder = false;
        boolean passOn = false;
        int cell = -1;
        boolean toFile = false;
        try {
            if (hasRoomFor(s.byteCount())) {
                cell = free.pop();
                toFile = !placeInMemory(cell, s);
                if (toFile) {
                    beginFile(cell, s);
                } else {
                    publishPut(cell, s);
                }
            } else {
                passOn = noteWanted();
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            exit(inOrder);
        }
        if (toFile) {
            completeFile(cell, s);
        }
        if (cell >= 0) {
            spaceWaiter.noteWoke(tellTakers(1));
        } else {
            s.noteLook();
            if (passOn) {
                space.wakeAfterCas(1);
            }
        }
        return cell >= 0;
    }

    private boolean hasRoomFor(int bytes) {
        return books.remaining() > 0 && books.getLong(QueueLayout.BYTES) + bytes <= books.mostBytes;
    }

    /** Who waits for bytes or for a cell, and not for one item less, is not served by the wake-ups for those. */
    private boolean noteWanted() {
        if (books.waiting() >= books.capacity || books.get(QueueLayout.BYTES_WANTED) != 0) {
            return false;
        }
        books.set(QueueLayout.BYTES_WANTED, 1);
        return true;
    }

    /** False if it has to go to a file. */
    private boolean placeInMemory(int cell, QueueScratch s) {
        int length = s.byteCount();
        if (length <= QueueLayout.MOST_INLINE_BYTES) {
            cells.setPlace(cell, length, QueueLayout.IS_INLINE, 0);
            memory.putBytes(QueueCells.inline(cell), s.bytes(), 0, length);
            return true;
        }
        int count = QueueRoom.blocksFor(length);
        int block = length <= QueueLayout.MOST_BLOCK_BYTES ? room.find(count) : QueueRoom.NONE;
        if (block == QueueRoom.NONE) {
            return false;
        }
        room.take(block, count);
        cells.setPlace(cell, length, block, 0);
        memory.putBytes(room.at(block), s.bytes(), 0, length);
        return true;
    }

    private void publishPut(int cell, QueueScratch s) {
        publishReady(cell, s);
        books.addLong(QueueLayout.BYTES, s.byteCount());
        books.notePut(s.byteCount(), s.waitedNanos());
    }

    private void publishReady(int cell, QueueScratch s) {
        int word = s.toFront ? QueueLayout.NEXT_FIRST : QueueLayout.NEXT_LAST;
        long key = books.getLong(word);
        books.setLong(word, s.toFront ? key - 1 : key + 1);
        cells.setOrder(cell, key, s.priority);
        cells.publish(cell, QueueLayout.state(QueueLayout.IS_READY, false, 0, 0));
        index.insert(cell);
    }

    private void beginFile(int cell, QueueScratch s) {
        s.file = books.nextFile();
        cells.setPlace(cell, s.byteCount(), QueueLayout.IN_FILE, s.file);
        cells.publish(
                cell,
                QueueLayout.state(
                        QueueLayout.IS_FILLING, false, 0, participant().self()));
        books.add(QueueLayout.FILLING, 1);
        books.addLong(QueueLayout.BYTES, s.byteCount());
    }

    private void completeFile(int cell, QueueScratch s) {
        boolean written = false;
        try {
            files.write(s.file, s.bytes(), s.byteCount());
            written = true;
        } finally {
            endFile(cell, s, written);
        }
    }

    private void endFile(int cell, QueueScratch s, boolean written) {
        long number = s.file;
        boolean inOrder = false;
        boolean entered = false;
        try {
            entered = enter(-1);
            if (written) {
                publishReady(cell, s);
                books.notePut(s.byteCount(), s.waitedNanos());
            } else {
                cells.publish(cell, QueueLayout.IS_FREE);
                free.push(cell);
                books.addLong(QueueLayout.BYTES, -s.byteCount());
            }
            books.add(QueueLayout.FILLING, -1);
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            if (entered) {
                exit(inOrder);
            }
            if (!inOrder || !written) {
                files.remove(number);
            }
        }
        if (!written) {
            space.wakeAll();
            idle.wakeAll();
        }
    }

    // Taking.

    /** What becomes of an item that is taken. */
    enum Claim {
        /** It is gone. */
        REMOVE,
        /** It stays in this party's hands until that says that it is done. */
        KEEP,
        /** The same, by name. */
        LEND
    }

    /**
     * Takes an item into the scratch, decoded.
     *
     * @return false if there was none until the deadline
     * @throws UnreadableItemException if it cannot be decoded; it has left the queue
     */
    boolean take(QueueScratch s, boolean last, Claim claim, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean taken = tryTake(s, last, claim, LOCK_PATIENCE_NANOS)
                || dataWaiter.await(
                        data,
                        () -> mayTake(s) && tryTake(s, last, claim, LOCK_PATIENCE_NANOS),
                        this::hasItems,
                        deadline);
        if (taken) {
            complete(s, claim);
        }
        return taken;
    }

    /** The same, if there is one now. */
    boolean poll(QueueScratch s, boolean last, Claim claim) {
        boolean taken = !isSurelyEmpty() && tryTake(s, last, claim, -1);
        if (taken) {
            complete(s, claim);
        }
        return taken;
    }

    // Waiting for it together with others.

    @Override
    public Participant bellPlace() {
        return participant();
    }

    @Override
    public Watchers watchers() {
        return watchers;
    }

    @Override
    public boolean isOpen() {
        return cell().isOpen();
    }

    /** Without the lock, as it does not wait; what the dead have left is set right by {@link #judge} first. */
    @Override
    public boolean isReady() {
        checkOpen();
        if (!hasItems() && (lock.isAbandoned() || participant().place().deaths() != books.get(QueueLayout.DEATHS))) {
            judge();
            checkOpen();
        }
        return hasItems();
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        return dataWaiter.await(data, () -> !cell().isOpen() || hasItems(), deadline) && stillOpen();
    }

    @Override
    public void judgeOthers() {
        judge();
    }

    private boolean hasItems() {
        return books.ready() > 0;
    }

    /** A holder of the lock that died may have left the count wrong. */
    private boolean isSurelyEmpty() {
        checkOpen();
        return lock.owner() == PartyId.NOBODY
                && !lock.isAbandoned()
                && participant().place().deaths() == books.get(QueueLayout.DEATHS)
                && !hasItems();
    }

    private boolean mayTake(QueueScratch s) {
        boolean may = hasItems() || !cell().isOpen();
        if (!may) {
            s.noteLook();
        }
        return may;
    }

    private boolean tryTake(QueueScratch s, boolean last, Claim claim, long patienceNanos) {
        if (!enter(patienceNanos)) {
            return false;
        }
        boolean inOrder = false;
        boolean found = false;
        boolean wanted = false;
        try {
            if (hasItems()) {
                int cell = last ? index.last() : index.first();
                look(cell, s);
                s.deliveries++;
                claim(cell, s, claim);
                wanted = s.complete && clearWanted();
                books.noteTake(s.length, s.waitedNanos());
                found = true;
            }
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            exit(inOrder);
        }
        if (found) {
            dataWaiter.noteWoke(space.wakeAfterCas(wanted ? Integer.MAX_VALUE : 1));
        } else {
            s.noteLook();
        }
        return found;
    }

    private boolean clearWanted() {
        boolean wanted = books.get(QueueLayout.BYTES_WANTED) != 0;
        if (wanted) {
            books.set(QueueLayout.BYTES_WANTED, 0);
        }
        return wanted;
    }

    /** Copies an item that is READY, unless it lies in a file. */
    private void look(int cell, QueueScratch s) {
        long state = cells.state(cell);
        if (QueueLayout.phase(state) != QueueLayout.IS_READY) {
            throw new CorruptSegmentException("the index of " + this + " names cell " + cell
                    + ", which has the state 0x" + Long.toHexString(state) + ": it was overwritten by somebody");
        }
        s.cell = cell;
        s.key = cells.key(cell);
        s.length = cells.length(cell);
        s.deliveries = QueueLayout.deliveries(state);
        s.returned = QueueLayout.isReturned(state);
        s.file = 0;
        s.complete = false;
        if (s.length < 0 || !cells.isInFile(cell) && s.length > QueueLayout.MOST_BLOCK_BYTES) {
            throw new CorruptSegmentException("cell " + cell + " of " + this + " says that its item has " + s.length
                    + " bytes: it was overwritten by somebody");
        }
        if (cells.isInFile(cell)) {
            s.file = cells.file(cell);
        } else {
            s.copyFrom(memory, offsetOf(cell));
        }
    }

    private long offsetOf(int cell) {
        int block = cells.block(cell);
        return block == QueueLayout.IS_INLINE ? QueueCells.inline(cell) : room.at(block);
    }

    private void claim(int cell, QueueScratch s, Claim claim) {
        boolean small = s.file == 0 && s.length <= QueueLayout.MOST_INLINE_BYTES;
        if (claim == Claim.REMOVE && small && s.isSelfContained()) {
            s.decode();
            s.complete = true;
            cells.publish(cell, QueueLayout.IS_FREE);
            index.remove(cell);
            forget(cell);
        } else {
            int phase = claim == Claim.LEND ? QueueLayout.IS_LENT : QueueLayout.IS_TAKEN;
            cells.publish(
                    cell,
                    QueueLayout.state(
                            phase, s.returned, s.deliveries, participant().self()));
            index.remove(cell);
            books.add(QueueLayout.HELD, 1);
        }
    }

    /** A cell that was just published FREE. */
    private void forget(int cell) {
        int block = cells.block(cell);
        if (block >= 0) {
            room.give(block, QueueRoom.blocksFor(cells.length(cell)));
        }
        books.addLong(QueueLayout.BYTES, -cells.length(cell));
        free.push(cell);
    }

    private void complete(QueueScratch s, Claim claim) {
        if (!s.complete) {
            boolean decoded = false;
            try {
                if (s.file != 0) {
                    s.setFound(readFile(s.file, s.length));
                }
                s.decode();
                decoded = true;
            } finally {
                if (!decoded) {
                    settle(s.cell, s.key, s.file, false);
                } else if (claim == Claim.REMOVE || s.failure != null) {
                    settle(s.cell, s.key, s.file, true);
                }
            }
        }
        if (s.failure == null && claim == Claim.KEEP) {
            kept.add(new Kept(s.cell, s.key, s.file));
        }
        if (s.failure != null) {
            throw unreadable(s, "an item was taken from " + this + " and cannot be read in this process");
        }
    }

    UnreadableItemException unreadable(QueueScratch s, String what) {
        return new UnreadableItemException(what, s.copyOfBytes(), s.failure);
    }

    private byte[] readFile(long number, int length) {
        byte[] bytes = files.read(number, length);
        if (bytes == null) {
            checkOpen();
            throw new SegmentException(
                    "the file of an item of " + this + " is not there any more: somebody has removed it", null);
        }
        return bytes;
    }

    /**
     * Ends this party's hold on an item.
     *
     * @param done whether the item is done; else it goes back to its place, marked
     */
    void settle(int cell, long key, long file, boolean done) {
        enter(-1);
        boolean inOrder = false;
        boolean wanted = false;
        boolean none = false;
        try {
            long state = cells.state(cell);
            int phase = QueueLayout.phase(state);
            boolean mine = (phase == QueueLayout.IS_TAKEN || phase == QueueLayout.IS_LENT)
                    && QueueLayout.party(state) == participant().self()
                    && cells.key(cell) == key;
            if (!mine) {
                throw new CorruptSegmentException("cell " + cell + " of " + this + " has the state 0x"
                        + Long.toHexString(state) + ", but this process holds it: it was overwritten by somebody");
            }
            if (done) {
                cells.publish(cell, QueueLayout.IS_FREE);
                forget(cell);
                wanted = clearWanted();
            } else {
                cells.publish(cell, QueueLayout.state(QueueLayout.IS_READY, true, QueueLayout.deliveries(state), 0));
                index.insert(cell);
                books.addLong(QueueLayout.RETURNED, 1);
            }
            books.add(QueueLayout.HELD, -1);
            none = books.unfinished() == 0;
            inOrder = true;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            exit(inOrder);
        }
        if (done && file != 0) {
            files.remove(file);
        }
        tellSettled(done, wanted, none);
    }

    private void tellSettled(boolean done, boolean wanted, boolean none) {
        if (!done) {
            tellTakers(1);
        } else if (wanted) {
            space.wakeAfterCas(Integer.MAX_VALUE);
        }
        if (none && books.style == QueueStyle.JOINABLE) {
            idle.wakeAfterCas(Integer.MAX_VALUE);
        }
    }

    /**
     * Acknowledges the oldest item that this process has kept.
     *
     * @throws IllegalStateException if there is none
     */
    void taskDone() {
        checkOpen();
        Kept oldest = kept.poll();
        if (oldest == null) {
            throw new IllegalStateException("taskDone() was called more often than this process has taken items from "
                    + this + "; nothing was changed. Call it once for each item, in the process that took it.");
        }
        settle(oldest.cell, oldest.key, oldest.file, true);
    }

    /**
     * Copies the item at an end into the scratch, decoded.
     *
     * @return false if there is none
     */
    boolean peek(QueueScratch s, boolean last) {
        while (true) {
            enter(-1);
            boolean found = false;
            boolean inOrder = false;
            try {
                if (hasItems()) {
                    look(last ? index.last() : index.first(), s);
                    found = true;
                }
                inOrder = true;
            } catch (InternalError e) {
                throw MemoryFault.translate(e, this);
            } finally {
                exit(inOrder);
            }
            byte[] large = found && s.file != 0 ? files.read(s.file, s.length) : null;
            if (!found || s.file == 0 || large != null) {
                if (large != null) {
                    s.setFound(large);
                }
                if (found) {
                    s.decode();
                }
                return found;
            }
        }
    }

    // All of them.

    /** Looks at, or changes, the items under the lock. */
    private interface Body<T> {
        T run(int[] sorted);
    }

    private <T> T locked(Body<T> body) {
        enter(-1);
        boolean inOrder = false;
        try {
            T result = body.run(index.sorted());
            inOrder = true;
            return result;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            exit(inOrder);
        }
    }

    /** All items, in their order. */
    QueueSnapshot snapshot() {
        return locked(sorted -> {
            QueueSnapshot snapshot = new QueueSnapshot(files, sorted.length);
            for (int i = 0; i < sorted.length; i++) {
                int cell = sorted[i];
                byte[] bytes = cells.isInFile(cell) ? null : new byte[cells.length(cell)];
                if (bytes != null) {
                    memory.getBytes(offsetOf(cell), bytes, 0, bytes.length);
                }
                snapshot.set(i, cell, cells.key(cell), bytes, cells.file(cell), cells.length(cell));
            }
            return snapshot;
        });
    }

    /** Whether there is an item of that encoding. */
    boolean contains(byte[] encoded) {
        return locked(sorted -> find(sorted, encoded, false) >= 0);
    }

    /** Removes the first item of that encoding, or the last one; false if there is none. */
    boolean remove(byte[] encoded, boolean last) {
        long[] file = new long[1];
        boolean removed = locked(sorted -> {
            int cell = find(sorted, encoded, last);
            if (cell >= 0) {
                file[0] = drop(cell);
            }
            return cell >= 0;
        });
        if (removed) {
            tellDropped(file[0]);
        }
        return removed;
    }

    private int find(int[] sorted, byte[] encoded, boolean last) {
        for (int i = 0; i < sorted.length; i++) {
            int cell = sorted[last ? sorted.length - 1 - i : i];
            if (cells.length(cell) == encoded.length && Arrays.equals(encoded, bytesOf(cell))) {
                return cell;
            }
        }
        return -1;
    }

    private byte[] bytesOf(int cell) {
        if (cells.isInFile(cell)) {
            return readFile(cells.file(cell), cells.length(cell));
        }
        byte[] bytes = new byte[cells.length(cell)];
        memory.getBytes(offsetOf(cell), bytes, 0, bytes.length);
        return bytes;
    }

    /** Removes just that item; false if it is not in the queue any more. */
    boolean remove(int cell, long key) {
        long[] file = new long[1];
        boolean removed = locked(sorted -> {
            boolean there = cells.phase(cell) == QueueLayout.IS_READY && cells.key(cell) == key;
            if (there) {
                file[0] = drop(cell);
            }
            return there;
        });
        if (removed) {
            tellDropped(file[0]);
        }
        return removed;
    }

    /** Returns the number of its file, or 0. */
    private long drop(int cell) {
        long file = cells.isInFile(cell) ? cells.file(cell) : 0;
        cells.publish(cell, QueueLayout.IS_FREE);
        index.remove(cell);
        forget(cell);
        clearWanted();
        return file;
    }

    private void tellDropped(long file) {
        if (file != 0) {
            files.remove(file);
        }
        space.wakeAll();
        idle.wakeAll();
    }

    /** Removes all items that are in the queue, not those in somebody's hands. */
    void clear() {
        long[] numbers = locked(sorted -> {
            long[] found = new long[sorted.length];
            for (int i = 0; i < sorted.length; i++) {
                found[i] = drop(sorted[i]);
            }
            return found;
        });
        for (long number : numbers) {
            if (number != 0) {
                files.remove(number);
            }
        }
        space.wakeAll();
        idle.wakeAll();
    }

    int size() {
        return isSurelyEmpty() ? 0 : locked(sorted -> sorted.length);
    }

    int remainingCapacity() {
        return locked(sorted -> books.remaining());
    }

    /** Items that are in the queue, or in a live party's hands. */
    int unfinished() {
        return locked(sorted -> books.unfinished());
    }

    /** Waits until there are none of those. */
    boolean join(Deadline deadline) throws InterruptedException {
        checkOpen();
        return idleWaiter.await(idle, () -> !cell().isOpen() || isIdle(), deadline) && stillOpen();
    }

    private boolean isIdle() {
        return books.unfinished() == 0 && unfinished() == 0;
    }

    private boolean stillOpen() {
        checkOpen();
        return true;
    }

    @Override
    protected void retire() {
        boolean held;
        try {
            held = lock.acquireUninterruptibly(Deadline.after(CLOSE_LIMIT));
        } catch (ClosedObjectException e) {
            return;
        }
        cell().retire();
        files.removeAll();
        if (held) {
            lock.close();
        } else {
            lock.closeForHolder();
            neverReuseCell();
        }
        wakeEverybody();
    }

    @Override
    public String toString() {
        return "the " + books.style.typeName + " " + cell();
    }
}
