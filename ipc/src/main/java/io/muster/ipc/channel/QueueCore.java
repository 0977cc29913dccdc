package io.muster.ipc.channel;

import io.muster.ipc.channel.QueueLocks.Side;
import io.muster.ipc.internal.bell.BellCore;
import io.muster.ipc.internal.bell.Watchers;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.PartyCells;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.WaitWord;
import io.muster.ipc.wait.Waiter;
import java.util.function.BooleanSupplier;

/**
 * A shared queue in this process, in terms of encoded items: {@link QueueLayout} draws what it changes. Under its locks it
 * runs no code of the user's.
 */
final class QueueCore extends SharedCore implements BellCore {
    /** Each look of who waits for room takes a cache line from who makes it: a queue that was full may as well empty a little. */
    private static final int MOST_PAUSES_BETWEEN_LOOKS = 100;

    final Memory memory;
    final QueueLocks locks;
    final QueueUse use;
    final WaitWord data;
    final WaitWord space;
    final WaitWord idle;
    private final Watchers watchers;
    final Waiter dataWaiter = newWaiter(1);
    final Waiter spaceWaiter;
    private final Waiter idleWaiter = newWaiter(1);
    final QueueFiles files;
    final QueueBooks books;
    final QueueCells cells;
    final QueueIndex index;
    final QueueFree free;
    final QueueRoom room;
    private final QueueRepair repair;
    private final BooleanSupplier hasNone = () -> !hasItems();
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
        this.spaceWaiter = newWaiter(Math.min(books.capacity, MOST_PAUSES_BETWEEN_LOOKS));
        this.memory = open(cell, files);
        checkSize();
        this.locks = new QueueLocks(participant, cell, books, new Repair(), this::closed);
        this.use = new QueueUse(new PartyCells(participant, body, cell.body() + QueueLayout.USERS), locks);
        this.data = participant.waitWord(body, cell.body() + QueueLayout.DATA);
        this.space = participant.waitWord(body, cell.body() + QueueLayout.SPACE);
        this.idle = participant.waitWord(body, cell.body() + QueueLayout.IDLE);
        this.watchers = new Watchers(participant, body, cell.body() + QueueLayout.WATCHERS);
        this.cells = new QueueCells(memory, books);
        this.index = books.style == QueueStyle.PRIORITY
                ? new QueueHeap(books, cells, memory)
                : new QueueRing(books, cells, memory);
        this.room = new QueueRoom(books, memory);
        this.free = new QueueFree(books, cells, room, memory);
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

    private Waiter newWaiter(int pausesBetweenLooks) {
        return Waiter.builder()
                .repair(this::judge)
                .lookEvery(RobustLock.LOOK_EVERY, () -> locks.isHeldByAnother())
                .pausesBetweenLooks(pausesBetweenLooks)
                .build();
    }

    /**
     * Fills a cell of zeros that nobody knows yet, and makes the file.
     *
     * @param places slots of the cell's place
     */
    static void format(Cell cell, QueueFiles files, QueueOptions options, int places) {
        QueueBooks.format(cell.memory(), cell.body(), options, places);
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

    private final class Repair implements QueueLocks.Repair {
        @Override
        public boolean run(boolean abandoned) {
            try {
                int deaths = participant().place().deaths();
                boolean changed = repair.takeFromTheDead() || abandoned;
                if (changed) {
                    repair.rebuild();
                }
                repair.removeOrphans();
                books.set(QueueLayout.DEATHS, deaths);
                return changed;
            } catch (InternalError e) {
                throw MemoryFault.translate(e, QueueCore.this);
            }
        }

        @Override
        public void wakeOthers() {
            wakeEverybody();
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
            locks.judgeHolders();
            judgeWhoHasItems();
            repairIfDue();
        } catch (ClosedObjectException e) {
            // Whoever waits finds that out by itself.
        }
    }

    /** Sets right what the dead have left, unless a lock is held by the living. */
    private void repairIfDue() {
        if (locks.isRepairDue() && cell().isOpen()) {
            locks.setRight(0);
        }
    }

    private void judgeWhoHasItems() {
        int left = books.get(QueueLayout.HELD) + books.get(QueueLayout.FILLING);
        long last = participant().self();
        for (int cell = 0; cell < cells.count() && left > 0; cell++) {
            long state = cells.state(cell);
            if (QueueCells.isHeld(state)) {
                left--;
                if (QueueLayout.party(state) != last) {
                    last = QueueLayout.party(state);
                    locks.judge(last);
                }
            }
        }
    }

    // For all operations.

    /** From outside; may be outdated at once. */
    boolean hasItems() {
        return books.ready() > 0;
    }

    /** Who died taking may have left the count wrong. */
    boolean isSurelyEmpty() {
        checkOpen();
        return !hasItems() && locks.isSureWhileNobodyTakes(hasNone);
    }

    /**
     * Right after a lock was released: there is room for one item more, or only for more bytes.
     *
     * @return whether somebody had to be woken
     */
    boolean tellPutters(boolean itemLess) {
        if (!space.hasSleepers()) {
            return false;
        }
        // Cleared before they are woken: who sets it again looks again first.
        if (books.get(QueueLayout.WANTED) != 0) {
            books.set(QueueLayout.WANTED, 0);
            return space.wakeAfterCas(Integer.MAX_VALUE);
        }
        return itemLess && space.wakeAfterCas(1);
    }

    long offsetOf(int cell) {
        int block = cells.block(cell);
        return block == QueueLayout.IS_INLINE ? QueueCells.inline(cell) : room.at(block);
    }

    /**
     * How many bytes an item says that it has.
     *
     * @throws CorruptSegmentException if it cannot have so many where it says that they are
     */
    int checkedLength(int cell) {
        int length = cells.length(cell);
        int block = cells.block(cell);
        boolean canBe = length >= 0
                && (block == QueueLayout.IN_FILE
                        || block == QueueLayout.IS_INLINE && length <= QueueLayout.MOST_INLINE_BYTES
                        || length <= QueueLayout.MOST_BLOCK_BYTES && room.isInside(block, QueueRoom.blocksFor(length)));
        if (!canBe) {
            throw new CorruptSegmentException("cell " + cell + " of " + this + " says that its item has " + length
                    + " bytes in block " + block + ": it was overwritten by somebody");
        }
        return length;
    }

    /** A cell that was just published free: from now on who puts may use it. */
    void forget(int cell) {
        books.addLong(QueueLayout.FREED_BYTES, cells.length(cell));
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
        locks.enter(Side.BOTH, -1);
        boolean inOrder = false;
        try {
            T result = body.run(index.sorted());
            inOrder = true;
            return result;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        } finally {
            locks.exit(Side.BOTH, inOrder);
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
        boolean alone = locks.close(() -> {
            cell().retire();
            files.removeAll();
        });
        if (!alone) {
            neverReuseCell();
        }
        wakeEverybody();
    }

    @Override
    public String toString() {
        return "the " + books.style.typeName + " " + cell();
    }
}
