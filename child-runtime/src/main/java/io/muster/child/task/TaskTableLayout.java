package io.muster.child.task;

/**
 * Where each field of a pool's task table lies. Parent and workers map these bytes, so this class <em>is</em> the
 * protocol: a change here is a change of {@link #VERSION}. Integers are little-endian; "lines" are 128 bytes, because
 * processors fetch cache lines in pairs.
 *
 * <pre>
 *   line 0   +0 slots u32 | +4 worker blocks u32 | +8 CPUs u32, as the parent counts them
 *   line 1   tail u64: entries ever written to the work ring            only the parent stores here
 *   line 2   head u64: entries behind which nobody need look            anyone moves it, by CAS, past entries that
 *                                                                       are no longer READY under their serial
 *   line 3   work u32: wait word of the workers | +4 state u32: OPEN, STOP | +8 tended u32: 1 once the parent looks
 *                                                                       after workers that sleep while tasks wait
 *   line 4   done u32: wait word of the parent's collector
 *   line 5   spinners: a {@code SpinPermit}, in which workers go by their owner bits of a slot's word
 *   then     worker blocks, one line each:
 *              +0 epoch u32 | +4 gone u32 | +8 unused | +16 task in hand {slot:32, serial:32} u64
 *              +24 tasks ended u64 | +32 nanoseconds spent in tasks u64
 *              +64 done tail u64: entries ever written to its done ring, only this worker stores here
 *              +72 done head u64: entries the parent has read, only the parent stores here
 *   then     work ring: entries u64 {slot:32 | serial:32}
 *   then     done rings, one per worker block: entries u64 {slot:32 | serial:32}
 *   then     slots, 256 bytes each:
 *              +0 word u64, see {@link SlotWord}
 *              +8 wait word u32 of a caller that waits for this slot alone
 *              +12 notify u32: COLLECTOR or CALLER
 *              +16 argument length u32 | +24 argument reference u64 (0: it lies in the body)
 *              +32 result length u32   | +40 result reference u64   (0: it lies in the body)
 *              +48 body, 208 bytes: first the argument, and once that was copied out, the result; a small one comes along
 *                                   with the word
 * </pre>
 *
 * <p><b>What publishes what.</b> A task: the slot's word FREE -> READY. An outcome: RUNNING -> DONE. The rings only say
 * where to look. The work ring is exact all the same: its entry is written before {@code tail} moves over it, and {@code
 * head} moves over an entry only after somebody saw that the slot is no longer READY under that serial, which can never
 * become true again. So a READY slot is always found between head and tail, whoever was killed in between, and no worker
 * needs to scan the states before it sleeps. A done ring dies with its worker; the parent then looks at every slot.
 */
final class TaskTableLayout {
    static final int VERSION = 3;

    private static final int LINE = 128;

    static final int SLOTS = 0;
    static final int WORKERS = SLOTS + 4;
    static final int CPUS = WORKERS + 4;
    static final int TAIL = LINE;
    static final int HEAD = TAIL + LINE;
    static final int WORK = HEAD + LINE;
    static final int STATE = WORK + 4;
    static final int TENDED = STATE + 4;
    static final int DONE = WORK + LINE;
    static final int SPINNERS = DONE + LINE;
    static final int BLOCKS = SPINNERS + LINE;

    static final int BLOCK_BYTES = LINE;
    static final int BLOCK_EPOCH = 0;
    static final int BLOCK_GONE = BLOCK_EPOCH + 4;
    static final int BLOCK_IN_HAND = 16;
    static final int BLOCK_TASKS = BLOCK_IN_HAND + 8;
    static final int BLOCK_BUSY_NANOS = BLOCK_TASKS + 8;
    static final int BLOCK_DONE_TAIL = 64;
    static final int BLOCK_DONE_HEAD = BLOCK_DONE_TAIL + 8;

    static final int SLOT_BYTES = 256;
    static final int SLOT_WORD = 0;
    static final int SLOT_WAIT = SLOT_WORD + 8;
    static final int SLOT_NOTIFY = SLOT_WAIT + 4;
    static final int SLOT_ARGUMENT_LENGTH = SLOT_NOTIFY + 4;
    static final int SLOT_ARGUMENT_REF = SLOT_ARGUMENT_LENGTH + 8;
    static final int SLOT_RESULT_LENGTH = SLOT_ARGUMENT_REF + 8;
    static final int SLOT_RESULT_REF = SLOT_RESULT_LENGTH + 8;
    static final int SLOT_BODY = SLOT_RESULT_REF + 8;
    static final int BODY_BYTES = SLOT_BYTES - SLOT_BODY;

    final int slots;
    final int workers;
    final int workEntries;
    final int doneEntries;
    final long workRing;
    final long doneRings;
    final long firstSlot;
    final long bytes;

    /**
     * @param slots how many tasks the table holds, a power of two
     * @param workers how many worker blocks
     */
    TaskTableLayout(int slots, int workers) {
        this.slots = slots;
        this.workers = workers;
        // Twice the slots: cancelled tasks leave entries behind that nobody has walked over yet. And one for each
        // worker:
        // what a dead one had claimed is entered again, room or no room.
        this.workEntries = nextPowerOfTwo(2 * slots + workers);
        this.doneEntries = 2 * slots;
        this.workRing = BLOCKS + (long) workers * BLOCK_BYTES;
        this.doneRings = workRing + 8L * workEntries;
        this.firstSlot = doneRings + 8L * doneEntries * workers;
        this.bytes = firstSlot + (long) slots * SLOT_BYTES;
    }

    private static int nextPowerOfTwo(int least) {
        return Integer.highestOneBit(least - 1) << 1;
    }

    /** How many entries of the work ring tasks that come in may take. */
    int usableWorkEntries() {
        return workEntries - workers;
    }

    long block(int worker) {
        return BLOCKS + (long) worker * BLOCK_BYTES;
    }

    long workEntry(long position) {
        return workRing + 8L * (position & workEntries - 1);
    }

    long doneEntry(int worker, long position) {
        return doneRings + 8L * ((long) worker * doneEntries + (position & doneEntries - 1));
    }

    long slot(int index) {
        if (index < 0 || index >= slots) {
            throw new IllegalStateException("slot " + index + " of " + slots + ": the task table is damaged");
        }
        return firstSlot + (long) index * SLOT_BYTES;
    }
}
