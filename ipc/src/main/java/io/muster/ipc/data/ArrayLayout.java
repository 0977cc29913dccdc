package io.muster.ipc.data;

/**
 * Where the parts of a shared array lie in its segment's body. Processes map these bytes: a change here is a change of
 * {@link #VERSION}. What the elements are is the segment's kind, see {@link ElementType}; how many there are follows from
 * the size of the body alone, so a segment that has its name is complete.
 *
 * <pre>
 *   byte
 *     0 +-----------------------------------------------+
 *       | STATE i32: 0 open, 1 closed for all           |  stored once, by the maker
 *    64 +-----------------------------------------------+
 *       | elements, little-endian                       |  anybody stores here
 *       +-----------------------------------------------+
 *       | P zeros, 0 to 3, that fill the last i32       |  atomic bytes are changed by way of the int around them
 *       | P zeros more                                  |  so the size says what P is
 *       +-----------------------------------------------+
 * </pre>
 */
final class ArrayLayout {
    static final int VERSION = 1;

    static final int STATE = 0;
    /** A cache line of its own: elements are not shared with the header. */
    static final int ELEMENTS = 64;

    static final int OPEN = 0;
    static final int CLOSED = 1;

    private static final long MOST_BYTES = Long.MAX_VALUE >> 2;

    private ArrayLayout() {}

    static long bodyBytes(long length, int elementBytes) {
        if (length < 0 || length > MOST_BYTES / elementBytes) {
            throw new IllegalArgumentException("length=" + length + " is less than 0 or more than "
                    + MOST_BYTES / elementBytes + ", what addresses of 64 bits can reach");
        }
        long bytes = length * elementBytes;
        return ELEMENTS + bytes + 2 * padding(bytes);
    }

    private static long padding(long bytes) {
        return -bytes & Integer.BYTES - 1;
    }

    static long length(long bodyBytes, int elementBytes) {
        long bytes = bodyBytes - ELEMENTS;
        long padding = bytes & Integer.BYTES - 1;
        return (bytes - 2 * padding) / elementBytes;
    }
}
