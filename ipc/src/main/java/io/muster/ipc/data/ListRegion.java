package io.muster.ipc.data;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import java.nio.ByteBuffer;

/**
 * One generation of a list's elements, as this process sees it: {@link ListLayout} draws it. Reading needs no lock; writing
 * does. Stays readable when the list has gone on to the next generation, and then never changes any more.
 */
final class ListRegion {
    /** That of a list which never had an element. */
    static final ListRegion NONE = new ListRegion(0, emptyMemory(), 0);

    private final long generation;
    private final Memory memory;
    private final int slots;

    private ListRegion(long generation, Memory memory, int slots) {
        this.generation = generation;
        this.memory = memory;
        this.slots = slots;
    }

    private static Memory emptyMemory() {
        int bytes = (int) ListLayout.heap(0);
        Memory memory =
                Memory.wrap(ByteBuffer.allocateDirect(bytes + Long.BYTES).alignedSlice(Long.BYTES));
        memory.putLongVolatile(ListLayout.BUMP, bytes);
        return memory;
    }

    /** A new one over zeros that nobody else knows yet. */
    static ListRegion format(long generation, Memory memory, int slots) {
        memory.putLong(ListLayout.SLOTS, slots);
        memory.putLong(ListLayout.BUMP, ListLayout.heap(slots));
        return new ListRegion(generation, memory, slots);
    }

    /** @throws CorruptSegmentException if it cannot be one */
    static ListRegion over(long generation, Memory memory) {
        long slots = memory.size() < ListLayout.TABLES ? -1 : memory.getLong(ListLayout.SLOTS);
        if (slots < 0 || slots > ListLayout.MOST_ELEMENTS || ListLayout.heap((int) slots) > memory.size()) {
            throw new CorruptSegmentException("generation " + generation + " of a shared list says that it has " + slots
                    + " slots in " + memory.size() + " bytes: these were overwritten by somebody");
        }
        return new ListRegion(generation, memory, (int) slots);
    }

    long generation() {
        return generation;
    }

    long bytes() {
        return memory.size();
    }

    long state() {
        long state = memory.getLongAcquire(ListLayout.STATE);
        if (ListLayout.count(state) > slots) {
            throw new CorruptSegmentException("generation " + generation + " of a shared list says that it has "
                    + ListLayout.count(state) + " elements in " + slots + " slots: it was overwritten by somebody");
        }
        return state;
    }

    long slot(int table, int index) {
        return memory.getLongAcquire(ListLayout.slot(slots, table, index));
    }

    /** What the heap has to hold for an element. */
    long heapBytes(long slot) {
        return ListLayout.isInline(slot) ? 0 : ListLayout.heapBytes(length(slot));
    }

    private int length(long slot) {
        boolean inside = slot >= ListLayout.heap(slots) && slot <= memory.size() - Long.BYTES && slot % Long.BYTES == 0;
        int length = inside ? memory.getInt(slot) : -1;
        if (length <= ListLayout.MOST_INLINE_BYTES || length > memory.size() - slot - ListLayout.ELEMENT) {
            throw new CorruptSegmentException("a slot of generation " + generation + " of a shared list has 0x"
                    + Long.toHexString(slot) + " in it, where no element can be: it was overwritten by somebody");
        }
        return length;
    }

    /** The encoding that a slot stands for. */
    byte[] encoded(long slot) {
        if (ListLayout.isInline(slot)) {
            return ListLayout.inlined(slot);
        }
        try {
            byte[] encoded = new byte[length(slot)];
            memory.getBytes(slot + ListLayout.ELEMENT, encoded, 0, encoded.length);
            return encoded;
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "a shared list");
        }
    }

    /** Whether so many slots, and so much more heap, can be used. */
    boolean hasRoom(int wantedSlots, long heapBytes) {
        return wantedSlots <= slots && heapBytes <= memory.size() - bump();
    }

    /** Stores elements that nobody sees yet; there is room for them. Returns their slots. */
    long[] store(byte[][] encoded) {
        long[] stored = new long[encoded.length];
        long bump = bump();
        long at = bump;
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i].length <= ListLayout.MOST_INLINE_BYTES) {
                stored[i] = ListLayout.inline(encoded[i]);
            } else {
                stored[i] = at;
                at += storeAt(at, encoded[i]);
            }
        }
        if (at != bump) {
            memory.putLongRelease(ListLayout.BUMP, at);
        }
        return stored;
    }

    /** Returns the bytes that it takes. */
    long storeAt(long at, byte[] encoded) {
        memory.putInt(at, encoded.length);
        memory.putBytes(at + ListLayout.ELEMENT, encoded, 0, encoded.length);
        return ListLayout.heapBytes(encoded.length);
    }

    long bump() {
        return memory.getLong(ListLayout.BUMP);
    }

    /** For a region that nobody else knows yet. */
    void prepareBump(long bump) {
        memory.putLong(ListLayout.BUMP, bump);
    }

    /** Prepares a slot that the state does not cover. */
    void prepareSlot(int table, int index, long slot) {
        memory.putLong(ListLayout.slot(slots, table, index), slot);
    }

    /** Replaces an element at once. */
    void publishSlot(int table, int index, long slot) {
        memory.putLongRelease(ListLayout.slot(slots, table, index), slot);
    }

    /**
     * Publishes which elements there are. No store of the same holder of the lock may follow, so that the lock's own fences
     * lie between this and whatever overwrites what readers of the old state may be reading.
     */
    void publishState(long state) {
        memory.putLongRelease(ListLayout.STATE, state);
    }
}
