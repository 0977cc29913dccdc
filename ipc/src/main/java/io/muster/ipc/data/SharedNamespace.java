package io.muster.ipc.data;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Named values of any types that every process of the session can read and change, such as the settings and the state of a
 * program: Python's {@code Namespace}.
 *
 * <p>It is a handle: sent to a worker as an argument or captured by a task, it means the same values there.
 *
 * <pre>{@code
 *     static final Attribute<Integer> DONE = SharedNamespace.attribute("done", Integer.class);
 *     ...
 *     try (SharedNamespace state = SharedNamespace.create()) {
 *         state.set(DONE, 0);
 *         pool.map(file -> { work(file); return state.update(DONE, done -> done + 1); }, files);
 *     }
 * }</pre>
 *
 * <p>Values are copies: changing an object that came from here changes nothing here; {@link #set} it again, or use
 * {@link #update}. Null is no value: an attribute is there or it is not. What cannot travel is refused with an
 * {@link io.muster.ipc.codec.EncodeException}.
 *
 * <p><b>Thread-safety</b>: any thread of any process; each method happens at once for its attribute. <b>Death</b>: a process
 * killed at any instruction leaves the old value or the new one. Methods throw
 * {@link io.muster.ipc.memory.ClosedObjectException} after this handle is closed, or the namespace by its maker.
 */
public interface SharedNamespace extends AutoCloseable, Serializable {

    /**
     * A name with the type of its value, to be written once and used everywhere.
     *
     * @param <T> type of the value
     * @param name of the attribute
     * @param type class of the value; that of a primitive stands for its box
     */
    record Attribute<T>(String name, Class<T> type) implements Serializable {
        private static final long serialVersionUID = 1L;

        /** Neither is null. */
        public Attribute {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }

    /** Returns what stands for an attribute in this program. */
    static <T> Attribute<T> attribute(String name, Class<T> type) {
        return new Attribute<>(name, type);
    }

    /**
     * Makes an empty namespace.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static SharedNamespace create() {
        return new NamespaceHandle(SharedMap.create());
    }

    /** Gives an attribute a value, whatever it had before. */
    void set(String name, Object value);

    /** Gives an attribute a value. */
    default <T> void set(Attribute<T> attribute, T value) {
        set(attribute.name(), value);
    }

    /**
     * Returns the value of an attribute.
     *
     * @throws java.util.NoSuchElementException if it has none
     * @throws ClassCastException if that is of another type
     */
    <T> T get(String name, Class<T> type);

    /** Returns the value of an attribute; throws as {@link #get(String, Class)} does. */
    default <T> T get(Attribute<T> attribute) {
        return get(attribute.name(), attribute.type());
    }

    /**
     * Returns the value of an attribute, if it has one.
     *
     * @throws ClassCastException if that is of another type
     */
    <T> Optional<T> find(String name, Class<T> type);

    /** Returns the value of an attribute, if it has one; throws as {@link #find(String, Class)} does. */
    default <T> Optional<T> find(Attribute<T> attribute) {
        return find(attribute.name(), attribute.type());
    }

    /**
     * Replaces the value of an attribute by what a function makes of it, at once: no change of another process is lost.
     *
     * @param change runs in this process, once, while others who want to change the attribute wait; it may read the namespace and
     *     not change it. What it returns is not null; if it throws, the value stays
     * @return the new value
     * @throws java.util.NoSuchElementException if it has none
     * @throws ClassCastException if that is of another type
     */
    <T> T update(String name, Class<T> type, UnaryOperator<T> change);

    /** Replaces the value of an attribute; as {@link #update(String, Class, UnaryOperator)}. */
    default <T> T update(Attribute<T> attribute, UnaryOperator<T> change) {
        return update(attribute.name(), attribute.type(), change);
    }

    /** Takes an attribute away; returns whether it was there. */
    boolean remove(String name);

    /** Returns the names of all attributes, as they are now, in the order of the alphabet. */
    Set<String> names();

    /** Returns all attributes as a map that shows, and makes, the same changes. Closing it closes this handle. */
    SharedMap<String, Object> asMap();

    /**
     * Ends the use of this handle. If it is the one that made the namespace, it ends for everybody. Closing twice is harmless;
     * what is not closed goes with the session.
     */
    @Override
    void close();
}
