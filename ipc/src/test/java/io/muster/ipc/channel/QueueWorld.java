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
    private static final long CELL_BYTES = 320;
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
        QueueCore.format(cell, files, new QueueOptions(style, CAPACITY, MOST_BYTES));
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

    /** Whether somebody holds the queue's lock. */
    boolean isBeingChanged() {
        return lock().owner() != PartyId.NOBODY;
    }

    private RobustLock lock() {
        return new RobustLock(
                survivor.participant(), survivor.memory(), cell(survivor, false).body() + QueueLayout.LOCK);
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
        RobustLock lock = lock();
        lock.acquire();
        try {
            verifyLocked(files);
        } finally {
            lock.release();
        }
    }

    private void verifyLocked(boolean files) {
        Memory body = survivor.memory();
        QueueBooks books = new QueueBooks(body, cell(survivor, false).body());
        QueueCells truth = new QueueCells(cells, books.cells);
        QueueRing ring = new QueueRing(books, truth, cells);
        QueueRoom room = new QueueRoom(books, cells);
        QueueFree free = new QueueFree(books, truth, cells);
        String before = describe(books, ring);
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
        assertEquals(describe(books, ring), before, "a rebuild changed an intact index");
    }

    private String describe(QueueBooks books, QueueRing ring) {
        StringBuilder text = new StringBuilder("ready " + Arrays.toString(ring.sorted()));
        for (int word : new int[] {QueueLayout.FILLING, QueueLayout.HELD, QueueLayout.FREE}) {
            text.append(", ").append(books.get(word));
        }
        text.append(", bytes ").append(books.getLong(QueueLayout.BYTES)).append(", map ");
        for (int i = 0; i < QueueLayout.mapWords(books.blocks); i++) {
            text.append(Long.toHexString(cells.getLong(QueueLayout.map(books.cells) + (long) i * Long.BYTES)));
        }
        TreeSet<Integer> unused = new TreeSet<>();
        for (int i = 0; i < books.get(QueueLayout.FREE); i++) {
            unused.add(cells.getInt(QueueLayout.freeCells(books.cells) + (long) i * Integer.BYTES));
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
