package io.muster.ipc.data;

import io.muster.ipc.memory.SegmentKind;
import java.util.Locale;

/** What a shared value is: as cells and handles in transit name it. */
enum ValueType {
    BOOLEAN("BOOV"),
    BYTE("BYTV"),
    SHORT("SHOV"),
    CHAR("CHAV"),
    INT("INTV"),
    LONG("LONV"),
    FLOAT("FLOV"),
    DOUBLE("DOUV");

    private final int kind;

    ValueType(String kind) {
        this.kind = SegmentKind.of(kind);
    }

    /** Of its cells. */
    int kind() {
        return kind;
    }

    /** Whether the value takes all 64 bits of its word. */
    boolean isWide() {
        return this == LONG || this == DOUBLE;
    }

    /** What it is called: {@code SharedLong}. */
    String typeName() {
        return "Shared" + name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** A handle that is not the maker's. */
    ValueHandle handle(ValueCore core) {
        return switch (this) {
            case BOOLEAN -> new BooleanHandle(core, false);
            case BYTE -> new ByteHandle(core, false);
            case SHORT -> new ShortHandle(core, false);
            case CHAR -> new CharHandle(core, false);
            case INT -> new IntHandle(core, false);
            case LONG -> new LongHandle(core, false);
            case FLOAT -> new FloatHandle(core, false);
            case DOUBLE -> new DoubleHandle(core, false);
        };
    }
}
