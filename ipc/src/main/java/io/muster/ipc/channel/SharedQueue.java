package io.muster.ipc.channel;

import io.muster.ipc.wait.Waitable;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/**
 * A queue that processes share: any number of them put, any number take, and each item goes to one of them.
 *
 * <pre>{@code
 *     SharedQueue<String> lines = SharedQueue.create(1000);
 *     var child = ChildProcess.start(() -> {
 *         for (String line; !(line = lines.take()).isEmpty(); ) count(line);
 *     });
 *     Files.lines(path).forEach(lines::add);          // and lines.put(line) waits while 1000 wait already
 * }</pre>
 *
 * <p><b>Items are copied</b>: encoded by the thread that puts, decoded by the thread that takes, so there is no feeder thread and
 * nothing to flush at exit. What an {@link io.muster.ipc.codec.ObjectCodec} cannot write is refused by {@code put} with an {@link
 * io.muster.ipc.codec.EncodeException}, and the queue is as it was. What the taker cannot decode leaves the queue inside an {@link
 * UnreadableItemException}, in that one call. Null is no item.
 *
 * <p><b>Bounds.</b> Items that wait, {@link #capacity()} of them, and the bytes of their encodings, {@link #capacityBytes()}: who
 * puts waits while either is reached. Bytes count until the taker has its item. Some cells are set aside for items that are in
 * consumers' hands; if those hold very many, {@link #remainingCapacity()} tells how many really find a place. An item larger than all
 * the bytes is refused with an {@code IllegalArgumentException}. Items of up to 88 encoded bytes are fastest; from 64 KiB on they go
 * through files, which are gone when the items are.
 *
 * <p><b>Order</b> is that in which the items were put, whoever put them; an item that comes back takes its old place.
 *
 * <p><b>Equality.</b> {@code contains} and {@code remove(Object)} compare encodings, as a shared map does with its keys: right
 * where {@link io.muster.ipc.codec.ObjectCodec#isCanonical} says so. Iterators, {@code toArray} and streams show the queue as it was
 * at one moment and do not fail when it changes; an iterator's {@code remove} removes just that item, if it still waits.
 *
 * <p><b>Death.</b> What {@code put} returned for is in the queue, whatever becomes of who put it; a {@code put} that was killed did
 * all or nothing. A {@code take} that was killed gives its item back, marked as redelivered, unless it had done its last store: the
 * few instructions from there to the caller can only be covered by {@link #receive()} and {@link Delivery#ack()}. Nobody else waits
 * longer than until the death is noticed. An item that a process has received and not acknowledged comes back when it ends, however
 * it ends. A process that was stopped is not dead, and keeps what it holds.
 *
 * <p><b>Closing.</b> {@link #close()} of the handle that made the queue ends it for everybody, with what is in it: who waits gets a
 * {@link io.muster.ipc.memory.ClosedObjectException}, and so does every later call; it waits for nobody, so let consumers come to an end
 * first, for example by an item that says so. Closing another handle ends that handle alone, and gives nothing back: what this
 * process has not acknowledged is still in its hands. A queue that came from a {@link io.muster.ipc.Manager} lives until it is removed
 * there.
 *
 * <p><b>Waiting.</b> Untimed and timed waits can be interrupted; nothing is taken then, or put. One deadline holds for a whole call,
 * zero or less means to try once. Virtual threads park. Thread-safe, for any thread of any process.
 *
 * <p>For a {@link WaitSet} it {@linkplain Waitable#isReady is ready} while there is an item to be taken.
 *
 * <p>Any method throws a {@link io.muster.ipc.memory.ClosedObjectException} if the queue is closed, and {@code put} and its kind a {@link
 * io.muster.ipc.memory.NoSpaceException} if a large item finds no room for its file; the queue is as it was then.
 *
 * @param <E> type of the items; nothing checks what another process puts
 */
public interface SharedQueue<E> extends BlockingQueue<E>, Waitable, AutoCloseable, Serializable {
    /** Most items of a queue that was made without saying so. */
    int DEFAULT_CAPACITY = 1024;

    /** Most bytes of their encodings, the same. */
    long DEFAULT_CAPACITY_BYTES = 1 << 20;

    /** Which item is taken first. */
    enum Order {
        /** The one that was put first. */
        FIFO,
        /** The one that was put last. */
        LIFO
    }

    /**
     * Makes an empty queue for {@value #DEFAULT_CAPACITY} items and {@value #DEFAULT_CAPACITY_BYTES} bytes.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedQueue<E> create() {
        return create(DEFAULT_CAPACITY);
    }

    /**
     * Makes an empty queue for that many items.
     *
     * @throws IllegalArgumentException if that is not from 1 to 4,194,304
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <E> SharedQueue<E> create(int capacity) {
        return new SharedQueueBuilder<E, SharedQueue<E>>(Object.class, QueueStyle.FIFO, QueueHandle::new)
                .capacity(capacity)
                .create();
    }

    /** A queue with bounds of its own, or the other order. */
    static <E> SharedQueueBuilder<E, SharedQueue<E>> builder(Class<E> elementType) {
        return new SharedQueueBuilder<>(elementType, QueueStyle.FIFO, QueueHandle::new);
    }

    /**
     * Puts an item, waiting at most that long for room.
     *
     * @return false if there was none; nothing was put
     * @throws InterruptedException if the thread was interrupted; nothing was put
     */
    boolean offer(E item, Duration timeout) throws InterruptedException;

    /**
     * Takes the next item, waiting at most that long for one.
     *
     * @return null if there was none
     * @throws InterruptedException if the thread was interrupted; nothing was taken
     */
    E poll(Duration timeout) throws InterruptedException;

    /**
     * Puts all of them in their order, waiting for room as often as needed; items of others may come between. They are all encoded
     * before the first is put.
     *
     * @throws io.muster.ipc.codec.EncodeException if one of them cannot travel; none was put
     * @throws InterruptedException if the thread was interrupted; those put before stay, as many as the first ones of the collection
     */
    void putAll(Collection<? extends E> items) throws InterruptedException;

    /**
     * Puts as many of them as there is room for now, in their order.
     *
     * @return how many: the first ones of the collection
     * @throws io.muster.ipc.codec.EncodeException if one of them cannot travel; none was put
     */
    int offerAll(Collection<? extends E> items);

    /**
     * Takes the next item, and leaves it the queue's until it is acknowledged.
     *
     * @throws UnreadableItemException if it cannot be decoded; it has left the queue
     * @throws InterruptedException if the thread was interrupted; nothing was taken
     */
    Delivery<E> receive() throws InterruptedException;

    /**
     * The same, waiting at most that long.
     *
     * @return nothing if there was none
     */
    Optional<Delivery<E>> receive(Duration timeout) throws InterruptedException;

    /** Most items that may wait in it. */
    int capacity();

    /** Most bytes that their encodings may have together. */
    long capacityBytes();

    /** Ends the use of this handle, and the queue if this one made it. Closing twice is harmless. */
    @Override
    void close();
}
