package io.muster.ipc.channel;

import io.muster.ipc.wait.Deadline;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** A handle to a shared deque. */
final class DequeHandle<E> extends QueueHandle<E> implements SharedDeque<E> {
    private static final long serialVersionUID = 1L;

    DequeHandle(QueueCore core, boolean maker) {
        super(core, maker);
    }

    @Override
    public void addFirst(E item) {
        addOrThrow(offerFirst(item));
    }

    @Override
    public void addLast(E item) {
        add(item);
    }

    @Override
    public boolean offerFirst(E item) {
        return offer(item, true, 0);
    }

    @Override
    public boolean offerLast(E item) {
        return offer(item);
    }

    @Override
    public void putFirst(E item) throws InterruptedException {
        put(item, true, 0, Deadline.never());
    }

    @Override
    public void putLast(E item) throws InterruptedException {
        put(item);
    }

    @Override
    public boolean offerFirst(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return put(item, true, 0, deadline(timeout, unit));
    }

    @Override
    public boolean offerLast(E item, long timeout, TimeUnit unit) throws InterruptedException {
        return offer(item, timeout, unit);
    }

    @Override
    public E takeFirst() throws InterruptedException {
        return take();
    }

    @Override
    public E takeLast() throws InterruptedException {
        return take(true, Deadline.never());
    }

    @Override
    public E pollFirst(long timeout, TimeUnit unit) throws InterruptedException {
        return poll(timeout, unit);
    }

    @Override
    public E pollLast(long timeout, TimeUnit unit) throws InterruptedException {
        return take(true, deadline(timeout, unit));
    }

    @Override
    public E pollFirst() {
        return poll();
    }

    @Override
    public E pollLast() {
        return poll(true);
    }

    @Override
    public E peekFirst() {
        return peek();
    }

    @Override
    public E peekLast() {
        return peek(true);
    }

    @Override
    public E getFirst() {
        return orThrow(peek());
    }

    @Override
    public E getLast() {
        return orThrow(peek(true));
    }

    @Override
    public E removeFirst() {
        return orThrow(poll());
    }

    @Override
    public E removeLast() {
        return orThrow(poll(true));
    }

    @Override
    public boolean removeFirstOccurrence(Object item) {
        return removeOne(item, false);
    }

    @Override
    public boolean removeLastOccurrence(Object item) {
        return removeOne(item, true);
    }

    @Override
    public void push(E item) {
        addFirst(item);
    }

    @Override
    public E pop() {
        return removeFirst();
    }

    @Override
    public Iterator<E> descendingIterator() {
        return new QueueIterator<>(core(), true);
    }
}
