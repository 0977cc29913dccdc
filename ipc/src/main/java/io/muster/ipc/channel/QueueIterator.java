package io.muster.ipc.channel;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Shows the items of a queue as they were when it was made, from the first that would be taken on. For one thread. */
final class QueueIterator<E> implements Iterator<E> {
    private final QueueCore core;
    private final QueueSnapshot snapshot;
    private final boolean fromLast;
    private int position;
    private byte[] next;
    private int shown = -1;

    QueueIterator(QueueCore core, boolean fromLast) {
        this.core = core;
        this.snapshot = core.content.snapshot();
        this.fromLast = fromLast;
    }

    private int at(int i) {
        return fromLast ? snapshot.size() - 1 - i : i;
    }

    @Override
    public boolean hasNext() {
        while (next == null && position < snapshot.size()) {
            next = snapshot.bytes(at(position++));
        }
        return next != null;
    }

    @Override
    @SuppressWarnings("unchecked")
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the queue had no more items when the iterator was made");
        }
        byte[] encoded = next;
        next = null;
        shown = at(position - 1);
        return (E) QueueSnapshot.decode(encoded);
    }

    @Override
    public void remove() {
        if (shown < 0) {
            throw new IllegalStateException("next() was not called, or remove() was called already");
        }
        core.content.remove(snapshot.cell(shown), snapshot.key(shown));
        shown = -1;
    }
}
