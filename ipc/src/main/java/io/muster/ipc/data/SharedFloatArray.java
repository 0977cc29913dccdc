package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * An array of floats that every process of the session can read and write.
 *
 * <p>Comparing and setting goes by the bits of a number, as in {@link java.lang.invoke.VarHandle}: 0.0 is not -0.0, and a NaN is
 * itself. Adding is a loop around it.
 *
 * <p>Threads, memory order, death and closing: see {@link SharedArray}. Every operation throws {@link IndexOutOfBoundsException}
 * if there is no such element, {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost, as somebody has truncated its file.
 */
public final class SharedFloatArray extends SharedArray<SharedFloatArray> {
    private static final long serialVersionUID = 1L;

    /** The pieces of the whole array. */
    private final transient FloatBuffer[] views;

    SharedFloatArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        super(core, from, length, maker, lock);
        views = new FloatBuffer[core.pieceCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = core.piece(i).asFloatBuffer();
        }
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more; each takes 4 bytes of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedFloatArray create(long length) {
        return new SharedFloatArray(ArrayCore.create(ElementType.FLOAT, length), 0, length, true, null);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static SharedFloatArray in(Participant participant, Path file, long length) {
        return new SharedFloatArray(
                ArrayCore.create(participant, file, ElementType.FLOAT, length), 0, length, false, null);
    }

    /** Attaches to a file of the participant's place. */
    static SharedFloatArray open(Participant participant, Path file) {
        ArrayCore core = ArrayCore.open(participant, file, ElementType.FLOAT);
        return new SharedFloatArray(core, 0, core.length(), false, null);
    }

    @Override
    SharedFloatArray handle(long from, long length, Lock lock) {
        return new SharedFloatArray(core, from, length, false, lock);
    }

    private long at(long index) {
        return base + Objects.checkIndex(index, length) * Float.BYTES;
    }

    /** Reads an element, plainly. */
    public float get(long index) {
        try {
            return open().getFloat(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, plainly. */
    public void set(long index, float value) {
        try {
            open().putFloat(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element; what its writer did before {@link #setRelease} is seen after it. */
    public float getAcquire(long index) {
        try {
            return Float.intBitsToFloat(open().getIntAcquire(at(index)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, after all that this thread did before. */
    public void setRelease(long index, float value) {
        try {
            open().putIntRelease(at(index), Float.floatToRawIntBits(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element, in one order with all other volatile and atomic operations. */
    public float getVolatile(long index) {
        try {
            return Float.intBitsToFloat(open().getIntVolatile(at(index)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, in one order with all other volatile and atomic operations. */
    public void setVolatile(long index, float value) {
        try {
            open().putIntVolatile(at(index), Float.floatToRawIntBits(value));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code update} if {@code expected} is there, atomically; whether it did. */
    public boolean compareAndSet(long index, float expected, float update) {
        try {
            return open().compareAndSetInt(
                            at(index), Float.floatToRawIntBits(expected), Float.floatToRawIntBits(update));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, atomically; returns what was there before. */
    public float getAndSet(long index, float value) {
        try {
            return Float.intBitsToFloat(open().getAndSetInt(at(index), Float.floatToRawIntBits(value)));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically; returns what was there before. */
    public float getAndAdd(long index, float delta) {
        try {
            Memory elements = open();
            long at = at(index);
            int seen;
            do {
                seen = elements.getIntVolatile(at);
            } while (!elements.compareAndSetInt(at, seen, Float.floatToRawIntBits(Float.intBitsToFloat(seen) + delta)));
            return Float.intBitsToFloat(seen);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically; returns the sum. */
    public float addAndGet(long index, float delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave; the result is rounded to a float.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public float updateAndGet(long index, DoubleUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        try {
            Memory elements = open();
            long at = at(index);
            while (true) {
                int seen = elements.getIntVolatile(at);
                float next = (float) function.applyAsDouble(Float.intBitsToFloat(seen));
                if (elements.compareAndSetInt(at, seen, Float.floatToRawIntBits(next))) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** {@link #updateAndGet} by a function of the element and {@code value}, in that order. */
    public float accumulateAndGet(long index, float value, DoubleBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(index, element -> function.applyAsDouble(element, value));
    }

    /** Reads {@code target.length} elements from {@code index} on. */
    public void get(long index, float[] target) {
        get(index, target, 0, target.length);
    }

    /** Reads {@code count} elements from {@code index} on, into {@code target} from {@code from} on. */
    public void get(long index, float[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                FloatBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Float.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.get(start, target, from + done, n);
                done += n;
                at += (long) n * Float.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes all of {@code values} from {@code index} on. */
    public void set(long index, float[] values) {
        set(index, values, 0, values.length);
    }

    /** Writes {@code count} of {@code values}, those from {@code from} on, from {@code index} on. */
    public void set(long index, float[] values, int from, int count) {
        Objects.checkFromIndexSize(from, count, values.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                FloatBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Float.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.put(start, values, from + done, n);
                done += n;
                at += (long) n * Float.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code value} into all elements, plainly. */
    public void fill(float value) {
        fill(0, length, value);
    }

    /** Writes {@code value} into {@code count} elements from {@code from} on, plainly. */
    public void fill(long from, long count, float value) {
        try {
            Memory elements = open();
            long at = at(from, count);
            for (long end = at + count * Float.BYTES; at < end; at += Float.BYTES) {
                elements.putFloat(at, value);
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order, as doubles; each is read, plainly, when the stream comes to it. */
    public DoubleStream stream() {
        open();
        return LongStream.range(0, length).mapToDouble(this::get);
    }

    /** {@link #asBuffer(long, int)} of all elements. */
    public FloatBuffer asBuffer() {
        return allBytes().asFloatBuffer();
    }

    /** Elements as a buffer, without a copy; see {@link #asByteBuffer} for how long it is good, and for what is refused. */
    public FloatBuffer asBuffer(long from, int count) {
        return asByteBuffer(from, count).asFloatBuffer();
    }
}
