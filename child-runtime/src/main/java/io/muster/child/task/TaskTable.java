package io.muster.child.task;

import static io.muster.child.task.TaskTableLayout.*;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.wait.SpinPermit;
import io.muster.ipc.wait.WaitWord;
import java.nio.file.Path;

/**
 * A pool's tasks in shared memory: slots that hold one task each, the rings that say where to look, and a block per
 * worker. Both sides use this class; each method says whose it is. See {@link TaskTableLayout} for the picture and
 * {@link SlotPhase} for the moves.
 *
 * <p>Thread-safety: the parent's publishing methods are for one thread at a time (the pool's lock); everything that reads
 * or moves one slot's word is for any thread; a worker's methods are for that worker's lane.
 *
 * <p>Death: whoever is killed, the words say whose every task is. {@code io.muster.internal.pool} settles them once the
 * end of the process is confirmed.
 */
public final class TaskTable implements AutoCloseable {
    /** Who is told when a slot becomes DONE: the parent's collector, by done ring and doorbell. */
    public static final int NOTIFY_COLLECTOR = 0;
    /** Who is told when a slot becomes DONE: the caller that waits on the slot's own wait word. */
    public static final int NOTIFY_CALLER = 1;

    /** What a published reference to "no block: the bytes lie in the slot" looks like. */
    public static final long IN_SLOT = 0;

    /** The most bytes that travel in the slot itself; more go through a {@link BlobWriter}. */
    public static final int IN_SLOT_BYTES = BODY_BYTES;

    private static final int KIND = SegmentKinds.TASK_TABLE;
    private static final long TENDED_SLICE_NANOS = 60_000_000_000L;
    /** Lines of slots that the collector fetches side by side, from the CPU where their worker ran. */
    private static final int TOUCHED_AT_ONCE = 8;

    private static final int OPEN = 0;
    private static final int STOP = 1;

    private final Segment segment;
    private final Memory memory;
    private final TaskTableLayout layout;
    private final WaitWord work;
    private final WaitWord done;
    private final WaitWord[] slotWaits;
    /** The collector's: keeps loads alive that only fetch lines. */
    private long touched;
    /** Where the parent last saw head. */
    private long headSeen;

    private TaskTable(Segment segment, Memory memory, TaskTableLayout layout) {
        this.segment = segment;
        this.memory = memory;
        this.layout = layout;
        this.work = new WaitWord(memory, WORK);
        this.done = new WaitWord(memory, DONE).forOneWaiter();
        this.slotWaits = new WaitWord[layout.slots];
    }

    /**
     * Makes a table with all slots free.
     *
     * @param slots how many tasks it holds at a time, a power of two
     * @param workers how many worker blocks, at most {@link SlotWord#MAX_WORKERS}
     */
    public static TaskTable create(Path file, int slots, int workers) {
        if (Integer.bitCount(slots) != 1) {
            throw new IllegalArgumentException("slots " + slots + " is not a power of two");
        }
        if (workers < 1 || workers > SlotWord.MAX_WORKERS) {
            throw new IllegalArgumentException("workers " + workers + " not in 1.." + SlotWord.MAX_WORKERS);
        }
        var layout = new TaskTableLayout(slots, workers);
        var segment = Segment.create(file, KIND, VERSION, layout.bytes);
        var memory = segment.memory();
        memory.putInt(SLOTS, slots);
        memory.putInt(WORKERS, workers);
        memory.putInt(CPUS, Runtime.getRuntime().availableProcessors());
        return new TaskTable(segment, memory, layout);
    }

    /** A table without a file, for tests: over zeroed bytes, or one party's view of bytes that others see too. */
    static TaskTable over(Memory memory, TaskTableLayout layout) {
        return new TaskTable(null, memory, layout);
    }

    /** Attaches to a table that the parent made. */
    public static TaskTable open(Path file) {
        var segment = Segment.open(file, KIND, VERSION);
        var memory = segment.memory();
        return new TaskTable(segment, memory, new TaskTableLayout(memory.getInt(SLOTS), memory.getInt(WORKERS)));
    }

    public int slots() {
        return layout.slots;
    }

    public Path path() {
        return segment.path();
    }

    /** What sleeping workers wait on. */
    public WaitWord work() {
        return work;
    }

    /** What the parent's collector waits on. */
    public WaitWord done() {
        return done;
    }

