package io.muster.ipc.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Reads a {@link Topic} from a position on, each entry once and in order.
 *
 * <p><b>Its position</b>, if it has a name, moves over an entry when the next one is asked for, by {@link #confirm}, and by
 * {@link #close}. So a process that dies with an entry in its hands gets that one again, and no other.
 *
 * <p>Any thread may call; several share the entries. One reader for each name: while it lives in any process nobody else gets
 * that name.
 *
 * @param <E> entries
 */
public interface Subscriber<E> extends AutoCloseable {

    /**
     * The next entry; waits for it.
     *
     * @throws InterruptedException if interrupted before or while it waits; nothing was taken
     * @throws io.muster.ipc.codec.DecodeException if this one cannot be read here; the next call goes on behind it
     */
    E take() throws InterruptedException;

    /** The next entry, or null if there is none yet. */
    E poll();

    /** The next entry, or null if none comes in that time. */
    E poll(Duration wait) throws InterruptedException;

    /**
     * Gives every entry to the handler, those that come later included. Returns when another thread closes this subscriber.
     *
     * @param handler if it throws, so does this, and its entry is the next one again
     * @throws InterruptedException if interrupted; the entry whose handler returned is confirmed
     */
    void tail(Consumer<? super E> handler) throws InterruptedException;

    /** What was taken is done with: whoever reads under this name next begins behind it. */
    void confirm();

    /** Position of the entry that was taken last; -1 before the first. */
    long position();

    /** When the entry that was taken last was appended; null before the first. */
    Instant time();

    /** Confirms what was taken, and lets others have the name. */
    @Override
    void close();
}
