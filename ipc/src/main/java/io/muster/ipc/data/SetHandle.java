package io.muster.ipc.data;

import io.muster.ipc.memory.ClosedObjectException;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The keys of a shared map, all with the same value. It travels as its map does. */
final class SetHandle<E> extends AbstractSet<E> implements SharedSet<E> {
    private static final long serialVersionUID = 1L;

    private final SharedMap<E, Boolean> map;

    /** @param map of this set alone: closing one closes the other */
    SetHandle(SharedMap<E, Boolean> map) {
        this.map = map;
    }

    @Override
    public boolean add(E element) {
        return map.putIfAbsent(Objects.requireNonNull(element, "element"), true) == null;
    }

    @Override
    public boolean remove(Object element) {
        return map.remove(Objects.requireNonNull(element, "element")) != null;
    }

    @Override
    public boolean contains(Object element) {
        return map.containsKey(Objects.requireNonNull(element, "element"));
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public Iterator<E> iterator() {
        return map.keySet().iterator();
    }

    @Override
    public Spliterator<E> spliterator() {
        return map.keySet().spliterator();
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        map.keySet().forEach(Objects.requireNonNull(action, "action"));
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        return map.keySet().removeIf(Objects.requireNonNull(filter, "filter"));
    }

    /** Whichever of the two is larger, all of the other's elements are looked at. */
    @Override
    public boolean removeAll(Collection<?> elements) {
        boolean removed = false;
        for (Object element : elements) {
            removed |= remove(element);
        }
        return removed;
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        Objects.requireNonNull(elements, "elements");
        return removeIf(element -> !elements.contains(element));
    }

    @Override
    public Object[] toArray() {
        return map.keySet().toArray();
    }

    @Override
    public <T> T[] toArray(T[] target) {
        return map.keySet().toArray(target);
    }

    /** What is in it, as for any set; after closing, that it is closed. */
    @Override
    public String toString() {
        try {
            return super.toString();
        } catch (ClosedObjectException e) {
            return "SharedSet, closed";
        }
    }

    @Override
    public void close() {
        map.close();
    }
}
