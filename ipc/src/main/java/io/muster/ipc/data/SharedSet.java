package io.muster.ipc.data;

import java.io.Serializable;
import java.util.Set;

/**
 * A set that every process of the session can read and change: the keys of a {@link SharedMap}, and all that is said there
 * of keys holds here.
 *
 * <p>It is a handle: sent to a worker as an argument or captured by a task, it means the same set there.
 *
 * <pre>{@code
 *     try (SharedSet<String> seen = SharedSet.create()) {
 *         pool.map(link -> seen.add(link) ? fetch(link) : null, links);   // each link is fetched once
 *     }
 * }</pre>
 *
 * <p><b>Elements are copies</b>, and equal if their encoded bytes are; so only those are taken that have the same bytes in every
 * process if they are equal (strings, boxed primitives, {@code java.time} values, enums, records of such and more, see
 * {@link SharedMap}), unless the set was made {@linkplain #createByEncoding() by encoding}. Null is no element.
 *
 * <p><b>Thread-safety</b>: any thread of any process. {@code add} and {@code remove} of one element happen at once: of several
 * processes that add the same, one is told true. What is about many elements ({@code addAll}, {@code removeIf}, {@code clear})
 * is one such change after the other. Reads take no lock; iteration is weakly consistent: an element that is there from
 * beginning to end is seen exactly once. <b>Death</b>: a process killed at any instruction has added an element or not;
 * {@code size} is exact once nobody changes the set.
 *
 * <p>Methods throw {@link io.muster.ipc.memory.ClosedObjectException} after this handle is closed, or the set by its maker.
 *
 * @param <E> type of the elements
 */
public interface SharedSet<E> extends Set<E>, AutoCloseable, Serializable {

    /**
     * Makes an empty set.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedSet<E> create() {
        return new SetHandle<>(SharedMap.create());
    }

    /**
     * Makes an empty set that takes whatever can be encoded. Two elements are the same if and only if their encodings are: equal
     * collections of different classes are not, nor are sets that were filled in another order.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedSet<E> createByEncoding() {
        return new SetHandle<>(new SharedMapBuilder<E, Boolean>(Object.class, Boolean.class)
                .keysByEncoding()
                .create());
    }

    /**
     * Ends the use of this handle. If it is the one that made the set, the set ends for everybody. Closing twice is harmless;
     * what is not closed goes with the session.
     */
    @Override
    void close();
}
