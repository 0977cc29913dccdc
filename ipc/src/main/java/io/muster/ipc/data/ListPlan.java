package io.muster.ipc.data;

import java.util.function.IntUnaryOperator;

/**
 * What a list shall be, said in terms of what it is.
 *
 * @param size number of elements
 * @param source of each: the index of the element that it is, or {@code ~i} for {@code fresh[i]}
 * @param fresh encodings of new elements
 */
record ListPlan(int size, IntUnaryOperator source, byte[][] fresh) {
    static final byte[][] NOTHING = {};

    /** Elements {@code from} to {@code to} of {@code count} replaced by others. */
    static ListPlan splice(int count, int from, int to, byte[][] fresh) {
        int added = fresh.length;
        int shift = to - from - added;
        return new ListPlan(
                checkedSize((long) count - shift),
                k -> k < from ? k : k < from + added ? ~(k - from) : k + shift,
                fresh);
    }

    private static int checkedSize(long size) {
        if (size > ListLayout.MOST_ELEMENTS) {
            throw new IllegalStateException("the list would have " + size + " elements, more than a list can have: "
                    + ListLayout.MOST_ELEMENTS + "; nothing was changed");
        }
        return (int) size;
    }

    long freshHeapBytes() {
        long bytes = 0;
        for (byte[] encoded : fresh) {
            bytes += ListLayout.heapBytes(encoded.length);
        }
        return bytes;
    }
}
