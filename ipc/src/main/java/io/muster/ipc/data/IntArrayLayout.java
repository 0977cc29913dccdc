package io.muster.ipc.data;

import io.muster.ipc.memory.SegmentKind;

/**
 * Where the parts of a shared int array lie in its segment's body. Processes map these bytes: a change here is a change of
 * {@link #VERSION}.
 *
 * <pre>
 *   byte
 *     0 +--------------------------------------------+
 *       | LENGTH i32: elements                       |  written once, before anybody else can attach
 *    64 +--------------------------------------------+
 *       | ELEMENTS, LENGTH times i32, little-endian  |  anybody stores here
 *       +--------------------------------------------+
 * </pre>
 */
final class IntArrayLayout {
    static final int KIND = SegmentKind.of("INTA");
    static final int VERSION = 1;

    static final int LENGTH = 0;
    /** A cache line of its own: elements are not shared with the header. */
    static final int ELEMENTS = 64;

    private IntArrayLayout() {}

    static long element(int index) {
        return ELEMENTS + (long) index * Integer.BYTES;
    }

    static long bodyBytes(int length) {
        return element(length);
    }
}
