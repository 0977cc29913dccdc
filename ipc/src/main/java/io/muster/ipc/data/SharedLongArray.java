package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;

/**
 * An array of longs that every process of the session can read and write.
 *
 * <p>Threads, memory order, death and closing: see {@link SharedArray}. Every operation throws {@link IndexOutOfBoundsException}
 * if there is no such element, {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost, as somebody has truncated its file.
 */
public final class SharedLongArray extends SharedArray<SharedLongArray> {
    private static final long serialVersionUID = 1L;

    /** The pieces of the whole array. */
    private final transient LongBuffer[] views;

    SharedLongArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        super(core, from, length, maker, lock);
        views = new LongBuffer[core.pieceCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = core.piece(i).asLongBuffer();
        }
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more; each takes 8 bytes of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedLongArray create(long length) {
        return new SharedLongArray(ArrayCore.create(ElementType.LONG, length), 0, length, true, null);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static SharedLongArray in(Participant participant, Path file, long length) {
        return new SharedLongArray(
                ArrayCore.create(participant, file, ElementType.LONG, length), 0, length, false, null);
    }

    /** Attaches to a file of the participant's place. */
    static SharedLongArray open(Participant participant, Path file) {
        ArrayCore core = ArrayCore.open(participant, file, ElementType.LONG);
        return new SharedLongArray(core, 0, core.length(), false, null);
    }

    @Override
    SharedLongArray handle(long from, long length, Lock lock) {
        return new SharedLongArray(core, from, length, false, lock);
    }

    private long at(long index) {
        return base + Objects.checkIndex(index, length) * Long.BYTES;
    }

    /** Reads an element, plainly. */
    public long get(long index) {
        try {
            return open().getLong(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, plainly. */
    public void set(long index, long value) {
        try {
            open().putLong(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element; what its writer did before {@link #setRelease} is seen after it. */
    public long getAcquire(long index) {
        try {
            return open().getLongAcquire(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, after all that this thread did before. */
    public void setRelease(long index, long value) {
        try {
            open().putLongRelease(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element, in one order with all other volatile and atomic operations. */
    public long getVolatile(long index) {
        try {
            return open().getLongVolatile(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, in one order with all other volatile and atomic operations. */
    public void setVolatile(long index, long value) {
        try {
            open().putLongVolatile(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code update} if {@code expected} is there, atomically; whether it did. */
    public boolean compareAndSet(long index, long expected, long update) {
        try {
            return open().compareAndSetLong(at(index), expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, atomically; returns what was there before. */
    public long getAndSet(long index, long value) {
        try {
            return open().getAndSetLong(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns what was there before. */
    public long getAndAdd(long index, long delta) {
        try {
            return open().getAndAddLong(at(index), delta);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns the sum. */
    public long addAndGet(long index, long delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public long updateAndGet(long index, LongUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        try {
            Memory elements = open();
            long at = at(index);
            while (true) {
                long seen = elements.getLongVolatile(at);
                long next = function.applyAsLong(seen);
                if (elements.compareAndSetLong(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** {@link #updateAndGet} by a function of the element and {@code value}, in that order. */
    public long accumulateAndGet(long index, long value, LongBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(index, element -> function.applyAsLong(element, value));
    }

    /** Reads {@code target.length} elements from {@code index} on. */
    public void get(long index, long[] target) {
        get(index, target, 0, target.length);
    }

    /** Reads {@code count} elements from {@code index} on, into {@code target} from {@code from} on. */
    public void get(long index, long[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                LongBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Long.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.get(start, target, from + done, n);
                done += n;
                at += (long) n * Long.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes all of {@code values} from {@code index} on. */
    public void set(long index, long[] values) {
        set(index, values, 0, values.length);
    }

    /** Writes {@code count} of {@code values}, those from {@code from} on, from {@code index} on. */
    public void set(long index, long[] values, int from, int count) {
        Objects.checkFromIndexSize(from, count, values.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                LongBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Long.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.put(start, values, from + done, n);
                done += n;
                at += (long) n * Long.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code value} into all elements, plainly. */
    public void fill(long value) {
        fill(0, length, value);
    }

    /** Writes {@code value} into {@code count} elements from {@code from} on, plainly. */
    public void fill(long from, long count, long value) {
        try {
            Memory elements = open();
            long at = at(from, count);
            for (long end = at + count * Long.BYTES; at < end; at += Long.BYTES) {
                elements.putLong(at, value);
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order; each is read, plainly, when the stream comes to it. */
    public LongStream stream() {
        open();
        return LongStream.range(0, length).map(this::get);
    }

    /** {@link #asBuffer(long, int)} of all elements. */
    public LongBuffer asBuffer() {
        return allBytes().asLongBuffer();
    }

    /** Elements as a buffer, without a copy; see {@link #asByteBuffer} for how long it is good, and for what is refused. */
    public LongBuffer asBuffer(long from, int count) {
        return asByteBuffer(from, count).asLongBuffer();
    }
}
