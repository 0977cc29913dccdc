package io.muster.ipc.data;

/** How the holder of a list's lock makes a region what a {@link ListPlan} says; each ends in the store that publishes it. */
final class ListWriter {
    /** The size of a list's first file. */
    static final long FIRST_BYTES = bytes(ListLayout.FIRST_SLOTS, ListLayout.FIRST_HEAP_BYTES);

    private static final long LARGE_BYTES = 64L * 1024 * 1024;

    /** Makes room for a new generation. */
    interface Room {
        ListRegion make(int slots, long bodyBytes);
    }

    private ListWriter() {}

    private static long bytes(int slots, long heapBytes) {
        return ListLayout.heap(slots) + heapBytes;
    }

    /** From {@code from} on come these and no others; there is room. */
    static void overwriteTail(ListRegion region, long state, int from, byte[][] fresh) {
        int table = ListLayout.table(state);
        if (from < ListLayout.count(state) && fresh.length > 0) {
            inPlace(region, state, ListPlan.splice(ListLayout.count(state), from, ListLayout.count(state), fresh));
            return;
        }
        long[] slots = region.store(fresh);
        for (int i = 0; i < slots.length; i++) {
            region.prepareSlot(table, from + i, slots[i]);
        }
        region.publishState(ListLayout.next(state, table, from + slots.length));
    }

    /** Through the other table; there is room. */
    static void inPlace(ListRegion region, long state, ListPlan plan) {
        int table = ListLayout.table(state);
        long[] fresh = region.store(plan.fresh());
        for (int i = 0; i < plan.size(); i++) {
            int source = plan.source().applyAsInt(i);
            region.prepareSlot(1 - table, i, source < 0 ? fresh[~source] : region.slot(table, source));
        }
        region.publishState(ListLayout.next(state, 1 - table, plan.size()));
    }

    /** A new generation, complete, with room to grow; what was garbage is left behind. */
    static ListRegion copy(ListRegion old, long state, ListPlan plan, Room room) {
        int table = ListLayout.table(state);
        long live = plan.freshHeapBytes();
        for (int i = 0; i < plan.size(); i++) {
            int source = plan.source().applyAsInt(i);
            live += source < 0 ? 0 : old.heapBytes(old.slot(table, source));
        }
        int slots = (int) Math.max(
                ListLayout.FIRST_SLOTS, Math.min(ListLayout.MOST_ELEMENTS, plan.size() + (plan.size() + 1L) / 2));
        long heapBytes = Math.max(ListLayout.FIRST_HEAP_BYTES, live < LARGE_BYTES ? 2 * live : live + live / 2);
        ListRegion fresh = room.make(slots, bytes(slots, heapBytes & -Long.BYTES));
        long[] freshSlots = fresh.store(plan.fresh());
        long bump = fresh.bump();
        for (int i = 0; i < plan.size(); i++) {
            int source = plan.source().applyAsInt(i);
            long slot = source < 0 ? freshSlots[~source] : old.slot(table, source);
            if (source >= 0 && !ListLayout.isInline(slot)) {
                long copied = bump;
                bump += fresh.storeAt(copied, old.encoded(slot));
                slot = copied;
            }
            fresh.prepareSlot(0, i, slot);
        }
        fresh.prepareBump(bump);
        fresh.publishState(ListLayout.next(state, 0, plan.size()));
        return fresh;
    }
}
