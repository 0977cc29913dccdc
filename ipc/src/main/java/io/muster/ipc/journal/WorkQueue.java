package io.muster.ipc.journal;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A journal of tasks: each entry is given to one consumer at a time, until one has acknowledged it. Entries outlive all processes and
 * an orderly reboot.
 *
 * <pre>{@code
 *     try (WorkQueue<Order> orders = WorkQueue.open(Path.of("/var/lib/shop/orders"), Order.class)) {
 *         orders.append(order);
 *     }
 *     // in any number of workers:
 *     while (true) {
 *         Delivery<Order> delivery = orders.take();
 *         ship(delivery.entry());
 *         delivery.ack();               // killed before this line: another worker gets the order
 *     }
 * }</pre>
 *
 * <p><b>Needs</b> what a {@link Topic} needs.
 *
 * <p><b>Promise.</b> What {@link #append} has returned for is given to consumers, at least once, until {@link Delivery#ack} has returned
 * true for it; then never again. A delivery comes back when its consumer's process has ended, in whatever way (at once where
 * Muster's parent process sees it, else within 200 ms), when its handle is closed, when its time is over
 * ({@link WorkQueueBuilder#visibility}), and by {@link Delivery#nack}. Loss of power: what came before the last {@link #sync} holds.
 *
 * <p><b>Order.</b> What comes back is given first; new entries follow in the order of their appends. So with several consumers, or
 * after a death, order is not a promise.
 *
 * <p><b>Dead letters.</b> An entry that was given {@link WorkQueueBuilder#maxAttempts} times and not acknowledged is set aside and can be
 * read, or put back.
 *
 * <p><b>Fair dispatch.</b> Nobody is sent anything: a consumer gets an entry when it asks, and one at a time, so slow ones get less.
 * {@link WorkQueueBuilder#prefetch} limits how many a handle may hold.
 *
 * <p><b>Disk.</b> Files whose entries are all done with are deleted, if {@link WorkQueueBuilder#retain} does not say otherwise.
 *
 * <p><b>Waiting, threads, processes, exceptions</b> are as for a {@link Topic}. A process stopped (not dead) in the middle of a call holds
 * up the others. Delays are measured by the wall clock, as they outlive a reboot.
 *
 * @param <E> entries: whatever {@link io.muster.ipc.codec.ObjectCodec} carries, up to 15 MiB each
 */
public interface WorkQueue<E> extends AutoCloseable, Serializable {

    /**
     * Opens the queue in that directory, which is made if it is missing or empty.
     *
     * @param type of the entries; recorded when the queue is made, and checked whenever it is opened
     * @throws JournalException if flags, Chronicle Queue or the directory are missing or damaged; says what to do
     * @throws io.muster.ipc.memory.WrongObjectException if it is a journal of another kind or type
     */
    static <E> WorkQueue<E> open(Path directory, Class<E> type) {
        return builder(directory, type).open();
    }

    /** For a queue that is made, or used, with options. */
    static <E> WorkQueueBuilder<E> builder(Path directory, Class<E> type) {
        return new WorkQueueBuilder<>(directory, type);
    }

    /**
     * Appends an entry.
     *
     * @return its index
     * @throws io.muster.ipc.codec.EncodeException if it cannot travel; nothing was appended
     * @throws IllegalArgumentException if it is larger than 15 MiB
     */
    long append(E entry);

    /**
     * Appends an entry that nobody gets before some time has passed.
     *
     * @param delay by the wall clock; zero or negative: none
     */
    long append(E entry, Duration delay);

    /** Writes all that was appended and acknowledged so far, by whomever, to the disk. */
    void sync();

    /**
     * The next entry; waits for it, and while this handle holds as many as it may.
     *
     * @throws InterruptedException if interrupted before or while it waits; nothing was taken
     * @throws io.muster.ipc.codec.DecodeException if this one cannot be read here: it counts as an attempt and comes back at once
     */
    Delivery<E> take() throws InterruptedException;

    /** The next entry, or null if there is none now, or this handle holds as many as it may. */
    Delivery<E> poll();

    /** The next entry, or null if none comes in that time. */
    Delivery<E> poll(Duration wait) throws InterruptedException;

    /** How many entries wait, are held back, are held by consumers, and were set aside. */
    Counts counts();

    /** What was set aside and neither put back nor deleted since, oldest first. */
    List<DeadLetter<E>> deadLetters();

    /**
     * Puts a dead letter back to work, as a new entry at the end.
     *
     * @return false if it was put back or deleted before
     */
    boolean requeue(DeadLetter<E> letter);

    /** Deletes a dead letter; the same return value. */
    boolean discard(DeadLetter<E> letter);

    /** Deletes files that nobody needs; appends and takes do that whenever they come to a new file. Returns bytes. */
    long trim();

    Path path();

    /** Gives back what this handle holds and closes it; the queue stays. Closing twice is harmless. */
    @Override
    void close();

    /**
     * How many entries are where, at about the same time.
     *
     * @param waiting for a consumer
     * @param delayed until some time, by an append or a nack
     * @param held by consumers
     * @param dead letters
     */
    record Counts(long waiting, long delayed, long held, long dead) {
        /** All that is not done with, dead letters left out. */
        public long open() {
            return waiting + delayed + held;
        }
    }

    /**
     * An entry that was set aside.
     *
     * @param index what it had in the queue
     * @param attempts how often it was given to somebody
     * @param at when it was set aside
     * @param bytes its encoding
     * @param entry null if it cannot be read here
     */
    record DeadLetter<E>(long index, int attempts, Instant at, byte[] bytes, E entry) {}
}
