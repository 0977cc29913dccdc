package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * An array of records of primitives, each of which every process of the session can read and change as a whole. All are zero
 * at first.
 *
 * <p>It is a handle, and what {@link SharedStruct} promises of one record holds for each. An element takes twice the room of
 * its components and 8 bytes more. Changes to elements whose indices differ by a multiple of 16 wait for each other for a
 * moment.
 *
 * <p>Every operation throws {@link IndexOutOfBoundsException} if there is no such element,
 * {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost.
 *
 * @param <R> the record; its components are boolean, byte, short, char, int, long, float and double
 */
public final class SharedStructArray<R extends Record> implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1L;

    private final transient StructArrayCore<R> core;
    private final transient boolean maker;
    private transient volatile boolean closed;

    private SharedStructArray(StructArrayCore<R> core, boolean maker) {
        this.core = core;
        this.maker = maker;
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more
     * @throws IllegalArgumentException if that is no record of primitives, or one whose package is not open to this library
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static <R extends Record> SharedStructArray<R> create(Class<R> type, long length) {
        RecordShape<R> shape = new RecordShape<>(Objects.requireNonNull(type, "type"));
        return new SharedStructArray<>(StructArrayCore.create(shape, length), true);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static <R extends Record> SharedStructArray<R> in(Participant participant, Path file, Class<R> type, long length) {
        return new SharedStructArray<>(
                StructArrayCore.create(participant, file, new RecordShape<>(type), length), false);
    }

    /** Attaches to a file of the participant's place. */
    static <R extends Record> SharedStructArray<R> open(Participant participant, Path file, Class<R> type) {
        return new SharedStructArray<>(StructArrayCore.open(participant, file, type), false);
    }

    /** How many elements there are. */
    public long length() {
        return core.length();
    }

    /** The element, made anew. */
    public R get(long index) {
        long slot = slot(index);
        try {
            return core.access().get(slot, core.lock(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element. */
    public void set(long index, R record) {
        Objects.requireNonNull(record, "record");
        long slot = slot(index);
        try {
            core.access().set(slot, core.lock(index), record);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Sets an element to {@code update} if it equals {@code expected}, atomically; whether it did. */
    public boolean compareAndSet(long index, R expected, R update) {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(update, "update");
        long slot = slot(index);
        try {
            return core.access().compareAndSet(slot, core.lock(index), expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public R updateAndGet(long index, UnaryOperator<R> function) {
        Objects.requireNonNull(function, "function");
        long slot = slot(index);
        try {
            return core.access().updateAndGet(slot, core.lock(index), function);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order; each is read when the stream comes to it. */
    public Stream<R> stream() {
        checkOpen();
        return LongStream.range(0, length()).mapToObj(this::get);
    }

    private long slot(long index) {
        checkOpen();
        return core.slot(Objects.checkIndex(index, core.length()));
    }

    private void checkOpen() {
        if (closed) {
            throw new ClosedObjectException(core.describe() + " was closed in this process");
        }
    }

    private RuntimeException fault(InternalError error) {
        return MemoryFault.translate(error, core.describe());
    }

    /** Ends the use of this handle; the maker's ends the array for every process. Doing it twice is harmless. */
    @Override
    public void close() {
        boolean first = !closed;
        closed = true;
        if (maker && first) {
            core.closeForAll();
        }
    }

    /** Two handles are equal if they are of one array. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SharedStructArray<?> array && array.core == core;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(core);
    }

    /** How large it is, and how its records lie in memory. */
    @Override
    public String toString() {
        return core.describe() + (closed || !core.isOpen() ? " (closed)" : "");
    }

    private Object writeReplace() {
        checkOpen();
        core.checkOpen();
        return new Form(core.participant().directory().toString(), core.name(), core.type());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its form travels");
    }

    /** What travels. */
    private record Form(String place, String file, Class<? extends Record> type) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            Participant participant = Participants.at(place);
            return open(participant, SharedFile.fileIn(participant, file), type);
        }
    }
}
