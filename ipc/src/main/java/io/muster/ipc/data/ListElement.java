package io.muster.ipc.data;

import java.util.Arrays;

/** An element that was read: it stays good whatever becomes of the list. */
record ListElement(ListRegion region, long slot) {

    byte[] encoded() {
        return region.encoded(slot);
    }

    /** Whether that slot holds the same value; a rebuild moves elements without changing them. */
    boolean isSame(ListRegion otherRegion, long otherSlot) {
        boolean comparable = region.generation() == otherRegion.generation()
                || ListLayout.isInline(slot)
                || ListLayout.isInline(otherSlot);
        return comparable ? slot == otherSlot : Arrays.equals(encoded(), otherRegion.encoded(otherSlot));
    }
}
