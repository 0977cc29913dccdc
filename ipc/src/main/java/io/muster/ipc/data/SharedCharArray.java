package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.Memory;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An array of chars that every process of the session can read and write.
 *
 * <p>Atomic changes go through the four bytes around an element: as atomic as any, slower if others change its neighbours.
 *
 * <p>Threads, memory order, death and closing: see {@link SharedArray}. Every operation throws {@link IndexOutOfBoundsException}
 * if there is no such element, {@link io.muster.ipc.memory.ClosedObjectException} if this handle or the array is closed, and
 * {@link io.muster.ipc.memory.SegmentException} if its memory is lost, as somebody has truncated its file.
 */
public final class SharedCharArray extends SharedArray<SharedCharArray> {
    private static final long serialVersionUID = 1L;

    /** The pieces of the whole array. */
    private final transient CharBuffer[] views;

    SharedCharArray(ArrayCore core, long from, long length, boolean maker, Lock lock) {
        super(core, from, length, maker, lock);
        views = new CharBuffer[core.pieceCount()];
        for (int i = 0; i < views.length; i++) {
            views[i] = core.piece(i).asCharBuffer();
        }
    }

    /**
     * Makes an array of zeros, which ends when this handle is closed.
     *
     * @param length elements, 0 or more; each takes 2 bytes of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedCharArray create(long length) {
        return new SharedCharArray(ArrayCore.create(ElementType.CHAR, length), 0, length, true, null);
    }

    /** Makes an array in a file of the participant's place; it stays when the handle is closed. */
    static SharedCharArray in(Participant participant, Path file, long length) {
        return new SharedCharArray(
                ArrayCore.create(participant, file, ElementType.CHAR, length), 0, length, false, null);
    }

    /** Attaches to a file of the participant's place. */
    static SharedCharArray open(Participant participant, Path file) {
        ArrayCore core = ArrayCore.open(participant, file, ElementType.CHAR);
        return new SharedCharArray(core, 0, core.length(), false, null);
    }

    @Override
    SharedCharArray handle(long from, long length, Lock lock) {
        return new SharedCharArray(core, from, length, false, lock);
    }

    private long at(long index) {
        return base + Objects.checkIndex(index, length) * Character.BYTES;
    }

    /** Reads an element, plainly. */
    public char get(long index) {
        try {
            return (char) open().getShort(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, plainly. */
    public void set(long index, char value) {
        try {
            open().putShort(at(index), (short) value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element; what its writer did before {@link #setRelease} is seen after it. */
    public char getAcquire(long index) {
        try {
            return (char) open().getShortAcquire(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, after all that this thread did before. */
    public void setRelease(long index, char value) {
        try {
            open().putShortRelease(at(index), (short) value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Reads an element, in one order with all other volatile and atomic operations. */
    public char getVolatile(long index) {
        try {
            return (char) open().getShortVolatile(at(index));
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, in one order with all other volatile and atomic operations. */
    public void setVolatile(long index, char value) {
        try {
            open().putShortVolatile(at(index), (short) value);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code update} if {@code expected} is there, atomically; whether it did. */
    public boolean compareAndSet(long index, char expected, char update) {
        try {
            return open().compareAndSetShort(at(index), (short) expected, (short) update);
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes an element, atomically; returns what was there before. */
    public char getAndSet(long index, char value) {
        try {
            Memory elements = open();
            long at = at(index);
            short seen;
            do {
                seen = elements.getShortVolatile(at);
            } while (!elements.compareAndSetShort(at, seen, (short) value));
            return (char) seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns what was there before. */
    public char getAndAdd(long index, int delta) {
        try {
            Memory elements = open();
            long at = at(index);
            short seen;
            do {
                seen = elements.getShortVolatile(at);
            } while (!elements.compareAndSetShort(at, seen, (short) (seen + delta)));
            return (char) seen;
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Adds, atomically, wrapping around; returns the sum. */
    public char addAndGet(long index, int delta) {
        return (char) (getAndAdd(index, delta) + delta);
    }

    /**
     * Changes an element by a function, atomically; returns what the function gave; the result is cut to a char.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    public char updateAndGet(long index, IntUnaryOperator function) {
        Objects.requireNonNull(function, "function");
        try {
            Memory elements = open();
            long at = at(index);
            while (true) {
                short seen = elements.getShortVolatile(at);
                char next = (char) function.applyAsInt((char) seen);
                if (elements.compareAndSetShort(at, seen, (short) next)) {
                    return next;
                }
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** {@link #updateAndGet} by a function of the element and {@code value}, in that order. */
    public char accumulateAndGet(long index, int value, IntBinaryOperator function) {
        Objects.requireNonNull(function, "function");
        return updateAndGet(index, element -> function.applyAsInt(element, value));
    }

    /** Reads {@code target.length} elements from {@code index} on. */
    public void get(long index, char[] target) {
        get(index, target, 0, target.length);
    }

    /** Reads {@code count} elements from {@code index} on, into {@code target} from {@code from} on. */
    public void get(long index, char[] target, int from, int count) {
        Objects.checkFromIndexSize(from, count, target.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                CharBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Character.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.get(start, target, from + done, n);
                done += n;
                at += (long) n * Character.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes all of {@code values} from {@code index} on. */
    public void set(long index, char[] values) {
        set(index, values, 0, values.length);
    }

    /** Writes {@code count} of {@code values}, those from {@code from} on, from {@code index} on. */
    public void set(long index, char[] values, int from, int count) {
        Objects.checkFromIndexSize(from, count, values.length);
        try {
            open();
            long at = at(index, count);
            for (int done = 0; done < count; ) {
                CharBuffer piece = views[core.pieceOf(at)];
                int start = core.inPiece(at) / Character.BYTES;
                int n = Math.min(count - done, piece.limit() - start);
                piece.put(start, values, from + done, n);
                done += n;
                at += (long) n * Character.BYTES;
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** Writes {@code value} into all elements, plainly. */
    public void fill(char value) {
        fill(0, length, value);
    }

    /** Writes {@code value} into {@code count} elements from {@code from} on, plainly. */
    public void fill(long from, long count, char value) {
        try {
            Memory elements = open();
            long at = at(from, count);
            for (long end = at + count * Character.BYTES; at < end; at += Character.BYTES) {
                elements.putShort(at, (short) value);
            }
        } catch (InternalError e) {
            throw fault(e);
        }
    }

    /** The elements in order, as ints; each is read, plainly, when the stream comes to it. */
    public IntStream stream() {
        open();
        return LongStream.range(0, length).mapToInt(this::get);
    }

    /** {@link #asBuffer(long, int)} of all elements. */
    public CharBuffer asBuffer() {
        return allBytes().asCharBuffer();
    }

    /** Elements as a buffer, without a copy; see {@link #asByteBuffer} for how long it is good, and for what is refused. */
    public CharBuffer asBuffer(long from, int count) {
        return asByteBuffer(from, count).asCharBuffer();
    }
}
