package io.muster.ipc.data;

import java.util.ListIterator;
import java.util.NoSuchElementException;

/**
 * Goes over a snapshot. What it changes it changes in the list, if the list is where the iterator thinks it is; then it goes
 * on over the list as it is after that.
 */
final class ListCursor<E> implements ListIterator<E> {
    private static final int NONE = -1;

    private final ListView<E> view;
    private ListSnapshot seen;
    private int next;
    /** What {@code set} and {@code remove} are about. */
    private int last = NONE;

    ListCursor(ListView<E> view, ListSnapshot seen, int next) {
        this.view = view;
        this.seen = seen;
        this.next = next;
    }

    @Override
    public boolean hasNext() {
        return next < seen.size();
    }

    @Override
    public boolean hasPrevious() {
        return next > 0;
    }

    @Override
    public int nextIndex() {
        return next;
    }

    @Override
    public int previousIndex() {
        return next - 1;
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there is no element " + next + " of " + seen.size());
        }
        E element = view.decode(seen, next);
        last = next++;
        return element;
    }

    @Override
    public E previous() {
        if (!hasPrevious()) {
            throw new NoSuchElementException("there is no element before the first");
        }
        E element = view.decode(seen, next - 1);
        last = --next;
        return element;
    }

    @Override
    public void remove() {
        checkLast("remove");
        splice(last, last, last + 1, ListPlan.NOTHING);
        next = last;
        last = NONE;
    }

    @Override
    public void set(E element) {
        checkLast("set");
        splice(last, last, last + 1, ListView.encodeOne(element));
    }

    @Override
    public void add(E element) {
        splice(next - 1, next, next, ListView.encodeOne(element));
        next++;
        last = NONE;
    }

    private void splice(int witness, int from, int to, byte[][] fresh) {
        int grown = fresh.length - (to - from);
        seen = view.core().spliceAtCursor(seen, witness, from, to, fresh, view.lengthAfter(grown));
        view.grew(grown);
    }

    private void checkLast(String what) {
        if (last == NONE) {
            throw new IllegalStateException(what + " needs next() or previous() right before it");
        }
    }
}
