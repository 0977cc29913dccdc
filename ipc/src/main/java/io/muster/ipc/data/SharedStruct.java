package io.muster.ipc.data;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A record of primitives that every process of the session can read and change as a whole.
 *
 * <pre>{@code
 *     record Position(double x, double y, int lap) {}
 *
 *     SharedStruct<Position> car = SharedStruct.create(new Position(0, 0, 0));
 *     child.start(() -> car.updateAndGet(it -> new Position(it.x() + 1, it.y(), it.lap())));
 * }</pre>
 *
 * <p>It is a handle: captured by a task or passed to it, it means the same record there, where its class must have the same
 * components. Many of them are better in one {@link SharedStructArray}.
 *
 * <p>Thread-safety: any thread of any process. A reader sees records that were set, never the half of one, and takes no lock.
 * Death: a process killed in the middle of a change leaves the old record or the new one. Closing: the handle that made it
 * ends it for all, others end only themselves; what is closed throws
 * {@link io.muster.ipc.memory.ClosedObjectException}.
 *
 * @param <R> the record; its components are boolean, byte, short, char, int, long, float and double
 */
public interface SharedStruct<R extends Record> extends AutoCloseable, Serializable {

    /**
     * Makes one of zeros.
     *
     * @throws IllegalArgumentException if that is no record of primitives, or one whose package is not open to this library
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <R extends Record> SharedStruct<R> create(Class<R> type) {
        return new StructHandle<>(StructCore.create(Objects.requireNonNull(type, "type"), null), true);
    }

    /** Makes one; throws as {@link #create(Class)} does. */
    static <R extends Record> SharedStruct<R> create(R initial) {
        Objects.requireNonNull(initial, "initial");
        @SuppressWarnings("unchecked")
        Class<R> type = (Class<R>) initial.getClass();
        return new StructHandle<>(StructCore.create(type, initial), true);
    }

    /** The record, made anew. */
    R get();

    void set(R record);

    /** Sets it to {@code update} if it equals {@code expected}, atomically; whether it did. */
    boolean compareAndSet(R expected, R update);

    /**
     * Changes it by a function, atomically; returns what the function gave.
     *
     * @param function free of side effects, as it is called again if another was faster
     */
    R updateAndGet(UnaryOperator<R> function);

    @Override
    void close();
}
