package io.muster.ipc.internal.cell;

import java.nio.charset.StandardCharsets;

/**
 * Where the parts of a named object's file lie: a segment of cells with one cell, and in front of it what the object is.
 * Several processes map these bytes, so this class <em>is</em> the protocol: a change here is a change of {@link #FORMAT_NOW}.
 *
 * <pre>
 *   byte of the segment's body
 *      0 +------------------------------+------------------------------+
 *        | FORMAT i32                   | CELL i32: where it begins    |
 *      8 +------------------------------+------------------------------+
 *        | KIND i32: of the object      | VERSION i32: of its layout   |  all of this is written before the
 *     16 +------------------------------+------------------------------+  file gets its name, and constant
 *        | NUMBER i32: the generation   | TYPE_LENGTH i32: bytes       |
 *     24 +------------------------------+------------------------------+
 *        | MAKER i64: pid               | MADE_AT i64: ms of the epoch |
 *     64 +------------------------------+------------------------------+
 *        | TYPE, UTF-8: the object's type, with parameters and types of its values
 *   CELL +-------------------------------------------------------------+
 *        | the cell, see {@link CellLayout}; its HEAD is 0 once the object is removed
 *        +-------------------------------------------------------------+
 * </pre>
 *
 * The file's name is {@code named~} and the object's name, encoded, and {@code ~}. Other files of the same object have names
 * that begin with {@code data~NUMBER.}, or hold {@code -FILE-OFFSET-NUMBER-}.
 */
final class NamedLayout {
    static final int FORMAT_NOW = 1;

    static final int FORMAT = 0;
    static final int CELL = FORMAT + Integer.BYTES;
    static final int KIND = CELL + Integer.BYTES;
    static final int VERSION = KIND + Integer.BYTES;
    static final int NUMBER = VERSION + Integer.BYTES;
    static final int TYPE_LENGTH = NUMBER + Integer.BYTES;
    static final int MAKER = TYPE_LENGTH + Integer.BYTES;
    static final int MADE_AT = MAKER + Long.BYTES;
    static final int TYPE = 64;

    /** A class name has at most 65,535 bytes, a sensible one some 50. */
    static final int MOST_TYPE_BYTES = 8 * 1024;

    static final String FILE_PREFIX = "named~";
    static final String FILE_SUFFIX = "~";
    static final String DATA_PREFIX = "data~";

    private NamedLayout() {}

    static byte[] typeBytes(String type) {
        byte[] bytes = type.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_TYPE_BYTES) {
            throw new IllegalArgumentException("the description " + type.substring(0, 80) + "... of a named object has "
                    + bytes.length + " bytes, and " + MOST_TYPE_BYTES + " is the most");
        }
        return bytes;
    }

    static long cell(int typeBytes) {
        return (TYPE + typeBytes + CellLayout.ALIGNMENT - 1) & -CellLayout.ALIGNMENT;
    }
}
