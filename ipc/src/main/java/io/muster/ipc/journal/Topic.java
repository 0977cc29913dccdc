package io.muster.ipc.journal;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * A journal that all subscribers read in full: what is appended stays in files, for those who come later and for those who were
 * away.
 *
 * <pre>{@code
 *     try (Topic<String> news = Topic.open(Path.of("/var/lib/shop/news"), String.class)) {
 *         news.append("tea is in");
 *     }
 *     // in any other program, now or tomorrow:
 *     try (Topic<String> news = Topic.open(path, String.class); Subscriber<String> mail = news.subscribe("mail")) {
 *         mail.tail(this::send);        // goes on where "mail" was the last time
 *     }
 * }</pre>
 *
 * <p><b>Needs</b> Chronicle Queue on the class path and flags of the JVM ({@link JournalFlags}); {@code docs/journal.md} has both.
 * The directory must lie on a local disk and be its own; the journal is for one user.
 *
 * <p><b>Order.</b> All subscribers see all entries in one order; entries of one thread come in the order of its appends.
 *
 * <p><b>What survives.</b> What {@link #append} has returned for is there, whoever is killed, and after an orderly reboot; a loss of
 * power may take what was appended since the last {@link #sync}. A process killed in the middle of an append leaves nothing of it; the
 * next append of any other process waits until the kernel has begun to end it, and some milliseconds more, once.
 *
 * <p><b>Waiting.</b> A subscriber at the end sleeps and costs nothing but a look four times a second; an append wakes it, in some 50
 * microseconds.
 *
 * <p><b>Threads and processes.</b> Any thread of any process, also virtual ones, may use it. A topic may travel to children, in lambdas
 * and arguments: there it is the same journal, opened again. {@code null} is no entry. An interrupt has no effect on {@code append}, but
 * that it is kept.
 *
 * <p>Methods throw {@link JournalException} if the files or the machine are at fault, and
 * {@link io.muster.ipc.memory.ClosedObjectException} once it is closed in this process.
 *
 * @param <E> entries: whatever {@link io.muster.ipc.codec.ObjectCodec} carries, up to 15 MiB each
 */
public interface Topic<E> extends AutoCloseable, Serializable {

    /**
     * Opens the topic in that directory, which is made if it is missing or empty.
     *
     * @param type of the entries; recorded when the topic is made, and checked whenever it is opened
     * @throws JournalException if flags, Chronicle Queue or the directory are missing or damaged; says what to do
     * @throws io.muster.ipc.memory.WrongObjectException if it is a journal of another kind or type
     */
    static <E> Topic<E> open(Path directory, Class<E> type) {
        return builder(directory, type).open();
    }

    /** For a topic that is made with options. */
    static <E> TopicBuilder<E> builder(Path directory, Class<E> type) {
        return new TopicBuilder<>(directory, type);
    }

    /**
     * Appends an entry for all subscribers.
     *
     * @param entry not null
     * @return its position
     * @throws io.muster.ipc.codec.EncodeException if it cannot travel; nothing was appended
     * @throws IllegalArgumentException if it is larger than 15 MiB
     */
    long append(E entry);

    /** Writes all that was appended so far to the disk, by whomever; returns when a loss of power cannot take it any more. */
    void sync();

    /**
     * Reads on where the subscriber of that name was; a new one begins with the oldest entry.
     *
     * @throws IllegalStateException if a live process reads under that name
     */
    Subscriber<E> subscribe(String name);

    /**
     * The same.
     *
     * @param start where a new one begins; that of a known name is not asked
     */
    Subscriber<E> subscribe(String name, Start start);

    /** A subscriber without a name: nothing of it is remembered, and retention does not wait for it. */
    Subscriber<E> subscribe(Start start);

    /**
     * Forgets a subscriber: its name is new then, and retention waits for it no longer.
     *
     * @return false if there was none of that name
     * @throws IllegalStateException if a live process reads under that name
     */
    boolean unsubscribe(String name);

    /** Who has a name, and how far it is. */
    List<Subscription> subscriptions();

    /** How many entries there are. */
    long count();

    /**
     * Deletes files that retention does not keep and no subscriber with a name needs; appends do that whenever they begin a file.
     *
     * @return bytes of the files that were deleted
     */
    long trim();

    Path path();

    /** Closes this handle and its subscribers; the journal stays. Closing twice is harmless. */
    @Override
    void close();

    /**
     * A subscriber with a name.
     *
     * @param name as it subscribed
     * @param behind how many entries it has not read
     * @param active whether a live process reads under that name
     */
    record Subscription(String name, long behind, boolean active) {}
}
