package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SegmentKind;
import java.nio.file.Path;

/** An array of records, as this process sees it. */
final class StructArrayCore<R extends Record> extends SharedFile {
    static final int KIND = SegmentKind.of("STRA");

    private final RecordShape<R> shape;
    private final RobustLock[] locks = new RobustLock[StructLayout.LOCK_COUNT];
    private final StructAccess<R> access;
    private final long length;

    StructArrayCore(Participant participant, Segment segment, RecordShape<R> shape) {
        super(participant, segment);
        long found = memory().getLongAcquire(StructLayout.ARRAY_SHAPE);
        if (found == 0) {
            throw new SegmentException("the process that made " + name() + " has not finished it");
        }
        if (found != shape.fingerprint()) {
            throw StructCore.otherShape(name(), shape);
        }
        this.shape = shape;
        this.length = StructLayout.arrayLength(memory().size(), shape.words());
        this.access = new StructAccess<>(memory(), shape, this::checkOpen);
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new RobustLock(participant, memory(), StructLayout.arrayLock(i));
        }
    }

    static <R extends Record> StructArrayCore<R> create(RecordShape<R> shape, long length) {
        StructLayout.arrayBodyBytes(length, shape.words());
        Participant participant = Participants.ofSession();
        return create(participant, participant.newFile("structs"), shape, length);
    }

    /** What is in the file already is replaced, which nobody may be attached to. */
    static <R extends Record> StructArrayCore<R> create(
            Participant participant, Path file, RecordShape<R> shape, long length) {
        long bodyBytes = StructLayout.arrayBodyBytes(length, shape.words());
        Segment segment = Segment.create(file, KIND, StructLayout.VERSION, bodyBytes);
        segment.memory().putLongRelease(StructLayout.ARRAY_SHAPE, shape.fingerprint());
        StructArrayCore<R> core = new StructArrayCore<>(participant, segment, shape);
        Attachments.of(participant).put(file, core);
        return core;
    }

    @SuppressWarnings("unchecked")
    static <R extends Record> StructArrayCore<R> open(Participant participant, Path file, Class<R> type) {
        Attachments attachments = Attachments.of(participant);
        StructArrayCore<?> known = attachments.find(file, StructArrayCore.class);
        if (known != null && known.shape.type() == type && known.isOpen()) {
            return (StructArrayCore<R>) known;
        }
        RecordShape<R> shape = new RecordShape<>(type);
        Segment segment = openSegment(file, KIND, StructLayout.VERSION);
        return attachments.addIfAbsent(file, new StructArrayCore<>(participant, segment, shape), known);
    }

    /** @throws ClosedObjectException if its maker has closed it */
    void checkOpen() {
        if (memory().getInt(ArrayLayout.STATE) != ArrayLayout.OPEN) {
            throw new ClosedObjectException(describe() + " is closed: its maker has closed it, for all");
        }
    }

    Class<R> type() {
        return shape.type();
    }

    long length() {
        return length;
    }

    StructAccess<R> access() {
        return access;
    }

    long slot(long index) {
        return StructLayout.arraySlot(index, shape.words());
    }

    RobustLock lock(long index) {
        return locks[(int) (index % locks.length)];
    }

    /** For messages. */
    String describe() {
        return "SharedStructArray[" + length + " of " + shape + " in " + name() + "]";
    }
}
