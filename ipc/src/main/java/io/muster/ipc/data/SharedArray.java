package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.SegmentException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.locks.Lock;

/**
 * An array of numbers that every process of the session can read and write.
 *
 * <p>It is a handle: sent to a worker as an argument or captured by a task, it means the same elements there. So does a
 * {@linkplain #slice slice}. All elements are zero at first. Indices are longs: an array may take more than 2 GiB, as far as
 * shared memory has room.
 *
 * <p>Thread-safety: any thread of any process. Each element is written and read whole. The plain {@code get} and {@code set}
 * promise no more: what one process stores is surely seen by another after they have met, for example once the result of
 * the task that stored it is there. {@code getAcquire} and {@code setRelease}, {@code getVolatile} and {@code setVolatile}
 * order memory as those of {@link java.lang.invoke.VarHandle} do, between processes too, and {@code getAndAdd},
 * {@code compareAndSet} and their like are atomic over all processes. Bulk copies and {@code fill} are plain: what is changed
 * meanwhile may be seen in part.
 *
 * <p>Death: what was stored stays. An element is never half old and half new, and an atomic change is done or not; of a bulk
 * copy in which its process was killed, any part may be there.
 *
 * <p>Closing: the handle that made the array ends it for all; other handles, slices among them, end only themselves. Memory
 * is never taken from under a reader.
 *
 * @param <A> the array's own class
 */
public abstract sealed class SharedArray<A extends SharedArray<A>> implements AutoCloseable, Serializable
        permits SharedByteArray,
                SharedShortArray,
                SharedCharArray,
                SharedIntArray,
                SharedLongArray,
                SharedFloatArray,
                SharedDoubleArray {
    private static final long serialVersionUID = 1L;

    final transient ArrayCore core;
    private final transient Memory memory;
    /** Offset of this handle's first element. */
    final transient long base;

    final transient long length;
    private final transient boolean maker;
    private final transient Lock lock;
    /** Plain: a loop that has begun may go on, which harms nobody. */
    private transient boolean closed;

    SharedArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        this.core = core;
        this.memory = core.memory();
        Objects.checkFromIndexSize(from, length, core.length());
        this.base = ArrayLayout.ELEMENTS + from * core.type().bytes();
        this.length = length;
        this.maker = maker;
        this.lock = lock;
    }

    /** A handle of the array's class that is not the maker's. */
    abstract A handle(long from, long length, Lock lock);

    /** How many elements there are. */
    public final long length() {
        return length;
    }

    /**
     * Some of the elements as an array of their own, which shares them and may travel. Closing it leaves this handle as it is.
     *
     * @param from index here of the slice's element 0
     * @throws IndexOutOfBoundsException if not all of them are here
     * @throws ClosedObjectException if this handle is closed
     */
    public final A slice(long from, long length) {
        open();
        Objects.checkFromIndexSize(from, length, this.length);
        return handle(first() + from, length, lock);
    }

    /** All of the elements, with a lock that belongs to them and travels with the handle; see {@link #lock}. */
    public final <L extends Lock & Serializable> A synchronizedWith(L lock) {
        open();
        return handle(first(), length, Objects.requireNonNull(lock, "lock"));
    }

    /**
     * The lock that belongs to the elements, for what no single operation can do. No operation takes it by itself.
     *
     * @throws IllegalStateException if this handle was made without one
     */
    public final Lock lock() {
        if (lock == null) {
            throw new IllegalStateException(this + " has no lock; make a handle that has: synchronizedWith(lock)");
        }
        return lock;
    }

    /**
     * Elements as bytes, little-endian, without a copy: for channels and native code. The buffer keeps the memory mapped for as
     * long as it is reachable, and closing the array does not end it: it then shows bytes that nobody shares any more.
     *
     * @throws IndexOutOfBoundsException if not all of them are here, if they take 2 GiB or more, or if they lie across a
     *     multiple of 1 GiB; behind the first 2^30 - 64 bytes of the array lies one
     * @throws ClosedObjectException if this handle is closed
     */
    public final ByteBuffer asByteBuffer(long from, int length) {
        Memory bytes = open();
        long at = at(from, length);
        int width = core.type().bytes();
        if (length > Integer.MAX_VALUE / width) {
            throw new IndexOutOfBoundsException(
                    length + " elements of " + width + " bytes are more than a buffer can show: 2 GiB");
        }
        return bytes.directSlice(at, length * width).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@link #asByteBuffer(long, int)} of all of them. */
    final ByteBuffer allBytes() {
        return asByteBuffer(0, length > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) length);
    }

    private long first() {
        return (base - ArrayLayout.ELEMENTS) / core.type().bytes();
    }

    /** Offset of the first of some elements that must all be here. */
    final long at(long index, long count) {
        Objects.checkFromIndexSize(index, count, length);
        return base + index * core.type().bytes();
    }

    /** For every operation. */
    final Memory open() {
        Memory elements = memory;
        if (closed || elements.getInt(ArrayLayout.STATE) != ArrayLayout.OPEN) {
            throw closedException();
        }
        return elements;
    }

    private ClosedObjectException closedException() {
        return new ClosedObjectException(
                name() + (closed ? " was closed in this process" : " is closed: its maker has closed it, for all"));
    }

    final SegmentException fault(InternalError error) {
        return MemoryFault.translate(error, name());
    }

    /** Ends the use of this handle; the maker's ends the array for every process. Doing it twice is harmless. */
    @Override
    public final void close() {
        boolean first = !closed;
        closed = true;
        if (maker && first) {
            core.closeForAll();
        }
    }

    /** Two handles are equal if they are of the same elements. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof SharedArray<?> array
                && array.core == core
                && array.base == base
                && array.length == length;
    }

    @Override
    public final int hashCode() {
        return System.identityHashCode(core) + 31 * (Long.hashCode(base) + 31 * Long.hashCode(length));
    }

    /** Which it is, and how large. */
    @Override
    public final String toString() {
        return name() + (closed || !core.isOpen() ? " (closed)" : "");
    }

    private String name() {
        String part = length == core.length() ? "" : " from " + first();
        return getClass().getSimpleName() + "[" + length + part + " in " + core.name() + "]";
    }

    final Object writeReplace() {
        open();
        String place = core.participant().directory().toString();
        return new Form(place, core.name(), core.type(), first(), length, (Serializable) lock);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its form travels");
    }

    /** What travels. */
    private record Form(String place, String file, ElementType type, long from, long length, Serializable lock)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            var participant = Participants.at(place);
            ArrayCore core = ArrayCore.open(participant, SharedFile.fileIn(participant, file), type);
            if (from < 0 || length < 0 || from > core.length() - length || core.type() != type) {
                throw new CorruptSegmentException("no elements " + from + " to " + from + "+" + length + " in " + file);
            }
            return type.handle(core, from, length, (Lock) lock);
        }
    }
}
