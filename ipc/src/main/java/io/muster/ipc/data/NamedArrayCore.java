package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedSpec;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.SegmentKind;
import java.nio.file.Path;

/** What a name has to do with an array: its cell is empty, its elements lie in a file beside it. */
final class NamedArrayCore extends SharedCore {
    static final int KIND = SegmentKind.of("NARR");
    static final int VERSION = 1;
    private static final long BODY_BYTES = Long.BYTES;

    private final ArrayCore array;

    NamedArrayCore(Participant participant, Cell cell, ElementType type) {
        super(participant, cell);
        this.array = ArrayCore.open(participant, file(participant, cell), type);
    }

    static NamedSpec spec(Participant participant, ElementType type, long length) {
        // Refused before there is a file.
        ArrayLayout.bodyBytes(length, type.bytes());
        return new NamedSpec(
                KIND,
                VERSION,
                type.typeName() + "(" + length + ")",
                BODY_BYTES,
                cell -> ArrayCore.create(participant, file(participant, cell), type, length));
    }

    private static Path file(Participant participant, Cell cell) {
        return participant.directory().resolve(NamedCells.dataPrefix(cell) + ".elements");
    }

    ArrayCore array() {
        return array;
    }

    @Override
    protected void retire() {
        cell().retire();
        array.closeForAll();
    }
}