    /** What a caller waits on that waits for one slot alone. */
    public WaitWord slotWait(int slot) {
        WaitWord word = slotWaits[slot];
        if (word == null) {
            word = new WaitWord(memory, layout.slot(slot) + SLOT_WAIT).forOneWaiter();
            slotWaits[slot] = word; // a race makes two that are equal
        }
        return word;
    }

    /** How many processors the parent may use; a worker's JVM may see only its share. */
    int cpus() {
        return memory.getInt(CPUS);
    }

    /** Fewer workers than processors spin for work at a time. {@code owner} names the worker, as in a slot's word. */
    SpinPermit spinPermit(long owner) {
        // The epoch is never 0, so no owner is.
        return new SpinPermit(memory, SPINNERS, cpus(), owner, this::isGone);
    }

    private boolean isGone(long owner) {
        long block = layout.block(SlotWord.workerOf(owner));
        return memory.getIntAcquire(block + BLOCK_GONE) != 0
                || SlotWord.owner(SlotWord.workerOf(owner), memory.getIntAcquire(block + BLOCK_EPOCH)) != owner;
    }

    // ---- a slot's word ----

    public long word(int slot) {
        return memory.getLongVolatile(layout.slot(slot) + SLOT_WORD);
    }

    /** Moves a slot from the exact word that was read. False: somebody else moved it first; look again. */
    public boolean move(int slot, long from, long to) {
        return memory.compareAndSetLong(layout.slot(slot) + SLOT_WORD, from, to);
    }

    /** Makes a slot FREE that no worker moves any more. Parent, under the pool's lock. */
    public void free(int slot) {
        long word = word(slot);
        memory.putLongRelease(layout.slot(slot) + SLOT_WORD, SlotWord.unowned(SlotPhase.FREE, SlotWord.serialOf(word)));
    }

    // ---- the parent's side: publishing ----

    /** Whether the work ring has room for one more entry. Parent, under the pool's lock. */
    public boolean hasRoom() {
        long tail = memory.getLong(TAIL);
        int usable = layout.usableWorkEntries();
        if (tail - headSeen < usable) {
            return true; // head never falls, so there is no need to fetch its line from the workers
        }
        headSeen = memory.getLongVolatile(HEAD);
        if (tail - headSeen >= usable) {
            headSeen = skipTaken();
        }
        return tail - headSeen < usable;
    }

    /**
     * Makes a filled slot READY under a new serial and appends it to the work ring; wakes nobody. Parent, under the pool's
     * lock, after {@link #hasRoom}.
     */
    public long publish(int slot) {
        long word = word(slot);
        int serial = SlotWord.serialOf(word) + 1;
        long ready = SlotWord.unowned(SlotPhase.READY, serial);
        memory.putLongRelease(layout.slot(slot) + SLOT_WORD, ready);
        long tail = memory.getLong(TAIL);
        memory.putLongRelease(layout.workEntry(tail), entry(slot, serial));
        // Volatile: it must not pass the look at the sleepers' bit that follows in work().wake.
        memory.putLongVolatile(TAIL, tail + 1);
        return ready;
    }

    /**
     * Makes a slot READY again whose worker died before it had begun. Parent, under the pool's lock. There is room: {@link
     * #hasRoom} leaves one entry for each worker, and a worker claims one task at a time, which takes one entry out.
     */
    public long republish(int slot) {
        skipTaken();
        return publish(slot);
    }

    /** Writes a task's argument into the slot's body, or notes the block where it lies. Parent, slot FREE. */
    public void putArgument(int slot, byte[] bytes, int length, long reference, int notify) {
        long at = layout.slot(slot);
        memory.putInt(at + SLOT_NOTIFY, notify);
        memory.putInt(at + SLOT_ARGUMENT_LENGTH, length);
        memory.putLong(at + SLOT_ARGUMENT_REF, reference);
        if (reference == IN_SLOT) {
            memory.putBytes(at + SLOT_BODY, bytes, 0, length);
        }
    }

    // ---- the parent's side: collecting ----

    public int resultLength(int slot) {
        return memory.getInt(layout.slot(slot) + SLOT_RESULT_LENGTH);
    }

    public long resultReference(int slot) {
        return memory.getLong(layout.slot(slot) + SLOT_RESULT_REF);
    }

    /** Copies the first {@code length} bytes of the slot's body, argument or result, whichever it holds now. */
    public void getBody(int slot, byte[] to, int length) {
        checkBodyLength(slot, length);
        memory.getBytes(layout.slot(slot) + SLOT_BODY, to, 0, length);
    }

