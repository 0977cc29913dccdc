package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * An array of doubles that every process of the session can read and write.
 *
 * <p>Comparing and setting goes by the bits of a number, as in {@link java.lang.invoke.VarHandle}: 0.0 is not -0.0, and a NaN is
 * itself. Adding is a loop around it.
 *
 * <p>Threads, memory order, death and closing: see {@link SharedArray}. Every operation throws {@link IndexOutOfBoundsException}
 * if there is no such element, {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost, as somebody has truncated its file.
 */
public final class SharedDoubleArray extends SharedArray<SharedDoubleArray> {
    private static final long serialVersionUID = 1L;

    /** The pieces of the whole array. */
    private final transient DoubleBuffer[] views;

    SharedDoubleArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        super(core, from, length, maker, lock);
        views = new DoubleBuffer[core.pieceCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = core.piece(i).asDoubleBuffer();
        }
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more; each takes 8 bytes of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedDoubleArray create(long length) {
        return new SharedDoubleArray(ArrayCore.create(ElementType.DOUBLE, length), 0, length, true, null);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static SharedDoubleArray in(Participant participant, Path file, long length) {
        return new SharedDoubleArray(
                ArrayCore.create(participant, file, ElementType.DOUBLE, length), 0, length, false, null);
    }

    /** Attaches to a file of the participant's place. */
    static SharedDoubleArray open(Participant participant, Path file) {
        ArrayCore core = ArrayCore.open(participant, file, ElementType.DOUBLE);
        return new SharedDoubleArray(core, 0, core.length(), false, null);
    }

    @Override
    SharedDoubleArray handle(long from, long length, Lock lock) {
        return new SharedDoubleArray(core, from, length, false, lock);
    }

    private long at(long index) {
        return base + Objects.checkIndex(index, length) * Double.BYTES;
    }

    /** Reads an element, plainly. */
    public double get(long index) {
        try {
            return open().getDouble(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, plainly. */
    public void set(long index, double value) {
        try {
            open().putDouble(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element; what its writer did before {@link #setRelease} is seen after it. */
    public double getAcquire(long index) {
        try {
            return Double.longBitsToDouble(open().getLongAcquire(at(index)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, after all that this thread did before. */
    public void setRelease(long index, double value) {
        try {
            open().putLongRelease(at(index), Double.doubleToRawLongBits(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element, in one order with all other volatile and atomic operations. */
    public double getVolatile(long index) {
        try {
            return Double.longBitsToDouble(open().getLongVolatile(at(index)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, in one order with all other volatile and atomic operations. */
    public void setVolatile(long index, double value) {
        try {
            open().putLongVolatile(at(index), Double.doubleToRawLongBits(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code update} if {@code expected} is there, atomically; whether it did. */
    public boolean compareAndSet(long index, double expected, double update) {
        try {
            return open().compareAndSetLong(
                            at(index), Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(update));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, atomically; returns what was there before. */
    public double getAndSet(long index, double value) {
        try {
            return Double.longBitsToDouble(open().getAndSetLong(at(index), Double.doubleToRawLongBits(value)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically; returns what was there before. */
    public double getAndAdd(long index, double delta) {
        try {
            Memory elements = open();
            long at = at(index);
            long seen;
            do {
                seen = elements.getLongVolatile(at);
            } while (!elements.compareAndSetLong(
                    at, seen, Double.doubleToRawLongBits(Double.longBitsToDouble(seen) + delta)));
            return Double.longBitsToDouble(seen);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically; returns the sum. */
    public double addAndGet(long index, double delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public double updateAndGet(long index, DoubleUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        try {
            Memory elements = open();
            long at = at(index);
            while (true) {
                long seen = elements.getLongVolatile(at);
                double next = function.applyAsDouble(Double.longBitsToDouble(seen));
                if (elements.compareAndSetLong(at, seen, Double.doubleToRawLongBits(next))) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** {@link #updateAndGet} by a function of the element and {@code value}, in that order. */
    public double accumulateAndGet(long index, double value, DoubleBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(index, element -> function.applyAsDouble(element, value));
    }

    /** Reads {@code target.length} elements from {@code index} on. */
    public void get(long index, double[] target) {
        get(index, target, 0, target.length);
    }

    /** Reads {@code count} elements from {@code index} on, into {@code target} from {@code from} on. */
    public void get(long index, double[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                DoubleBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Double.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.get(start, target, from + done, n);
                done += n;
                at += (long) n * Double.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes all of {@code values} from {@code index} on. */
    public void set(long index, double[] values) {
        set(index, values, 0, values.length);
    }

    /** Writes {@code count} of {@code values}, those from {@code from} on, from {@code index} on. */
    public void set(long index, double[] values, int from, int count) {
        Objects.checkFromIndexSize(from, count, values.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                DoubleBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Double.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.put(start, values, from + done, n);
                done += n;
                at += (long) n * Double.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code value} into all elements, plainly. */
    public void fill(double value) {
        fill(0, length, value);
    }

    /** Writes {@code value} into {@code count} elements from {@code from} on, plainly. */
    public void fill(long from, long count, double value) {
        try {
            Memory elements = open();
            long at = at(from, count);
            for (long end = at + count * Double.BYTES; at < end; at += Double.BYTES) {
                elements.putDouble(at, value);
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order; each is read, plainly, when the stream comes to it. */
    public DoubleStream stream() {
        open();
        return LongStream.range(0, length).mapToDouble(this::get);
    }

    /** {@link #asBuffer(long, int)} of all elements. */
    public DoubleBuffer asBuffer() {
        return allBytes().asDoubleBuffer();
    }

    /** Elements as a buffer, without a copy; see {@link #asByteBuffer} for how long it is good, and for what is refused. */
    public DoubleBuffer asBuffer(long from, int count) {
        return asByteBuffer(from, count).asDoubleBuffer();
    }
}
