package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.wait.Deadline;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A shared list in this process, in terms of encoded elements: {@link ListLayout} draws what it changes. It never runs code
 * of the user.
 *
 * <p>Reads take no lock: they look at the state, copy, and look again; only who finds it changed each time takes the lock.
 */
final class ListCore extends SharedCore {
    private static final int ROUNDS_WITHOUT_LOCK = 8;
    /** A process that is stopped in the middle of a change is not waited for any longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Memory memory;
    private final long cur;
    private final long most;
    private final RobustLock lock;
    private final ListFiles files;
    /** Set in threads that are in a function of the user. */
    private final ThreadLocal<Boolean> planning = new ThreadLocal<>();

    private volatile ListRegion known = ListRegion.NONE;

    ListCore(Participant participant, Cell cell) {
        this(participant, cell, ListFiles.of(cell.ref()));
    }

    ListCore(Participant participant, Cell cell, ListFiles files) {
        super(participant, cell);
        this.memory = cell.memory();
        this.cur = cell.body() + ListLayout.CUR;
        this.most = cell.body() + ListLayout.MOST;
        this.lock = new RobustLock(participant, memory, cell.body() + ListLayout.LOCK);
        this.files = files;
    }

    /** What a cell for it needs; zeroed bytes are an empty list. */
    static long bodyBytes() {
        return ListLayout.CELL_BYTES;
    }

    // Reading.

    int size() {
        return ListLayout.count(read(ListRegion::state));
    }

    /** @throws IndexOutOfBoundsException if there is none of that index */
    ListElement element(int index) {
        return read(region -> {
            long state = region.state();
            checkIndex(index, ListLayout.count(state));
            long slot = region.slot(ListLayout.table(state), index);
            return isStill(region, state) ? new ListElement(region, slot) : null;
        });
    }

    /** The first element, or the last, alone; nothing if the list is empty. */
    ListSnapshot end(boolean first) {
        return read(region -> {
            long state = region.state();
            int count = ListLayout.count(state);
            return copy(region, state, first ? 0 : Math.max(0, count - 1), Math.min(1, count));
        });
    }

    /** All elements. */
    ListSnapshot snapshot() {
        return read(region -> {
            long state = region.state();
            return copy(region, state, 0, ListLayout.count(state));
        });
    }

    /** @throws ConcurrentModificationException if the list is too short for that range */
    ListSnapshot snapshot(int from, int length) {
        return read(region -> {
            long state = region.state();
            checkRange(from, length, ListLayout.count(state));
            return copy(region, state, from, length);
        });
    }

    /** Null if it changed meanwhile. */
    private static ListSnapshot copy(ListRegion region, long state, int from, int length) {
        long[] slots = new long[length];
        int table = ListLayout.table(state);
        for (int i = 0; i < length; i++) {
            slots[i] = region.slot(table, from + i);
        }
        return isStill(region, state) ? new ListSnapshot(region, state, from, slots) : null;
    }

    private static boolean isStill(ListRegion region, long state) {
        VarHandle.acquireFence();
        return region.state() == state;
    }

    /** @param body null if what it saw was changed meanwhile; what it throws is thrown */
    private <T> T read(Function<ListRegion, T> body) {
        try {
            for (int round = 0; round < ROUNDS_WITHOUT_LOCK; round++) {
                ListRegion region = currentOrNull();
                T result = region == null ? null : body.apply(region);
                if (result != null) {
                    return result;
                }
            }
        } catch (InternalError e) {
            throw MemoryFault.translate(e, this);
        }
        return underLock(() -> body.apply(current()));
    }

    /** Null if another process goes on to the next generation just now. */
    private ListRegion currentOrNull() {
        long generation = memory.getLongVolatile(cur);
        checkOpen();
        ListRegion last = known;
        if (last.generation() == generation) {
            return last;
        }
        try {
            return open(generation);
        } catch (SegmentException gone) {
            checkOpen();
            if (memory.getLongVolatile(cur) == generation) {
                throw gone;
            }
            return null;
        }
    }

    /** By the holder of the lock. */
    private ListRegion current() {
        long generation = memory.getLongVolatile(cur);
        ListRegion last = known;
        return last.generation() == generation ? last : open(generation);
    }

    private ListRegion open(long generation) {
        ListRegion opened = generation == 0 ? ListRegion.NONE : ListRegion.over(generation, files.open(generation));
        known = opened;
        return opened;
    }

    // Changing, each time at once.

    /**
     * Replaces a range by other elements.
     *
     * @throws IndexOutOfBoundsException if there is no such range
     * @throws io.muster.ipc.memory.NoSpaceException if they find no room; the list is as it was
     */
    void splice(int from, int to, byte[][] fresh) {
        locked(() -> {
            ListRegion region = current();
            long state = region.state();
            int count = ListLayout.count(state);
            if (from < 0 || to < from || to > count) {
                throw new IndexOutOfBoundsException(
                        "Index: " + from + (to == from ? "" : " to " + to) + ", Size: " + count);
            }
            splice(region, state, from, to, fresh);
            return true;
        });
    }

