package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.memory.CrashingMemory;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.PartyId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A shared queue and parties that use it, each of which may die at any step, those that make and remove files included. */
final class QueueWorld {
    private static final int PLACES = 64;
    private static final long CELL_BYTES = QueueLayout.bodyBytes(PLACES) + Long.SIZE;
    private static final int CAPACITY = 8;
    private static final long MOST_BYTES = 1 << 20;

    final CrashWorld world = new CrashWorld((int) CELL_BYTES);
    /** The files of large items that are there. */
    final Map<Long, byte[]> items = new TreeMap<>();

    private Memory cells;

    final QueueStyle style;
    /** One that stays alive, and its handle. */
    final CrashParty survivor = CrashParty.join(world);

    final QueueHandle<Object> survivors;

    CrashParty victim;

    QueueWorld(QueueStyle style) {
        this.style = style;
        Cell cell = cell(survivor, true);
        Files files = new Files(survivor.point());
        QueueCore.format(cell, files, new QueueOptions(style, CAPACITY, MOST_BYTES), PLACES);
        QueueCore core = new QueueCore(survivor.participant(), cell, files);
        cell.publish();
        survivors = handle(core);
    }

    private static Cell cell(CrashParty party, boolean fresh) {
        return party.cell(QueueLayout.KIND, QueueLayout.VERSION, 0, CELL_BYTES, fresh);
    }

    private QueueHandle<Object> handle(QueueCore core) {
        return style == QueueStyle.JOINABLE ? new JoinableHandle<>(core, false) : new QueueHandle<>(core, false);
    }

    /** Writes over the length and the block of each cell, as somebody with a wild pointer might. */
    void damageCells(int length, int block) {
        int count = QueueLayout.cells(CAPACITY);
        for (int cell = 0; cell < count; cell++) {
            cells.putInt(QueueLayout.cell(cell) + QueueLayout.LENGTH, length);
            cells.putInt(QueueLayout.cell(cell) + QueueLayout.BLOCK, block);
        }
    }

    private final class Files implements QueueFiles {
        private final CrashPoint point;

        Files(CrashPoint point) {
            this.point = point;
        }

        @Override
        public Memory create(long bodyBytes) {
            cells = Memory.wrap(
                    ByteBuffer.allocateDirect((int) bodyBytes + Long.BYTES).alignedSlice(Long.BYTES));
            return cells;
        }

        @Override
        public Memory open() {
            return new CrashingMemory(cells, point);
        }

        @Override
        public void write(long number, byte[] bytes, int length) {
            point.before("create file " + number);
            items.put(number, Arrays.copyOf(bytes, length / 2));
            point.before("fill file " + number);
            items.put(number, Arrays.copyOf(bytes, length));
        }

        @Override
        public byte[] read(long number, int length) {
            point.checkAlive();
            return items.get(number);
        }

        @Override
        public void remove(long number) {
            point.before("remove file " + number);
            items.remove(number);
        }

        @Override
        public List<Long> numbers() {
            point.checkAlive();
            return new ArrayList<>(items.keySet());
        }

        @Override
        public void removeAll() {
            point.before("remove all files");
            items.clear();
        }
    }

    /** Another party's handle. */
    QueueHandle<Object> join(CrashPoint point) {
        return handle(core(point));
    }

    QueueHandle<Object> join() {
        CrashParty former = victim;
        QueueHandle<Object> handle = join(CrashPoint.never());
        victim = former;
        return handle;
    }

    /** As the maker's handle does that. */
    void closeAs(CrashPoint point) {
        core(point).retire();
    }

    private QueueCore core(CrashPoint point) {
        victim = CrashParty.join(world, point);
        return new QueueCore(victim.participant(), cell(victim, false), new Files(point));
    }

    /** Whether somebody holds one of the queue's locks. */
    boolean isBeingChanged() {
        return isPutting() || isTaking();
    }

    /** Whether somebody holds that one. */
    boolean isPutting() {
        return lock(QueueLayout.PUT_LOCK).owner() != PartyId.NOBODY;
    }

    boolean isTaking() {
        return lock(QueueLayout.TAKE_LOCK).owner() != PartyId.NOBODY;
    }

    private RobustLock lock(int at) {
        return new RobustLock(
                survivor.participant(), survivor.memory(), cell(survivor, false).body() + at);
    }

    /** The same while a file may be half made, or about to be removed. */
    void verifyOthers() {
        verify(false);
    }

    /** At rest: the index is what the cells say, and there are just the files that are named. */
    void verify() {
        verify(true);
    }

    private void verify(boolean files) {
        survivors.remainingCapacity(); // repairs what is to be repaired
        RobustLock put = lock(QueueLayout.PUT_LOCK);
        RobustLock take = lock(QueueLayout.TAKE_LOCK);
        put.acquire();
        take.acquire();
        try {
            verifyLocked(files);
        } finally {
            take.release();
            put.release();
        }
    }

    private void verifyLocked(boolean files) {
        Memory body = survivor.memory();
        QueueBooks books = new QueueBooks(body, cell(survivor, false).body());
        QueueCells truth = new QueueCells(cells, books);
        QueueRing ring = new QueueRing(books, truth, cells);
        QueueRoom room = new QueueRoom(books, cells);
        QueueFree free = new QueueFree(books, truth, room, cells);
        free.reclaim(); // blocks that are kept until they are wanted
        String before = describe(books, ring, free);
        TreeSet<Long> named = new TreeSet<>();
        for (int i = 0; i < books.cells; i++) {
            if (truth.phase(i) != QueueLayout.IS_FREE && truth.isInFile(i)) {
                named.add(truth.file(i));
            }
        }
        if (files) {
            assertEquals(named, new TreeSet<>(items.keySet()), "files");
        }
        new QueueRepair(survivor.participant(), books, truth, ring, free, room, new Files(survivor.point())).rebuild();
        assertEquals(describe(books, ring, free), before, "a rebuild changed an intact index");
    }

    private String describe(QueueBooks books, QueueRing ring, QueueFree free) {
        StringBuilder text = new StringBuilder("ready " + Arrays.toString(ring.sorted()));
        for (int word : new int[] {QueueLayout.FILLING, QueueLayout.HELD}) {
            text.append(", ").append(books.get(word));
        }
        text.append(", bytes ").append(books.bytes()).append(", map ");
        for (int i = 0; i < QueueLayout.mapWords(books.blocks); i++) {
            text.append(Long.toHexString(cells.getLong(QueueLayout.map(books.cells) + (long) i * Long.BYTES)));
        }
        TreeSet<Integer> unused = new TreeSet<>();
        long position = books.getLong(QueueLayout.FREE_HEAD);
        for (int i = 0; i < books.free(); i++) {
            unused.add(free.get(position));
            position = QueueLayout.next(position, books.cells);
        }
        return text.append(", free ").append(unused).toString();
    }

    /** Takes all that is there; then the queue is as a new one. */
    List<Object> emptyIt() {
        List<Object> found = new ArrayList<>();
        survivors.drainTo(found);
        if (survivors instanceof JoinableQueue<Object> joinable) {
            found.forEach(item -> joinable.taskDone());
            assertEquals(0, joinable.unfinished());
        }
        assertEquals(CAPACITY, survivors.remainingCapacity());
        assertTrue(items.isEmpty(), () -> "files left: " + items.keySet());
        return found;
    }
}
