package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An array of bytes that every process of the session can read and write.
 *
 * <p>Atomic changes go through the four bytes around an element: as atomic as any, slower if others change its neighbours.
 *
 * <p>Threads, memory order, death and closing: see {@link SharedArray}. Every operation throws {@link IndexOutOfBoundsException}
 * if there is no such element, {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost, as somebody has truncated its file.
 */
public final class SharedByteArray extends SharedArray<SharedByteArray> {
    private static final long serialVersionUID = 1L;

    /** The pieces of the whole array. */
    private final transient ByteBuffer[] views;

    SharedByteArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        super(core, from, length, maker, lock);
        views = new ByteBuffer[core.pieceCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = core.piece(i);
        }
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more; each takes a byte of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedByteArray create(long length) {
        return new SharedByteArray(ArrayCore.create(ElementType.BYTE, length), 0, length, true, null);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static SharedByteArray in(Participant participant, Path file, long length) {
        return new SharedByteArray(
                ArrayCore.create(participant, file, ElementType.BYTE, length), 0, length, false, null);
    }

    /** Attaches to a file of the participant's place. */
    static SharedByteArray open(Participant participant, Path file) {
        ArrayCore core = ArrayCore.open(participant, file, ElementType.BYTE);
        return new SharedByteArray(core, 0, core.length(), false, null);
    }

    @Override
    SharedByteArray handle(long from, long length, Lock lock) {
        return new SharedByteArray(core, from, length, false, lock);
    }

    private long at(long index) {
        return base + Objects.checkIndex(index, length) * Byte.BYTES;
    }

    /** Reads an element, plainly. */
    public byte get(long index) {
        try {
            return open().getByte(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, plainly. */
    public void set(long index, byte value) {
        try {
            open().putByte(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element; what its writer did before {@link #setRelease} is seen after it. */
    public byte getAcquire(long index) {
        try {
            return open().getByteAcquire(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, after all that this thread did before. */
    public void setRelease(long index, byte value) {
        try {
            open().putByteRelease(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element, in one order with all other volatile and atomic operations. */
    public byte getVolatile(long index) {
        try {
            return open().getByteVolatile(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, in one order with all other volatile and atomic operations. */
    public void setVolatile(long index, byte value) {
        try {
            open().putByteVolatile(at(index), value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code update} if {@code expected} is there, atomically; whether it did. */
    public boolean compareAndSet(long index, byte expected, byte update) {
        try {
            return open().compareAndSetByte(at(index), expected, update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, atomically; returns what was there before. */
    public byte getAndSet(long index, byte value) {
        try {
            Memory elements = open();
            long at = at(index);
            byte seen;
            do {
                seen = elements.getByteVolatile(at);
            } while (!elements.compareAndSetByte(at, seen, value));
            return seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns what was there before. */
    public byte getAndAdd(long index, int delta) {
        try {
            Memory elements = open();
            long at = at(index);
            byte seen;
            do {
                seen = elements.getByteVolatile(at);
            } while (!elements.compareAndSetByte(at, seen, (byte) (seen + delta)));
            return seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns the sum. */
    public byte addAndGet(long index, int delta) {
        return (byte) (getAndAdd(index, delta) + delta);
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave; the result is cut to a byte.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public byte updateAndGet(long index, IntUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        try {
            Memory elements = open();
            long at = at(index);
            while (true) {
                byte seen = elements.getByteVolatile(at);
                byte next = (byte) function.applyAsInt(seen);
                if (elements.compareAndSetByte(at, seen, next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** {@link #updateAndGet} by a function of the element and {@code value}, in that order. */
    public byte accumulateAndGet(long index, int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(index, element -> function.applyAsInt(element, value));
    }

    /** Reads {@code target.length} elements from {@code index} on. */
    public void get(long index, byte[] target) {
        get(index, target, 0, target.length);
    }

    /** Reads {@code count} elements from {@code index} on, into {@code target} from {@code from} on. */
    public void get(long index, byte[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                ByteBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Byte.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.get(start, target, from + done, n);
                done += n;
                at += (long) n * Byte.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes all of {@code values} from {@code index} on. */
    public void set(long index, byte[] values) {
        set(index, values, 0, values.length);
    }

    /** Writes {@code count} of {@code values}, those from {@code from} on, from {@code index} on. */
    public void set(long index, byte[] values, int from, int count) {
        Objects.checkFromIndexSize(from, count, values.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                ByteBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Byte.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.put(start, values, from + done, n);
                done += n;
                at += (long) n * Byte.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code value} into all elements, plainly. */
    public void fill(byte value) {
        fill(0, length, value);
    }

    /** Writes {@code value} into {@code count} elements from {@code from} on, plainly. */
    public void fill(long from, long count, byte value) {
        try {
            Memory elements = open();
            long at = at(from, count);
            for (long end = at + count * Byte.BYTES; at < end; at += Byte.BYTES) {
                elements.putByte(at, value);
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order, signed, as ints; each is read, plainly, when the stream comes to it. */
    public IntStream stream() {
        open();
        return LongStream.range(0, length).mapToInt(this::get);
    }

    /** {@link #asBuffer(long, int)} of all elements. */
    public ByteBuffer asBuffer() {
        return allBytes();
    }

    /** Elements as a buffer, without a copy; see {@link #asByteBuffer} for how long it is good, and for what is refused. */
    public ByteBuffer asBuffer(long from, int count) {
        return asByteBuffer(from, count);
    }
}