    /** Removes all. */
    void clear() {
        locked(() -> {
            ListRegion region = current();
            long state = region.state();
            splice(region, state, 0, ListLayout.count(state), ListPlan.NOTHING);
            return true;
        });
    }

    void append(byte[][] fresh) {
        locked(() -> {
            ListRegion region = current();
            long state = region.state();
            splice(region, state, ListLayout.count(state), ListLayout.count(state), fresh);
            return true;
        });
    }

    /**
     * Replaces the element of that index by others, or none, if it is the one expected.
     *
     * @return false if it is another; nothing was changed
     * @throws IndexOutOfBoundsException if there is none
     */
    boolean replace(int index, ListElement expected, byte[][] fresh) {
        return locked(() -> {
            ListRegion region = current();
            long state = region.state();
            checkIndex(index, ListLayout.count(state));
            if (!expected.isSame(region, region.slot(ListLayout.table(state), index))) {
                return false;
            }
            splice(region, state, index, index + 1, fresh);
            return true;
        });
    }

    /** Removes the first element, or the last, if it is the one expected; if not, nothing was changed. */
    boolean removeEnd(boolean first, ListElement expected) {
        return locked(() -> {
            ListRegion region = current();
            long state = region.state();
            int count = ListLayout.count(state);
            int index = first ? 0 : count - 1;
            if (count == 0 || !expected.isSame(region, region.slot(ListLayout.table(state), index))) {
                return false;
            }
            splice(region, state, index, index + 1, ListPlan.NOTHING);
            return true;
        });
    }

    /** Removes an element if it and all before it in the snapshot are still what they were. */
    boolean removeFirstOccurrence(ListSnapshot seen, int index) {
        return locked(() -> {
            ListRegion region = current();
            long state = region.state();
            boolean unchanged = seen.state() == state && seen.region().generation() == region.generation()
                    || arePlaced(seen, index + 1, region, state);
            if (unchanged) {
                splice(region, state, seen.from() + index, seen.from() + index + 1, ListPlan.NOTHING);
            }
            return unchanged;
        });
    }

