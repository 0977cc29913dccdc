package io.muster.ipc.data;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.Spliterator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a shared list and a range of it have in common: objects in place of encodings, and the functions of the user, which
 * run here, outside of any lock, on a snapshot.
 */
abstract class ListView<E> extends AbstractList<E> implements RandomAccess {
    private static final ObjectCodec CODEC = ObjectCodec.standard();

    /** Throws if the handle is closed. */
    abstract ListCore core();

    /** Index in the list of the first element of this view. */
    abstract int start();

    abstract ListSnapshot snapshot();

    /** The view has grown by so many elements, or shrunk, by what it has just done itself. */
    abstract void grew(int elements);

    /** What a snapshot must show after a change by so many elements; negative: all. */
    abstract int lengthAfter(int grown);

    /** Of an index that this view has. */
    abstract int checkedIndex(int index);

    /** Of an index that this view has, or the one behind. */
    abstract int checkedPosition(int index);

    static byte[] encode(Object element) {
        return CODEC.encode(element);
    }

    static byte[][] encodeOne(Object element) {
        return new byte[][] {encode(element)};
    }

    private static byte[][] encodeAll(Object[] elements) {
        byte[][] encoded = new byte[elements.length][];
        for (int i = 0; i < elements.length; i++) {
            encoded[i] = encode(elements[i]);
        }
        return encoded;
    }

    @SuppressWarnings("unchecked")
    final E decode(byte[] encoded, int index) {
        try {
            return (E) CODEC.decode(encoded);
        } catch (DecodeException e) {
            throw new DecodeException(
                    e.reason(),
                    "element " + index + " of " + core() + " cannot be read in this process; nothing was changed: "
                            + e.getMessage(),
                    e);
        }
    }

    final E decode(ListSnapshot seen, int index) {
        return decode(seen.encoded(index), index);
    }

    @Override
    public E get(int index) {
        return decode(core().element(checkedIndex(index)).encoded(), index);
    }

    @Override
    public E set(int index, E element) {
        return replace(index, encodeOne(element));
    }

    @Override
    public E remove(int index) {
        E removed = replace(index, ListPlan.NOTHING);
        grew(-1);
        return removed;
    }

    /** The old element is decoded first: one that cannot be is not lost. */
    private E replace(int index, byte[][] fresh) {
        ListCore core = core();
        int at = checkedIndex(index);
        while (true) {
            ListElement element = core.element(at);
            E old = decode(element.encoded(), index);
            if (core.replace(at, element, fresh)) {
                return old;
            }
        }
    }

    @Override
    public void add(int index, E element) {
        int at = checkedPosition(index);
        core().splice(at, at, encodeOne(element));
        grew(1);
    }

    @Override
    public boolean addAll(int index, Collection<? extends E> elements) {
        Objects.requireNonNull(elements, "elements");
        int at = checkedPosition(index);
        byte[][] encoded = encodeAll(elements.toArray());
        core().splice(at, at, encoded);
        grew(encoded.length);
        return encoded.length > 0;
    }

    static byte[][] encodeAll(Collection<?> elements) {
        return encodeAll(Objects.requireNonNull(elements, "elements").toArray());
    }

