package io.muster.child.task;

/**
 * The 64-bit word of a slot, taken apart and put together. It is the slot's truth; every index beside it is a hint.
 *
 * <pre>
 *    63       60 59            48 47            32 31                                0
 *    +----------+----------------+----------------+----------------------------------+
 *    | phase:4  | worker:12      | epoch:16       | serial:32                        |
 *    +----------+----------------+----------------+----------------------------------+
 * </pre>
 *
 * {@code serial} rises with every publication of the slot, so a word seen once never comes back with another meaning
 * within four thousand million publications of the same slot. {@code worker} and {@code epoch} name the process that holds
 * a claimed slot; they are 0 in FREE and READY.
 */
public final class SlotWord {
    /** The most workers a table can tell apart. */
    public static final int MAX_WORKERS = 1 << 12;

    private static final int WORKER_SHIFT = 48;
    private static final int EPOCH_SHIFT = 32;
    private static final int PHASE_SHIFT = 60;
    private static final long SERIAL_MASK = 0xFFFF_FFFFL;
    private static final long OWNER_MASK = 0x0FFF_FFFFL << EPOCH_SHIFT;

    private SlotWord() {}

    /** The word of an unowned slot. */
    public static long unowned(SlotPhase phase, int serial) {
        return (long) phase.ordinal() << PHASE_SHIFT | (serial & SERIAL_MASK);
    }

    /** The same slot and serial, held by a worker. */
    public static long owned(long word, SlotPhase phase, long owner) {
        return (long) phase.ordinal() << PHASE_SHIFT | owner | (word & SERIAL_MASK);
    }

    /** The same owner and serial in another phase. */
    public static long moved(long word, SlotPhase phase) {
        return (word & (OWNER_MASK | SERIAL_MASK)) | (long) phase.ordinal() << PHASE_SHIFT;
    }

    /**
     * Who holds a slot: the worker's index and epoch at their place in the word. Never 0.
     *
     * @param epoch from 1; comes round after 65,535, as long after the last trace of its earlier bearer
     */
    public static long owner(int worker, int epoch) {
        int folded = (epoch - 1) % 0xFFFF + 1;
        return (long) (worker & (MAX_WORKERS - 1)) << WORKER_SHIFT | (long) folded << EPOCH_SHIFT;
    }

    public static long ownerOf(long word) {
        return word & OWNER_MASK;
    }

    public static int workerOf(long word) {
        return (int) (word >>> WORKER_SHIFT) & (MAX_WORKERS - 1);
    }

    public static int serialOf(long word) {
        return (int) word;
    }

    public static SlotPhase phaseOf(long word) {
        return SlotPhase.of((int) (word >>> PHASE_SHIFT));
    }

    public static boolean isPhase(long word, SlotPhase phase) {
        return (int) (word >>> PHASE_SHIFT) == phase.ordinal();
    }

    /** For messages and dumps. */
    public static String describe(long word) {
        return phaseOf(word) + "(worker " + workerOf(word) + ", epoch " + ((int) (word >>> EPOCH_SHIFT) & 0xFFFF)
                + ", serial " + Integer.toUnsignedString(serialOf(word)) + ")";
    }
}