    private static boolean arePlaced(ListSnapshot seen, int length, ListRegion region, long state) {
        if (seen.from() + length > ListLayout.count(state)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!seen.element(i).isSame(region, region.slot(ListLayout.table(state), seen.from() + i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Replaces what a user's function makes of the list, if it is still as the function saw it; else it runs again. Those
     * whom others' changes overtake again and again would never end: their last run keeps the others out.
     *
     * @param look shows what to work on; called in each round
     * @param planner calls the user's function; null if nothing is to be changed
     * @throws IllegalStateException if that function changes this list: it would overtake itself for ever
     */
    void rewrite(Supplier<ListSnapshot> look, Function<ListSnapshot, ListPlan> planner) {
        for (int round = 0; round < ROUNDS_WITHOUT_LOCK; round++) {
            ListSnapshot seen = look.get();
            ListPlan plan = plan(seen, planner);
            if (plan == null || rewriteIfSame(seen, plan)) {
                return;
            }
        }
        locked(() -> {
            ListSnapshot seen = look.get();
            ListPlan plan = plan(seen, planner);
            if (plan != null) {
                apply(current(), seen.state(), plan);
            }
            return true;
        });
    }

    private ListPlan plan(ListSnapshot seen, Function<ListSnapshot, ListPlan> planner) {
        Boolean outer = planning.get();
        planning.set(true);
        try {
            return planner.apply(seen);
        } finally {
            if (outer == null) {
                planning.remove();
            }
        }
    }

    /** Makes the list what a plan says if nothing was changed since the snapshot that the plan was made of. */
    private boolean rewriteIfSame(ListSnapshot seen, ListPlan plan) {
        return locked(() -> {
            ListRegion region = current();
            long state = region.state();
            if (state != seen.state() || region.generation() != seen.region().generation()) {
                return false;
            }
            apply(region, state, plan);
            return true;
        });
    }

    /**
     * Replaces a range, if the element at {@code witness} is still what a cursor saw there, and shows what the list is then.
     *
     * @param witness index in the snapshot; negative: none
     * @param length of the range that the next snapshot shows; negative: all
     * @throws ConcurrentModificationException if it is not; nothing was changed
     */
    ListSnapshot spliceAtCursor(ListSnapshot seen, int witness, int from, int to, byte[][] fresh, int length) {
        return locked(() -> {
            ListRegion region = current();
            long state = region.state();
            int start = seen.from();
            boolean valid = start + to <= ListLayout.count(state)
                    && (witness < 0
                            || seen.element(witness)
                                    .isSame(region, region.slot(ListLayout.table(state), start + witness)));
            if (!valid) {
                throw new ConcurrentModificationException("the list was changed before or at index " + (start + to)
                        + " after the iterator has been there; nothing was done. Use a new iterator.");
            }
            splice(region, state, start + from, start + to, fresh);
            ListRegion after = current();
            return copy(after, after.state(), start, length < 0 ? ListLayout.count(after.state()) - start : length);
        });
    }

    private void splice(ListRegion region, long state, int from, int to, byte[][] fresh) {
        int count = ListLayout.count(state);
        if (to == from && fresh.length == 0) {
            return;
        }
        ListPlan plan = ListPlan.splice(count, from, to, fresh);
        boolean fits = region.hasRoom(plan.size(), plan.freshHeapBytes());
        int table = ListLayout.table(state);
        if (plan.size() == 0 && region.bytes() > ListWriter.FIRST_BYTES) {
            shrink(region, state, plan);
        } else if (fits && to == from + 1 && fresh.length == 1) {
            region.publishSlot(table, from, region.store(fresh)[0]);
            region.publishState(ListLayout.next(state, table, count));
        } else if (fits && to == count) {
            ListWriter.overwriteTail(region, state, from, fresh);
        } else {
            apply(region, state, plan);
        }
    }

    /** An emptied list gives its room back, if there is room for that. */
    private void shrink(ListRegion region, long state, ListPlan nothing) {
        try {
            rebuild(region, state, nothing);
        } catch (SegmentException full) {
            ListWriter.inPlace(region, state, nothing);
        }
    }

    private void apply(ListRegion region, long state, ListPlan plan) {
        if (region.hasRoom(plan.size(), plan.freshHeapBytes())) {
            ListWriter.inPlace(region, state, plan);
        } else {
            rebuild(region, state, plan);
        }
    }

    private void rebuild(ListRegion region, long state, ListPlan plan) {
        long generation = region.generation() + 1;
        ListRegion fresh = ListWriter.copy(
                region,
                state,
                plan,
                (slots, bytes) -> ListRegion.format(generation, files.create(generation, bytes), slots));
        memory.putLongVolatile(cur, generation);
        known = fresh;
        files.remove(region.generation());
    }

    /** All changes; an exception that is thrown from it has changed nothing. */
    private <T> T locked(Supplier<T> body) {
        if (planning.get() != null) {
            throw new IllegalStateException(
                    "a function that " + this + " has called wants to change that same list, and so"
                            + " would overtake itself for ever; nothing was changed. Let it only compute, and do the change"
                            + " afterwards.");
        }
        return underLock(body);
    }

    private <T> T underLock(Supplier<T> body) {
        try {
            lock.acquire();
        } catch (ClosedObjectException e) {
            throw closed();
        }
        boolean inOrder = !lock.isAbandoned();
        try {
            checkOpen();
            if (!inOrder) {
                repair();
                inOrder = true;
            }
            T result = body.get();
            noteMost();
            return result;
        } catch (InternalError e) {
            inOrder = false;
            throw MemoryFault.translate(e, this);
        } catch (Error e) {
            inOrder = false;
            throw e;
        } finally {
            release(inOrder);
        }
    }

    private void noteMost() {
        int count = ListLayout.count(known.state());
        if (count > memory.getLong(most)) {
            memory.putLong(most, count);
        }
    }

    private void release(boolean inOrder) {
        if (!lock.isHeldByThisProcess()) {
            throw closed(); // by another, while this process stood still in the middle of its change
        }
        if (inOrder) {
            lock.release();
        } else {
            lock.releaseAbandoned();
        }
    }

    /** What a holder that died can have left: a slot without its version, and files that nothing names. */
    private void repair() {
        ListRegion region = current();
        if (region != ListRegion.NONE) {
            files.remove(region.generation() - 1);
            long state = region.state();
            region.publishState(ListLayout.next(state, ListLayout.table(state), ListLayout.count(state)));
        }
        files.remove(region.generation() + 1);
    }

    private void checkOpen() {
        if (!cell().isOpen()) {
            throw closed();
        }
    }

    private ClosedObjectException closed() {
        return closedByMaker("the shared list");
    }

    @Override
    protected void retire() {
        boolean held;
        try {
            held = lock.acquireUninterruptibly(Deadline.after(CLOSE_LIMIT));
        } catch (ClosedObjectException e) {
            return;
        }
        long generation = memory.getLongVolatile(cur);
        cell().retire();
        for (long each = Math.max(1, generation - 1); each <= generation + 1; each++) {
            files.remove(each);
        }
        if (held) {
            lock.close();
        } else {
            lock.closeForHolder();
            neverReuseCell();
        }
    }

    private static void checkIndex(int index, int count) {
        if (index < 0 || index >= count) {
            throw new IndexOutOfBoundsException("Index: " + index + ", Size: " + count);
        }
    }

    private static void checkRange(int from, int length, int count) {
        if (from + length > count) {
            throw new ConcurrentModificationException("the list has " + count + " elements by now, the part of it from "
                    + from + " to " + (from + length) + " is not there any more");
        }
    }

    @Override
    public String toString() {
        return "the shared list " + cell();
    }
}
