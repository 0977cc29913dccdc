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

/**
 * A shared queue in this process, in terms of encoded items: {@link QueueLayout} draws what it changes. Under its lock it runs
 * no code of the user's.
 */
final class QueueCore extends SharedCore implements BellCore {
    /** A process that is stopped in the middle of a change is not waited for any longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    /** For so long a wait stands before the lock before it looks whether it was interrupted. */
    static final long LOCK_PATIENCE_NANOS = 50_000_000;

    final Memory memory;
    private final RobustLock lock;
    final WaitWord data;
    final WaitWord space;
    final WaitWord idle;
    private final Watchers watchers;
    final Waiter dataWaiter = newWaiter();
    final Waiter spaceWaiter = newWaiter();
    private final Waiter idleWaiter = newWaiter();
    final QueueFiles files;
    final QueueBooks books;
    final QueueCells cells;
    final QueueIndex index;
    final QueueFree free;
    final QueueRoom room;
    private final QueueRepair repair;
    /** By the holder of the lock: it has set something right, and others may go on. */
    private boolean repaired;

    private volatile boolean staysHere;
    final QueuePuts puts;
    final QueueTakes takes;
    final QueueContent content;

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
        this.space = participant.waitWord(body, cell.body() + QueueLayout.SPACE);
        this.idle = participant.waitWord(body, cell.body() + QueueLayout.IDLE);
        this.watchers = new Watchers(participant, body, cell.body() + QueueLayout.WATCHERS);
        this.cells = new QueueCells(memory, books.cells);
        this.index = books.style == QueueStyle.PRIORITY
                ? new QueueHeap(books, cells, memory)
                : new QueueRing(books, cells, memory);
        this.free = new QueueFree(books, cells, memory);
        this.room = new QueueRoom(books, memory);
        this.repair = new QueueRepair(participant, books, cells, index, free, room, files);
        this.puts = new QueuePuts(this);
        this.takes = new QueueTakes(this);
        this.content = new QueueContent(this);
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

    long self() {
        return participant().self();
    }

    @Override
    public boolean isOpen() {
        return cell().isOpen();
    }

    QueueStyle style() {
        return books.style;
    }

    // Entering and leaving.

    /** @param patienceNanos negative: however long it takes */
    boolean enter(long patienceNanos) {
        if (!lock.tryAcquireFree() && !awaitLock(patienceNanos)) {
            return false;
        }
        int deaths = participant().place().deaths();
        if (lock.isAbandoned() || deaths != books.get(QueueLayout.DEATHS) || !cell().isOpen()) {
            enterWithCare(deaths);
        }
        return true;
    }

    private boolean awaitLock(long patienceNanos) {
        try {
            if (patienceNanos >= 0) {
                return lock.acquireUninterruptibly(Deadline.afterNanos(patienceNanos));
            }
            lock.acquire();
            return true;
        } catch (ClosedObjectException e) {
            throw closed();
        }
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

    void exit(boolean inOrder) {
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
        watchers.ring();
    }

    /** Right after the lock was released: so many items have come; returns whether somebody had to be woken. */
    boolean tellTakers(int items) {
        boolean woke = data.wakeAfterCas(items);
        watchers.ringAfterCas();
        return woke;
    }

    void checkOpen() {
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
            repairIfDue();
        } catch (ClosedObjectException e) {
            // Whoever waits finds that out by itself.
        }
    }

    /** Sets right what the dead have left, unless the lock is held by the living. */
    private void repairIfDue() {
        boolean due = lock.isAbandoned()
                || isDead(lock.owner())
                || participant().place().deaths() != books.get(QueueLayout.DEATHS);
        if (due && cell().isOpen() && lock.tryAcquire()) {
            enterWithCare(participant().place().deaths());
            exit(true);
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

    // For all operations.

    boolean hasItems() {
        return books.ready() > 0;
    }

    /** A holder of the lock that died may have left the count wrong. */
    boolean isSurelyEmpty() {
        checkOpen();
        return lock.owner() == PartyId.NOBODY
                && !lock.isAbandoned()
                && participant().place().deaths() == books.get(QueueLayout.DEATHS)
                && !hasItems();
    }

    boolean clearWanted() {
        boolean wanted = books.get(QueueLayout.BYTES_WANTED) != 0;
        if (wanted) {
            books.set(QueueLayout.BYTES_WANTED, 0);
        }
        return wanted;
    }

    long offsetOf(int cell) {
        int block = cells.block(cell);
        return block == QueueLayout.IS_INLINE ? QueueCells.inline(cell) : room.at(block);
    }

    /** A cell that was just published FREE. */
    void forget(int cell) {
        int block = cells.block(cell);
        if (block >= 0) {
            room.give(block, QueueRoom.blocksFor(cells.length(cell)));
        }
        books.addLong(QueueLayout.BYTES, -cells.length(cell));
        free.push(cell);
    }

    byte[] readFile(long number, int length) {
        byte[] bytes = files.read(number, length);
        if (bytes == null) {
            checkOpen();
            throw new SegmentException(
                    "the file of an item of " + this + " is not there any more: somebody has removed it", null);
        }
        return bytes;
    }

    boolean hasSpace() {
        return books.remaining() > 0;
    }

    /** Looks at, or changes, the items under the lock. */
    interface Body<T> {
        T run(int[] sorted);
    }

    <T> T locked(Body<T> body) {
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
        return idleWaiter.await(idle, () -> !cell().isOpen() || isIdle(), deadline) && checkedIdle();
    }

    private boolean isIdle() {
        return books.unfinished() == 0 && unfinished() == 0;
    }

    private boolean checkedIdle() {
        checkOpen();
        return true;
    }

    @Override
    public Participant bellPlace() {
        return participant();
    }

    @Override
    public Watchers watchers() {
        return watchers;
    }

    @Override
    public boolean isReady() {
        checkOpen();
        if (!hasItems()) {
            repairIfDue();
        }
        return hasItems();
    }

    @Override
    public boolean awaitReady(Deadline deadline) throws InterruptedException {
        return dataWaiter.await(data, this::isReady, deadline);
    }

    @Override
    public void judgeOthers() {
        judge();
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