    /** The next entry of a worker's done ring, as {@link #slotOf} and {@link #serialOf}, or -1. Parent's collector. */
    public long pollDone(int worker) {
        long block = layout.block(worker);
        long head = memory.getLong(block + BLOCK_DONE_HEAD);
        long tail = memory.getLongVolatile(block + BLOCK_DONE_TAIL);
        if (head == tail) {
            return -1;
        }
        if (head % TOUCHED_AT_ONCE == 0) {
            touchSlots(worker, head, Math.min(tail, head + TOUCHED_AT_ONCE));
        }
        long entry = memory.getLongAcquire(layout.doneEntry(worker, head));
        memory.putLongRelease(block + BLOCK_DONE_HEAD, head + 1);
        return entry;
    }

    private void touchSlots(int worker, long from, long to) {
        for (long position = from; position < to; position++) {
            int slot = slotOf(memory.getLongAcquire(layout.doneEntry(worker, position)));
            if (slot >= 0 && slot < layout.slots) { // a worker's native code may have written where it should not
                touched += word(slot);
            }
        }
    }

    /** Whether any of the first {@code workers} done rings holds an entry. */
    public boolean anyDone(int workers) {
        for (int worker = 0; worker < workers; worker++) {
            long block = layout.block(worker);
            if (memory.getLong(block + BLOCK_DONE_HEAD) != memory.getLongVolatile(block + BLOCK_DONE_TAIL)) {
                return true;
            }
        }
        return false;
    }

    public static int slotOf(long entry) {
        return (int) (entry >>> 32);
    }

    public static int serialOf(long entry) {
        return (int) entry;
    }

    private static long entry(int slot, int serial) {
        return (long) slot << 32 | (serial & 0xFFFF_FFFFL);
    }

    // ---- the parent's side: workers ----

    /** Prepares the block of a worker that is about to start. Nobody else holds it: its predecessor's end is confirmed. */
    public void prepareWorker(int worker, int epoch) {
        long block = layout.block(worker);
        memory.putLong(block + BLOCK_IN_HAND, 0);
        memory.putLong(block + BLOCK_TASKS, 0);
        memory.putLong(block + BLOCK_BUSY_NANOS, 0);
        memory.putLong(block + BLOCK_DONE_HEAD, memory.getLongVolatile(block + BLOCK_DONE_TAIL));
        memory.putIntRelease(block + BLOCK_EPOCH, epoch);
        memory.putIntRelease(block + BLOCK_GONE, 0);
    }

    /** The worker's end is confirmed. */
    public void workerIsGone(int worker) {
        long block = layout.block(worker);
        memory.putIntRelease(block + BLOCK_GONE, 1);
        SpinPermit.takeBack(memory, SPINNERS, SlotWord.owner(worker, memory.getInt(block + BLOCK_EPOCH)));
    }

    /** How many tasks this worker has ended, in its present life. */
    public long tasksEnded(int worker) {
        return memory.getLongAcquire(layout.block(worker) + BLOCK_TASKS);
    }

    /** How long this worker has spent inside tasks, in its present life. */
    public long busyNanos(int worker) {
        return memory.getLongAcquire(layout.block(worker) + BLOCK_BUSY_NANOS);
    }

    /** Tells all workers to end once they have finished what they have in hand. */
    public void stop() {
        memory.putIntVolatile(STATE, STOP);
        work.wakeAllAnyway();
    }

    /**
     * Whether a worker spins that will find what was just published, if it is the only task that waits. Only a good guess: it
     * may be killed or stopped first, so the caller has to look again soon.
     */
    public boolean hasSpinner() {
        return SpinPermit.isTaken(memory, SPINNERS);
    }

    /**
     * From now on the parent calls {@link #tend} several times a second while tasks are open, and can wake who sleeps in the
     * kernel: workers need not look by themselves.
     */
    public void beginTending() {
        memory.putIntVolatile(TENDED, 1);
        work.wakeAllAnyway(); // or they would see it only when their slices end
    }

    /**
     * Wakes all workers that sleep though tasks wait: whoever was to wake them, or to pass a wake-up on, was killed or stopped
     * before it did.
     */
    public void tend() {
        if (hasWork()) {
            work.wakeAllAnyway();
        }
    }

    // ---- the worker's side ----

