package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;

/** One shared value in this process. Its word is all there is, so a death leaves nothing to repair. */
final class ValueCore extends SharedCore {
    private final ValueType type;

    ValueCore(Participant participant, Cell cell, ValueType type) {
        super(participant, cell);
        this.type = type;
    }

    /** In the session, for the maker's handle. */
    static ValueCore create(ValueType type, long bits) {
        Participant participant = Participants.ofSession();
        Cell cell = participant.cells().allocate(type.kind(), ValueLayout.VERSION, ValueLayout.BODY_BYTES);
        format(cell, type, bits);
        cell.publish();
        ValueCore core = new ValueCore(participant, cell, type);
        participant.add(cell, core);
        return core;
    }

    /** Gives a cell that nobody knows yet its first value. */
    static void format(Cell cell, ValueType type, long bits) {
        long at = cell.body() + ValueLayout.VALUE;
        if (type.isWide()) {
            cell.memory().putLong(at, bits);
        } else {
            cell.memory().putInt(at, (int) bits);
        }
    }

    static ValueCore attach(CellRef ref, ValueType type) {
        Participant participant = Participants.at(ref.place());
        ValueCore core = participant.attach(
                ref, type.kind(), ValueLayout.VERSION, ValueCore.class, cell -> new ValueCore(participant, cell, type));
        if (core.type != type) {
            throw new CorruptSegmentException(ref + " holds a value of type " + core.type + ", not " + type);
        }
        return core;
    }

    ValueType type() {
        return type;
    }

    Memory memory() {
        return cell().memory();
    }

    /** Offset of the value. */
    long at() {
        return cell().body() + ValueLayout.VALUE;
    }

    void checkOpen() {
        cell().checkOpen();
    }

    /** For messages. */
    String name() {
        return cell().toString();
    }

    @Override
    protected void retire() {
        cell().retire();
    }
}
