package io.muster.internal.pool;

import java.util.Arrays;

/** A queue in which also the n-th element can be looked at. For one thread. */
final class ChunkQueue<E> {
    private static final int FIRST_SIZE = 16;

    /** A power of two, so that an index comes round by itself. */
    private Object[] ring = new Object[FIRST_SIZE];

    private int head;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(E element) {
        if (size == ring.length) {
            grow();
        }
        ring[head + size & ring.length - 1] = element;
        size++;
    }

    /** @param index from the oldest, which is 0, below {@link #size} */
    @SuppressWarnings("unchecked")
    E get(int index) {
        return (E) ring[head + index & ring.length - 1];
    }

    /** Takes the oldest out; there is one. */
    E poll() {
        E oldest = get(0);
        ring[head] = null;
        head = head + 1 & ring.length - 1;
        size--;
        return oldest;
    }

    private void grow() {
        Object[] larger = Arrays.copyOfRange(ring, head, head + 2 * ring.length);
        System.arraycopy(ring, 0, larger, ring.length - head, head);
        ring = larger;
        head = 0;
    }
}
