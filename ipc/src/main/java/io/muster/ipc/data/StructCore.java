package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.SegmentKind;
import io.muster.ipc.wait.Deadline;
import java.time.Duration;

/** One shared record in this process. */
final class StructCore<R extends Record> extends SharedCore {
    static final int KIND = SegmentKind.of("STRU");
    /** A process that is stopped in the middle of a change is not waited for any longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final RecordShape<R> shape;
    private final RobustLock lock;
    private final StructAccess<R> access;

    /** @throws CorruptSegmentException if the record in the cell lies in another way */
    StructCore(Participant participant, Cell cell, RecordShape<R> shape) {
        super(participant, cell);
        long found = cell.memory().getLong(cell.body() + StructLayout.SHAPE);
        if (found != shape.fingerprint()) {
            throw otherShape(cell, shape);
        }
        this.shape = shape;
        this.lock = new RobustLock(participant, cell.memory(), cell.body() + StructLayout.LOCK);
        this.access = new StructAccess<>(cell.memory(), shape, cell::checkOpen);
    }

    static CorruptSegmentException otherShape(Object where, RecordShape<?> shape) {
        return new CorruptSegmentException(
                where + " holds another record than " + shape
                        + ": its class has other components in the process that made it. Let all of them use one version of it.");
    }

    static <R extends Record> StructCore<R> create(Class<R> type, R initial) {
        RecordShape<R> shape = new RecordShape<>(type);
        Participant participant = Participants.ofSession();
        Cell cell = participant.cells().allocate(KIND, StructLayout.VERSION, StructLayout.cellBodyBytes(shape.words()));
        format(cell, shape, initial);
        cell.publish();
        StructCore<R> core = new StructCore<>(participant, cell, shape);
        participant.add(cell, core);
        return core;
    }

    /**
     * Fills a cell that nobody knows yet.
     *
     * @param initial null for zeros
     */
    static <R extends Record> void format(Cell cell, RecordShape<R> shape, R initial) {
        Memory memory = cell.memory();
        memory.putLong(cell.body() + StructLayout.SHAPE, shape.fingerprint());
        if (initial != null) {
            long at = StructLayout.copy(cell.body() + StructLayout.SLOT, shape.words(), 0);
            for (long word : shape.encode(initial)) {
                memory.putLong(at, word);
                at += Long.BYTES;
            }
        }
    }

    @SuppressWarnings("unchecked")
    static <R extends Record> StructCore<R> attach(CellRef ref, Class<R> type) {
        Participant participant = Participants.at(ref.place());
        StructCore<?> core = participant.attach(
                ref,
                KIND,
                StructLayout.VERSION,
                StructCore.class,
                cell -> new StructCore<>(participant, cell, new RecordShape<>(type)));
        if (core.shape.type() != type) {
            throw otherShape(ref, new RecordShape<>(type));
        }
        return (StructCore<R>) core;
    }

    Class<R> type() {
        return shape.type();
    }

    StructAccess<R> access() {
        return access;
    }

    long slot() {
        return cell().body() + StructLayout.SLOT;
    }

    RobustLock lock() {
        return lock;
    }

    /** For messages. */
    String name() {
        return shape + " in " + cell();
    }

    @Override
    protected void retire() {
        boolean held;
        try {
            held = lock.acquireUninterruptibly(Deadline.after(CLOSE_LIMIT));
        } catch (ClosedObjectException e) {
            return;
        }
        cell().retire();
        if (held) {
            lock.close();
        } else {
            lock.closeForHolder();
            neverReuseCell();
        }
    }
}
