package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participants;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.UnaryOperator;

/**
 * A list that every process of the session can read and change: a full {@link List}, with null as an element if you like.
 *
 * <p>It is a handle: sent to a worker as an argument or captured by a task, it means the same list there.
 *
 * <pre>{@code
 *     try (SharedList<String> found = SharedList.create()) {
 *         pool.map(path -> found.addAll(search(path)), paths);
 *         System.out.println(found.size());
 *     }
 * }</pre>
 *
 * <p><b>Elements are copies.</b> What is added is encoded by {@link io.muster.ipc.codec.ObjectCodec}, and every read makes a
 * new object: changing an object that came out of the list changes nothing in it. Write it back with {@link #set} or, where
 * others may do the same, use {@link #update}. What cannot travel is refused with an
 * {@link io.muster.ipc.codec.EncodeException}; what a process cannot read (a class that it has not) is a
 * {@link io.muster.ipc.codec.DecodeException} there. In both cases nothing was changed.
 *
 * <p><b>Every change happens at once</b> for all threads of all processes: {@code addAll}, {@code removeIf}, {@code sort},
 * {@code replaceAll}, {@code retainAll}, {@code clear}, and the same on a {@link #subList}, are one change each; nobody ever
 * sees half of it. Functions and comparators of the user run in the calling process without holding anybody up. If the list
 * was changed meanwhile they run again on what it is then, so they should do nothing but compute; one that {@code removeIf},
 * {@code sort}, {@code replaceAll} or {@code retainAll} calls and that changes the same list gets an
 * {@link IllegalStateException}. Where that happens eight times in a row, the ninth run keeps other writers out.
 *
 * <p><b>Reads take no lock</b> and do not wait for a process that was stopped in the middle of a change. {@code toArray},
 * {@code equals}, {@code contains}, {@code stream} and iterators show the list as it was at one moment; an iterator that is
 * in use keeps the memory of that moment. Iterators do not fail when others change the list; their {@code set},
 * {@code remove} and {@code add} change the list itself, and throw a {@link java.util.ConcurrentModificationException} and
 * do nothing if another element has come to where the iterator stands. A sub-list is that range of indices of the list,
 * whatever comes to lie there.
 *
 * <p><b>Thread-safety</b>: any thread of any process. <b>Death</b>: a process that is killed in the middle of any change
 * leaves the list as it was before or as it is after, and others go on as soon as its death is noticed. What was added
 * stays when the process that added it dies.
 *
 * <p><b>Memory</b>: 16 bytes for each element and, if its encoding has more than 7 bytes (an {@code Integer} has 5), 4 bytes
 * and its encoding; up to twice that as room to grow, and the old and the new list at once while it grows. If there is no
 * room, a {@link io.muster.ipc.memory.NoSpaceException} says so and the list is as it was; elements can still be removed.
 * Adding, removing and setting at the end takes a time that does not depend on the size; in the middle, all slots are moved.
 *
 * <p>Any method throws a {@link io.muster.ipc.memory.ClosedObjectException} if the list is closed.
 *
 * @param <E> type of the elements; nothing checks what another process adds
 */
public interface SharedList<E> extends List<E>, RandomAccess, AutoCloseable, Serializable {

    /**
     * Makes an empty list.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedList<E> create() {
        return ListHandle.create(Participants.ofSession());
    }

    /**
     * Makes a list of the same elements.
     *
     * @throws io.muster.ipc.codec.EncodeException if one of them cannot travel; then there is no list
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedList<E> copyOf(Collection<? extends E> elements) {
        Objects.requireNonNull(elements, "elements");
        SharedList<E> list = create();
        try {
            list.addAll(elements);
            return list;
        } catch (RuntimeException e) {
            list.close();
            throw e;
        }
    }

    /**
     * Replaces an element by what a function makes of it, so that no change of another process in between is lost.
     *
     * @param change given the element; called again if the element was replaced meanwhile
     * @return what is there now
     * @throws IndexOutOfBoundsException if there is none of that index
     */
    E update(int index, UnaryOperator<E> change);

    /**
     * Returns the first element.
     *
     * @throws java.util.NoSuchElementException if the list is empty
     */
    E getFirst();

    /**
     * Returns the last element.
     *
     * @throws java.util.NoSuchElementException if the list is empty
     */
    E getLast();

    /** Puts an element before all others. */
    void addFirst(E element);

    /** Puts an element behind all others. */
    void addLast(E element);

    /**
     * Takes the first element away: of several processes that do so, each gets another.
     *
     * @throws java.util.NoSuchElementException if the list is empty
     */
    E removeFirst();

    /**
     * Takes the last element away: of several processes that do so, each gets another.
     *
     * @throws java.util.NoSuchElementException if the list is empty
     */
    E removeLast();

    /**
     * Removes and returns an element.
     *
     * <p>One that cannot be decoded here stays, with an exception; {@code subList(index, index + 1).clear()} removes it
     * unread.
     */
    @Override
    E remove(int index);

    /**
     * Ends the use of this handle. If it is the one that made the list, the list ends for everybody and its memory goes;
     * other handles only end themselves. Closing twice is harmless. What is not closed goes with the session.
     */
    @Override
    void close();
}
