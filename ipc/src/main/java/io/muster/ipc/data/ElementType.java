package io.muster.ipc.data;

import io.muster.ipc.memory.SegmentKind;
import java.util.concurrent.locks.Lock;

/** What an array is made of: as files and handles in transit name it. */
enum ElementType {
    BYTE("bytes", "BYTA", Byte.BYTES),
    SHORT("shorts", "SHOA", Short.BYTES),
    CHAR("chars", "CHAA", Character.BYTES),
    INT("ints", "INTA", Integer.BYTES),
    LONG("longs", "LONA", Long.BYTES),
    FLOAT("floats", "FLOA", Float.BYTES),
    DOUBLE("doubles", "DOUA", Double.BYTES);

    private final String filePrefix;
    private final int kind;
    private final int bytes;

    ElementType(String filePrefix, String kind, int bytes) {
        this.filePrefix = filePrefix;
        this.kind = SegmentKind.of(kind);
        this.bytes = bytes;
    }

    /** What the names of its files begin with. */
    String filePrefix() {
        return filePrefix;
    }

    /** Of its segments. */
    int kind() {
        return kind;
    }

    /** Of one element. */
    int bytes() {
        return bytes;
    }

    /** A handle that is not the maker's. */
    SharedArray<?> handle(ArrayCore core, long from, long length, Lock lock) {
        return switch (this) {
            case BYTE -> new SharedByteArray(core, from, length, false, lock);
            case SHORT -> new SharedShortArray(core, from, length, false, lock);
            case CHAR -> new SharedCharArray(core, from, length, false, lock);
            case INT -> new SharedIntArray(core, from, length, false, lock);
            case LONG -> new SharedLongArray(core, from, length, false, lock);
            case FLOAT -> new SharedFloatArray(core, from, length, false, lock);
            case DOUBLE -> new SharedDoubleArray(core, from, length, false, lock);
        };
    }
}
