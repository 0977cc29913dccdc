package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An array of ints that every process of the session can read and write.
 *
 * <pre>{@code
 *     try (SharedIntArray pixels = SharedIntArray.create(width * height)) {
 *         pool.map(row -> fill(pixels, row), rows);
 *     }
 * }</pre>
 *
 * <p>Threads, memory order, death and closing: see {@link SharedArray}. Every operation throws {@link IndexOutOfBoundsException}
 * if there is no such element, {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost, as somebody has truncated its file.
 */
public final class SharedIntArray extends SharedArray<SharedIntArray> {
    private static final long serialVersionUID = 1L;

    /** The pieces of the whole array. */
    private final transient IntBuffer[] views;

    SharedIntArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        super(core, from, length, maker, lock);
        views = new IntBuffer[core.pieceCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = core.piece(i).asIntBuffer();
        }
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more; each takes 4 bytes of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedIntArray create(long length) {
        return new SharedIntArray(ArrayCore.create(ElementType.INT, length), 0, length, true, null);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static SharedIntArray in(Participant participant, Path file, long length) {
        return new SharedIntArray(ArrayCore.create(participant, file, ElementType.INT, length), 0, length, false, null);
    }

    /** Attaches to a file of the participant's place. */
    static SharedIntArray open(Participant participant, Path file) {
        ArrayCore core = ArrayCore.open(participant, file, ElementType.INT);
        return new SharedIntArray(core, 0, core.length(), false, null);
    }

    @Override
    SharedIntArray handle(long from, long length, Lock lock) {
        return new SharedIntArray(core, from, length, false, lock);
    }

    private long at(long index) {
        return base + Objects.checkIndex(index, length) * Integer.BYTES;
    }

    /** Reads an element, plainly. */
    public int get(long index) {
        try {
            return open().getInt(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, plainly. */
    public void set(long index, int value) {
        try {
            open().putInt(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element; what its writer did before {@link #setRelease} is seen after it. */
    public int getAcquire(long index) {
        try {
            return open().getIntAcquire(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, after all that this thread did before. */
    public void setRelease(long index, int value) {
        try {
            open().putIntRelease(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element, in one order with all other volatile and atomic operations. */
    public int getVolatile(long index) {
        try {
            return open().getIntVolatile(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, in one order with all other volatile and atomic operations. */
    public void setVolatile(long index, int value) {
        try {
            open().putIntVolatile(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code update} if {@code expected} is there, atomically; whether it did. */
    public boolean compareAndSet(long index, int expected, int update) {
        try {
            return open().compareAndSetInt(at(index), expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, atomically; returns what was there before. */
    public int getAndSet(long index, int value) {
        try {
            return open().getAndSetInt(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns what was there before. */
    public int getAndAdd(long index, int delta) {
        try {
            return open().getAndAddInt(at(index), delta);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns the sum. */
    public int addAndGet(long index, int delta) {
        return getAndAdd(index, delta) + delta;
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public int updateAndGet(long index, IntUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        try {
            Memory elements = open();
            long at = at(index);
            while (true) {
                int seen = elements.getIntVolatile(at);
                int next = function.applyAsInt(seen);
                if (elements.compareAndSetInt(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** {@link #updateAndGet} by a function of the element and {@code value}, in that order. */
    public int accumulateAndGet(long index, int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(index, element -> function.applyAsInt(element, value));
    }

    /** Reads {@code target.length} elements from {@code index} on. */
    public void get(long index, int[] target) {
        get(index, target, 0, target.length);
    }

    /** Reads {@code count} elements from {@code index} on, into {@code target} from {@code from} on. */
    public void get(long index, int[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                IntBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Integer.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.get(start, target, from + done, n);
                done += n;
                at += (long) n * Integer.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes all of {@code values} from {@code index} on. */
    public void set(long index, int[] values) {
        set(index, values, 0, values.length);
    }

    /** Writes {@code count} of {@code values}, those from {@code from} on, from {@code index} on. */
    public void set(long index, int[] values, int from, int count) {
        Objects.checkFromIndexSize(from, count, values.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                IntBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Integer.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.put(start, values, from + done, n);
                done += n;
                at += (long) n * Integer.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code value} into all elements, plainly. */
    public void fill(int value) {
        fill(0, length, value);
    }

    /** Writes {@code value} into {@code count} elements from {@code from} on, plainly. */
    public void fill(long from, long count, int value) {
        try {
            Memory elements = open();
            long at = at(from, count);
            for (long end = at + count * Integer.BYTES; at < end; at += Integer.BYTES) {
                elements.putInt(at, value);
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order; each is read, plainly, when the stream comes to it. */
    public IntStream stream() {
        open();
        return LongStream.range(0, length).mapToInt(this::get);
    }

    /** {@link #asBuffer(long, int)} of all elements. */
    public IntBuffer asBuffer() {
        return allBytes().asIntBuffer();
    }

    /** Elements as a buffer, without a copy; see {@link #asByteBuffer} for how long it is good, and for what is refused. */
    public IntBuffer asBuffer(long from, int count) {
        return asByteBuffer(from, count).asIntBuffer();
    }
}
