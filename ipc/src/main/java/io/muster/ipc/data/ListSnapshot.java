package io.muster.ipc.data;

/**
 * All elements, or a range of them, as they were at one moment.
 *
 * @param state of the list at that moment
 * @param from index in the list of the first of them
 */
record ListSnapshot(ListRegion region, long state, int from, long[] slots) {

    int size() {
        return slots.length;
    }

    ListElement element(int index) {
        return new ListElement(region, slots[index]);
    }

    byte[] encoded(int index) {
        return region.encoded(slots[index]);
    }

    /**
     * The whole list with this range made of other sources.
     *
     * @param sources of each element that the range shall have: its index in this snapshot, or {@code ~i} for {@code fresh[i]}
     */
    ListPlan keeping(int[] sources, byte[][] fresh) {
        int behind = ListLayout.count(state) - from - slots.length;
        int end = from + sources.length;
        int shift = slots.length - sources.length;
        return new ListPlan(
                end + behind,
                k -> {
                    if (k < from || k >= end) {
                        return k < from ? k : k + shift;
                    }
                    int source = sources[k - from];
                    return source < 0 ? source : source + from;
                },
                fresh);
    }
}
