package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SessionDirectory;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An array of ints that every process of the session can read and write.
 *
 * <p>It is a handle: sent to a worker as an argument or captured by a task, it means the same elements there.
 *
 * <pre>{@code
 *     try (SharedIntArray pixels = SharedIntArray.create(width * height)) {
 *         pool.map(row -> fill(pixels, row), rows);
 *     }
 * }</pre>
 *
 * <p>Thread-safety: any thread of any process. Each element is written and read whole, but plainly: what one process stores is
 * surely seen by another after they have met, for example once the result of the task that stored it is there. Death: what
 * was stored stays; an element is never half old and half new.
 */
public final class SharedIntArray implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    /** What this process is attached to, by file: a handle that arrives with every task is mapped once. */
    private static final Map<Path, WeakReference<SharedIntArray>> ATTACHED = new ConcurrentHashMap<>();

    private final transient Segment segment;
    private final transient Memory memory;
    private final transient boolean owner;
    private final int length;
    private transient volatile boolean closed;

    private SharedIntArray(Segment segment, int length, boolean owner) {
        this.segment = segment;
        this.memory = segment.memory();
        this.length = length;
        this.owner = owner;
    }

    /**
     * Makes an array of zeros.
     *
     * @param length elements, 0 or more; each takes 4 bytes of shared memory
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public static SharedIntArray create(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("length=" + length + " is less than 0");
        }
        Segment segment = Segment.create(
                SessionDirectory.current().newFile("ints"),
                IntArrayLayout.KIND,
                IntArrayLayout.VERSION,
                IntArrayLayout.bodyBytes(length));
        segment.memory().putIntVolatile(IntArrayLayout.LENGTH, length);
        SharedIntArray array = new SharedIntArray(segment, length, true);
        ATTACHED.put(segment.path(), new WeakReference<>(array));
        return array;
    }

    private static SharedIntArray attach(Path file) {
        WeakReference<SharedIntArray> known = ATTACHED.get(file);
        SharedIntArray array = known == null ? null : known.get();
        if (array == null) {
            // Two threads may both attach; both handles are good, and one is forgotten.
            Segment segment = Segment.open(file, IntArrayLayout.KIND, IntArrayLayout.VERSION);
            array = new SharedIntArray(segment, segment.memory().getIntVolatile(IntArrayLayout.LENGTH), false);
            ATTACHED.values().removeIf(each -> each.get() == null);
            ATTACHED.put(file, new WeakReference<>(array));
        }
        return array;
    }

    /** How many elements there are. */
    public int length() {
        return length;
    }

    /**
     * Reads an element.
     *
     * @throws IndexOutOfBoundsException if there is none of that index
     * @throws IllegalStateException if this handle is closed
     */
    public int get(int index) {
        return open().getInt(IntArrayLayout.element(Objects.checkIndex(index, length)));
    }

    /** Writes an element; throws as {@link #get} does. */
    public void set(int index, int value) {
        open().putInt(IntArrayLayout.element(Objects.checkIndex(index, length)), value);
    }

    /** Reads {@code target.length} elements from {@code index} on; throws as {@link #get} does. */
    public void get(int index, int[] target) {
        Memory from = open();
        Objects.checkFromIndexSize(index, target.length, length);
        for (int i = 0; i < target.length; i++) {
            target[i] = from.getInt(IntArrayLayout.element(index + i));
        }
    }

    /** Writes all of {@code values} from {@code index} on; throws as {@link #get} does. */
    public void set(int index, int[] values) {
        Memory to = open();
        Objects.checkFromIndexSize(index, values.length, length);
        for (int i = 0; i < values.length; i++) {
            to.putInt(IntArrayLayout.element(index + i), values[i]);
        }
    }

    /**
     * Ends the use of this handle. In the process that made the array its file goes too: others that have attached keep the
     * elements, nobody can attach any more. Closing twice is harmless; what is not closed goes with the session.
     */
    @Override
    public void close() {
        closed = true;
        ATTACHED.computeIfPresent(segment.path(), (file, known) -> known.get() == this ? null : known);
        segment.close();
        if (owner) {
            segment.unlink();
        }
    }

    @Override
    public String toString() {
        return "SharedIntArray[" + length + " in " + segment.path().getFileName() + (closed ? ", closed]" : "]");
    }

    private Memory open() {
        if (closed) {
            throw new IllegalStateException(this + " was closed in this process");
        }
        return memory;
    }

    private Object writeReplace() {
        open();
        return new Handle(segment.path().toString());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its handle travels");
    }

    /** What travels. */
    private record Handle(String file) implements Serializable {
        private Object readResolve() {
            return attach(Path.of(file));
        }
    }
}
