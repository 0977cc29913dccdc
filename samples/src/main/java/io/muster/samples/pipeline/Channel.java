package io.muster.samples.pipeline;

import io.muster.ipc.channel.SharedQueue;
import java.io.Serializable;
import java.time.Duration;
import java.util.Optional;

/**
 * The queue before a stage, with what is counted about it: a handle, the same in every process.
 *
 * <p>It has few places. When they are taken, whoever puts waits: so the whole pipeline is as fast as its slowest stage, and
 * holds no more than a few pieces, however much there is to read.
 *
 * @param <T> items
 */
final class Channel<T> implements AutoCloseable, Serializable {
    private static final long serialVersionUID = 1;

    static final int PLACES = 16;

    private final SharedQueue<Optional<T>> queue = SharedQueue.create(PLACES);
    private final Stage stage;
    private final Books books;

    Channel(Stage stage, Books books) {
        this.stage = stage;
        this.books = books;
    }

    void put(T item) throws InterruptedException {
        queue.put(Optional.of(item));
        books.sawWaiting(stage, queue.size());
    }

    /**
     * Says to one process of the stage that nothing more comes; everything else must be in the queue then.
     *
     * @return false if there was no room in that time
     */
    boolean offerEnd(Duration timeout) throws InterruptedException {
        return queue.offer(Optional.empty(), timeout);
    }

    /** Takes items and works on them until the end is said. */
    void takeAll(Work<T> work) throws InterruptedException {
        for (Optional<T> item; (item = queue.take()).isPresent(); ) {
            work.on(item.get());
            books.countItem(stage);
        }
    }

    Stage stage() {
        return stage;
    }

    int waiting() {
        return queue.size();
    }

    @Override
    public void close() {
        queue.close();
    }

    /** What a stage does. */
    interface Work<T> {
        void on(T item) throws InterruptedException;
    }
}