    /** How long a sleeping worker may rely on its parent; 0: not at all. */
    long tendedNanos() {
        return memory.getIntVolatile(TENDED) != 0 ? TENDED_SLICE_NANOS : 0;
    }

    boolean isStopped() {
        return memory.getIntVolatile(STATE) != OPEN;
    }

    boolean hasWork() {
        return memory.getLongVolatile(HEAD) < memory.getLongVolatile(TAIL);
    }

    /** Claims the oldest READY slot for a worker. -1: there is none. */
    int claim(long owner) {
        long head = memory.getLongVolatile(HEAD);
        // While there is nothing: fetches the line of the next entry together with that of tail, and not after it.
        memory.getLongAcquire(layout.workEntry(head));
        while (head < memory.getLongVolatile(TAIL)) {
            long entry = memory.getLongAcquire(layout.workEntry(head));
            int slot = slotOf(entry);
            long ready = SlotWord.unowned(SlotPhase.READY, serialOf(entry));
            // Without a look before, which would fetch the slot's line twice: once to read and once to write.
            boolean mine = move(slot, ready, SlotWord.owned(ready, SlotPhase.CLAIMED, owner));
            // Mine or no longer READY: either way nobody need look at this entry again.
            memory.compareAndSetLong(HEAD, head, head + 1);
            if (mine) {
                return slot;
            }
            head = memory.getLongVolatile(HEAD);
        }
        return -1;
    }

    int argumentLength(int slot) {
        return memory.getInt(layout.slot(slot) + SLOT_ARGUMENT_LENGTH);
    }

    long argumentReference(int slot) {
        return memory.getLong(layout.slot(slot) + SLOT_ARGUMENT_REF);
    }

    void putResult(int slot, byte[] bytes, int length, long reference) {
        long at = layout.slot(slot);
        memory.putInt(at + SLOT_RESULT_LENGTH, length);
        memory.putLong(at + SLOT_RESULT_REF, reference);
        if (reference == IN_SLOT) {
            memory.putBytes(at + SLOT_BODY, bytes, 0, length);
        }
    }

    void takeInHand(int worker, int slot, int serial) {
        memory.putLongRelease(layout.block(worker) + BLOCK_IN_HAND, entry(slot, serial));
    }

    void countTask(int worker, long busyNanos) {
        long block = layout.block(worker);
        memory.putLongRelease(block + BLOCK_BUSY_NANOS, memory.getLong(block + BLOCK_BUSY_NANOS) + busyNanos);
        memory.putLongRelease(block + BLOCK_TASKS, memory.getLong(block + BLOCK_TASKS) + 1);
    }

    /** Whom to tell of this slot's outcome. To be read before the slot is DONE: then it may be another task's already. */
    int notifyOf(int slot) {
        return memory.getInt(layout.slot(slot) + SLOT_NOTIFY);
    }

    /** Tells whoever waits for this slot that it is DONE. True: a sleeper was woken. */
    boolean announce(int worker, int slot, int serial, int notify) {
        if (notify == NOTIFY_CALLER) {
            // All: an earlier caller whose task was settled without it may not have left yet.
            return slotWait(slot).wakeAll();
        }
        long block = layout.block(worker);
        long tail = memory.getLong(block + BLOCK_DONE_TAIL);
        memory.putLongRelease(layout.doneEntry(worker, tail), entry(slot, serial));
        memory.putLongVolatile(block + BLOCK_DONE_TAIL, tail + 1);
        return done.wake(1);
    }

    @Override
    public void close() {
        segment.close();
    }

    /** The parent removes the file; workers that still map it keep their bytes. */
    public void unlink() {
        segment.unlink();
    }

    /** Moves head over entries that are no longer READY, as a claimer would. */
    private long skipTaken() {
        long head = memory.getLongVolatile(HEAD);
        while (head < memory.getLong(TAIL)) {
            long entry = memory.getLongAcquire(layout.workEntry(head));
            if (word(slotOf(entry)) == SlotWord.unowned(SlotPhase.READY, serialOf(entry))) {
                break;
            }
            memory.compareAndSetLong(HEAD, head, head + 1);
            head = memory.getLongVolatile(HEAD);
        }
        return head;
    }

    private void checkBodyLength(int slot, int length) {
        if (length < 0 || length > BODY_BYTES) {
            throw new IllegalStateException(
                    "slot " + slot + " claims " + length + " bytes of " + BODY_BYTES + ": the task table is damaged");
        }
    }
}
