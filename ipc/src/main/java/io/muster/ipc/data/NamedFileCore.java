package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SegmentKind;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a name has to do with an array: its cell is empty, its elements lie in a file beside it, which this process may map or
 * not.
 */
final class NamedFileCore extends SharedCore {
    static final int ARRAY_KIND = SegmentKind.of("NARR");
    static final int STRUCTS_KIND = SegmentKind.of("NSTR");
    static final int VERSION = 1;
    static final long BODY_BYTES = Long.BYTES;

    private final Path file;
    private final int fileKind;
    private final int fileVersion;

    private NamedFileCore(Participant participant, Cell cell, int fileKind, int fileVersion) {
        super(participant, cell);
        this.file = file(participant, cell);
        this.fileKind = fileKind;
        this.fileVersion = fileVersion;
    }

    static NamedFileCore ofArray(Participant participant, Cell cell, ElementType type) {
        return new NamedFileCore(participant, cell, type.kind(), ArrayLayout.VERSION);
    }

    static NamedFileCore ofStructs(Participant participant, Cell cell) {
        return new NamedFileCore(participant, cell, StructArrayCore.KIND, StructLayout.VERSION);
    }

    static Path file(Participant participant, Cell cell) {
        return participant.directory().resolve(NamedCells.dataPrefix(cell) + ".elements");
    }

    Path file() {
        return file;
    }

    @Override
    protected void retire() {
        cell().retire();
        try {
            Segment.open(file, fileKind, fileVersion).memory().putIntVolatile(ArrayLayout.STATE, ArrayLayout.CLOSED);
        } catch (SegmentException e) {
            if (Files.exists(file)) {
                throw e;
            }
        }
    }
}
