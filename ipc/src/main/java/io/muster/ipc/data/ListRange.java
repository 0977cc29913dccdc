package io.muster.ipc.data;

import java.util.Collection;
import java.util.Objects;

/** A range of indices of a shared list, or of such a range. Its length changes only by what is done through it. */
final class ListRange<E> extends ListView<E> {
    private final ListView<E> parent;
    private final int offset;
    private volatile int size;

    ListRange(ListView<E> parent, int offset, int size) {
        this.parent = parent;
        this.offset = offset;
        this.size = size;
    }

    @Override
    ListCore core() {
        return parent.core();
    }

    @Override
    int start() {
        return parent.start() + offset;
    }

    @Override
    ListSnapshot snapshot() {
        return core().snapshot(start(), size);
    }

    @Override
    synchronized void grew(int elements) {
        size += elements;
        parent.grew(elements);
    }

    @Override
    int lengthAfter(int grown) {
        return size + grown;
    }

    @Override
    int checkedIndex(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("Index: " + index + ", Size: " + size);
        }
        return start() + index;
    }

    @Override
    int checkedPosition(int index) {
        if (index < 0 || index > size) {
            throw new IndexOutOfBoundsException("Index: " + index + ", Size: " + size);
        }
        return start() + index;
    }

    @Override
    public int size() {
        core();
        return size;
    }

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        return addAll(size, Objects.requireNonNull(elements, "elements"));
    }

    @Override
    public void clear() {
        removeRange(0, size);
    }

    @Override
    protected void removeRange(int from, int to) {
        int start = start();
        core().splice(start + from, start + to, ListPlan.NOTHING);
        grew(from - to);
    }
}