    @Override
    public int indexOf(Object sought) {
        ListSnapshot seen = snapshot();
        for (int i = 0; i < seen.size(); i++) {
            if (Objects.equals(sought, decode(seen, i))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int lastIndexOf(Object sought) {
        ListSnapshot seen = snapshot();
        for (int i = seen.size() - 1; i >= 0; i--) {
            if (Objects.equals(sought, decode(seen, i))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean contains(Object sought) {
        return indexOf(sought) >= 0;
    }

    @Override
    public boolean remove(Object sought) {
        while (true) {
            ListSnapshot seen = snapshot();
            int index = 0;
            while (index < seen.size() && !Objects.equals(sought, decode(seen, index))) {
                index++;
            }
            if (index == seen.size()) {
                return false;
            }
            if (core().removeFirstOccurrence(seen, index)) {
                grew(-1);
                return true;
            }
        }
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        int[] removed = {0};
        core().rewrite(this::snapshot, seen -> {
            int[] kept = new int[seen.size()];
            int count = 0;
            for (int i = 0; i < kept.length; i++) {
                if (!filter.test(decode(seen, i))) {
                    kept[count++] = i;
                }
            }
            removed[0] = kept.length - count;
            return removed[0] == 0 ? null : seen.keeping(Arrays.copyOf(kept, count), ListPlan.NOTHING);
        });
        grew(-removed[0]);
        return removed[0] > 0;
    }

    @Override
    public boolean removeAll(Collection<?> elements) {
        Objects.requireNonNull(elements, "elements");
        return removeIf(elements::contains);
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        Objects.requireNonNull(elements, "elements");
        return removeIf(element -> !elements.contains(element));
    }

    @Override
    public void replaceAll(UnaryOperator<E> operator) {
        Objects.requireNonNull(operator, "operator");
        core().rewrite(this::snapshot, seen -> {
            byte[][] fresh = new byte[seen.size()][];
            int[] sources = new int[fresh.length];
            for (int i = 0; i < fresh.length; i++) {
                fresh[i] = encode(operator.apply(decode(seen, i)));
                sources[i] = ~i;
            }
            return fresh.length == 0 ? null : seen.keeping(sources, fresh);
        });
    }

    /** Elements are moved and not encoded again. */
    @Override
    public void sort(Comparator<? super E> comparator) {
        core().rewrite(this::snapshot, seen -> {
            List<Placed<E>> placed = new ArrayList<>(seen.size());
            for (int i = 0; i < seen.size(); i++) {
                placed.add(new Placed<>(decode(seen, i), i));
            }
            placed.sort((a, b) -> compare(comparator, a.element, b.element));
            int[] sources = placed.stream().mapToInt(Placed::index).toArray();
            return sources.length == 0 ? null : seen.keeping(sources, ListPlan.NOTHING);
        });
    }

    private record Placed<E>(E element, int index) {}

    @SuppressWarnings("unchecked")
    private static <E> int compare(Comparator<? super E> comparator, E a, E b) {
        return comparator == null ? ((Comparable<? super E>) a).compareTo(b) : comparator.compare(a, b);
    }

    @Override
    public Iterator<E> iterator() {
        return listIterator(0);
    }

    @Override
    public ListIterator<E> listIterator(int index) {
        ListSnapshot seen = snapshot();
        if (index < 0 || index > seen.size()) {
            throw new IndexOutOfBoundsException("Index: " + index + ", Size: " + seen.size());
        }
        return new ListCursor<>(this, seen, index);
    }

    @Override
    public Object[] toArray() {
        return frozen().toArray();
    }

    @Override
    public <T> T[] toArray(T[] target) {
        return frozen().toArray(target);
    }

    @Override
    public Spliterator<E> spliterator() {
        return frozen().spliterator();
    }

    @Override
    public boolean containsAll(Collection<?> elements) {
        return frozen().containsAll(elements);
    }

    /** This view as it is now; what is not asked for is not decoded. */
    private List<E> frozen() {
        return new Frozen<>(this, snapshot());
    }

    private static final class Frozen<E> extends AbstractList<E> implements RandomAccess {
        private final ListView<E> view;
        private final ListSnapshot seen;

        private Frozen(ListView<E> view, ListSnapshot seen) {
            this.view = view;
            this.seen = seen;
        }

        @Override
        public E get(int index) {
            return view.decode(seen, Objects.checkIndex(index, seen.size()));
        }

        @Override
        public int size() {
            return seen.size();
        }
    }

    @Override
    public List<E> subList(int from, int to) {
        int size = size();
        if (from < 0 || to > size) {
            throw new IndexOutOfBoundsException("fromIndex: " + from + ", toIndex: " + to + ", size: " + size);
        }
        if (from > to) {
            throw new IllegalArgumentException("fromIndex(" + from + ") > toIndex(" + to + ")");
        }
        return new ListRange<>(this, from, to - from);
    }
}
