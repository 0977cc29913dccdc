package io.muster.ipc.channel;

import io.muster.ipc.internal.bell.BellSource;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waitable;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Waits for any or all of many things at once: shared objects ({@link Waitable}: events, semaphores, signals, latches, connections,
 * and what else says that it is one), stages that complete (the exit of a child, the result of a pool), timers, sockets and other
 * channels of {@code java.nio}. One set may have thousands; a wait sleeps on one word, which what becomes ready rings.
 *
 * <pre>{@code
 * try (WaitSet set = WaitSet.create()) {
 *     set.add(stop);
 *     set.add(child.onExit(), child);
 *     for (WaitSet.Key key : set.await(Duration.ofSeconds(5))) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>What comes back is a hint, not a lock: a thing that is ready was so when it was looked at, and somebody else may be faster.
 * Nothing is taken by waiting. What is still ready is returned again by the next wait. Something that was ready for a moment
 * only, such as an event that was set and cleared at once, may be missed. What is closed counts as ready: who uses it is told.
 *
 * <p>Its counterpart in Python is {@code multiprocessing.connection.wait}; for that one call there is {@link #any}.
 *
 * <p>Thread-safe. Several threads may wait; they are served one after the other, and a thing that stays ready is told to each.
 * Interrupting a thread that waits closes nothing. Close the set: until then its members keep telling it, its threads live.
 *
 * <p>Death: a process killed after it made something ready and before it told so is made good when its death is announced, or
 * within 250 ms. What a killed waiter leaves in the things that it waited for is cleared away by whoever meets it there.
 */
public final class WaitSet implements AutoCloseable {
    private final SetMembers members;
    private final SetWaiter waiter;

    /** One member of a set. Thread-safe. */
    public interface Key {
        /** What was added, such as the shared object, the stage, the duration or the channel. */
        Object source();

        /** What was given with it, or null. */
        Object attachment();

        /** For a channel, what it was ready for when it was looked at last, as in {@link SelectionKey}; else 0. */
        int readyOps();

        /** Whether it is still a member. */
        boolean isValid();

        /**
         * Takes it out of the set; doing it twice is harmless. The source itself is not touched. A channel can be made blocking
         * again a moment later.
         */
        void cancel();
    }

    private WaitSet() {
        this.members = new SetMembers();
        this.waiter = new SetWaiter(members);
    }

    /** An empty set, of this process alone. */
    public static WaitSet create() {
        return new WaitSet();
    }

    /**
     * Adds a shared object, or a connection, which is ready when a message can be received or never will be.
     *
     * @return by which the set tells of it; the same object may be added again, for another key
     * @throws ClosedObjectException if the object or this set is closed
     * @throws IllegalArgumentException if it is none of Muster's own
     */
    public Key add(Waitable source) {
        return add(source, null);
    }

    /** The same with something that the key carries; may be null. */
    public Key add(Waitable source, Object attachment) {
        Objects.requireNonNull(source, "source");
        if (source instanceof SocketConnection connection) {
            return members.addSocket(connection, attachment);
        }
        if (!(source instanceof BellSource)) {
            throw new IllegalArgumentException(source.getClass().getName()
                    + " is a Waitable that is none of Muster's; add a CompletionStage, a Future or a channel instead");
        }
        return members.addShared((BellSource) source, attachment);
    }

    /**
     * Adds something that is ready once it has completed, in whatever way: the exit of a child ({@code child.onExit()}), a
     * pool's result, any {@code CompletableFuture}.
     */
    public Key add(CompletionStage<?> stage) {
        return add(stage, null);
    }

    /** The same with something that the key carries; may be null. */
    public Key add(CompletionStage<?> stage, Object attachment) {
        return members.addStage(Objects.requireNonNull(stage, "stage"), attachment);
    }

    /**
     * Adds a plain future, which is ready once it is done. It cannot tell, so this costs a thread until then; prefer a {@link
     * CompletionStage}, and one that is both is treated as that.
     */
    public Key addFuture(Future<?> future, Object attachment) {
        Objects.requireNonNull(future, "future");
        return future instanceof CompletionStage<?> stage
                ? members.addStage(stage, attachment)
                : members.addFuture(future, attachment);
    }

    /**
     * Adds a timer, which is ready from then on until it is cancelled.
     *
     * @param delay from now; zero or negative: ready at once
     */
    public Key addTimer(Duration delay, Object attachment) {
        return members.addTimer(Objects.requireNonNull(delay, "delay"), attachment);
    }

    /**
     * Adds a channel, such as a socket, which must not be in blocking mode and cannot be set so while it is a member. It may be
     * added again, for another key.
     *
     * @param ops one or more of {@link SelectionKey#OP_READ} and the others, which the channel supports
     * @throws java.nio.channels.IllegalBlockingModeException if it is in blocking mode
     * @throws IllegalArgumentException if {@code ops} are not its own, or none
     * @throws ClosedObjectException if the channel or this set is closed
     */
    public Key add(SelectableChannel channel, int ops, Object attachment) {
        return members.addChannel(Objects.requireNonNull(channel, "channel"), ops, attachment);
    }

    /**
     * Adds all channels that are registered with a selector now, for what each is registered for and with its attachment. The
     * selector is not changed, and not used afterwards.
     *
     * @return a key for each channel
     */
    public List<Key> addAll(Selector selector) {
        List<Key> added = new ArrayList<>();
        for (SelectionKey key : Objects.requireNonNull(selector, "selector").keys()) {
            if (key.isValid() && key.interestOps() != 0) {
                added.add(add(key.channel(), key.interestOps(), key.attachment()));
            }
        }
        return added;
    }

    /** How many members there are. */
    public int size() {
        return members.size();
    }

    /**
     * Waits until a member is ready, however long it takes; others may be added meanwhile.
     *
     * @return all that are ready, in the order in which they were added; one at least
     * @throws InterruptedException if the thread was interrupted on entry or while it waited
     * @throws ClosedObjectException if this set is closed, also while it waits
     */
    public List<Key> await() throws InterruptedException {
        return waiter.any(Deadline.never());
    }

    /**
     * The same within a time.
     *
     * @param timeout zero or negative: only look
     * @return empty if none was ready in time
     */
    public List<Key> await(Duration timeout) throws InterruptedException {
        return waiter.any(Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    /**
     * Waits until each member has been ready once since this call; those that are added meanwhile count too.
     *
     * @return all members, in the order in which they were added
     */
    public List<Key> awaitAll() throws InterruptedException {
        return waiter.all(Deadline.never());
    }

    /**
     * The same within a time.
     *
     * @return those that have been ready; fewer than {@link #size()} if the time was over first
     */
    public List<Key> awaitAll(Duration timeout) throws InterruptedException {
        return waiter.all(Deadline.after(Objects.requireNonNull(timeout, "timeout")));
    }

    /**
     * Ends the set, not its members; doing it twice is harmless. Threads that wait get a {@link ClosedObjectException}; the set's
     * own threads end.
     */
    @Override
    public void close() {
        waiter.close();
    }

    /**
     * Waits once for any of these: a set for one call. Something that is waited for again and again is cheaper in a set.
     *
     * @param timeout zero or negative: only look
     * @param sources at least one; each a {@link Waitable}, {@link CompletionStage}, {@link Future}, {@link Duration} (a timer)
     *     or {@link SelectableChannel} (until it can be read from, connected or accepted from)
     * @return those that are ready, in this order; empty if none was in time
     * @throws IllegalArgumentException if there are none, or one is something else
     */
    public static List<Object> any(Duration timeout, Object... sources) throws InterruptedException {
        try (WaitSet set = of(timeout, sources)) {
            return sourcesOf(set.await(timeout));
        }
    }

    /**
     * Waits once until each of these has been ready; see {@link #any}.
     *
     * @return those that have been ready, in this order; fewer than given if the time was over first
     */
    public static List<Object> all(Duration timeout, Object... sources) throws InterruptedException {
        try (WaitSet set = of(timeout, sources)) {
            return sourcesOf(set.awaitAll(timeout));
        }
    }

    private static WaitSet of(Duration timeout, Object... sources) {
        Objects.requireNonNull(timeout, "timeout");
        if (sources.length == 0) {
            throw new IllegalArgumentException("nothing to wait for: give one source or more");
        }
        WaitSet set = new WaitSet();
        boolean done = false;
        try {
            for (Object source : sources) {
                set.addAny(Objects.requireNonNull(source, "source"));
            }
            done = true;
            return set;
        } finally {
            if (!done) {
                set.close();
            }
        }
    }

    private void addAny(Object source) {
        if (source instanceof Waitable waitable) {
            add(waitable);
        } else if (source instanceof CompletionStage<?> stage) {
            add(stage);
        } else if (source instanceof Future<?> future) {
            addFuture(future, null);
        } else if (source instanceof Duration delay) {
            addTimer(delay, null);
        } else if (source instanceof SelectableChannel channel) {
            add(channel, channel.validOps() & ~SelectionKey.OP_WRITE, null);
        } else {
            throw new IllegalArgumentException(
                    "cannot wait for a " + source.getClass().getName()
                            + ": want a Waitable, CompletionStage, Future, Duration or SelectableChannel");
        }
    }

    private static List<Object> sourcesOf(List<Key> keys) {
        return keys.stream().map(Key::source).toList();
    }

    @Override
    public String toString() {
        return "WaitSet[" + members + "]";
    }
}
