package io.muster.ipc.journal;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** A subscriber: a reader, the entry that it has given, and where its name is remembered. */
final class SubscriberHandle<E> implements Subscriber<E> {
    private final JournalHome home;
    private final EntryCodec<E> codec;
    private final Positions positions;
    private final String name;
    private final TopicHandle<E> topic;
    private final LogReader reader;
    private final Waiter waiter = Waiter.create();
    private final ReentrantLock use = new ReentrantLock();
    private long confirmed;
    private volatile Entry given;
    private boolean unconfirmed;
    private volatile boolean closing;
    private boolean closed;

    /** @param name null: nothing is remembered */
    SubscriberHandle(
            JournalHome home,
            EntryCodec<E> codec,
            Positions positions,
            String name,
            long position,
            TopicHandle<E> topic) {
        this.home = home;
        this.codec = codec;
        this.positions = positions;
        this.name = name;
        this.confirmed = position;
        this.topic = topic;
        this.reader = home.entries().reader();
        Positions.go(reader, position);
    }

    @Override
    public E take() throws InterruptedException {
        return next(Deadline.never());
    }

    @Override
    public E poll(Duration wait) throws InterruptedException {
        return next(Deadline.after(wait));
    }

    @Override
    public E poll() {
        use.lock();
        try {
            checkOpen();
            confirmGiven();
            return reader.hasNext() ? give() : null;
        } finally {
            use.unlock();
        }
    }

    private E next(Deadline deadline) throws InterruptedException {
        if (!lock(deadline)) {
            return null;
        }
        try {
            checkOpen();
            confirmGiven();
            return awaitNext(deadline) ? give() : null;
        } finally {
            use.unlock();
        }
    }

    private boolean lock(Deadline deadline) throws InterruptedException {
        return use.tryLock(deadline.remainingNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
    }

    private boolean awaitNext(Deadline deadline) throws InterruptedException {
        boolean there = waiter.await(home.bell().word(), () -> isClosing() || reader.hasNext(), deadline);
        checkOpen();
        return there;
    }

    private E give() {
        Entry entry = reader.next();
        given = entry;
        unconfirmed = true;
        return codec.decode(entry);
    }

    private void confirmGiven() {
        if (unconfirmed) {
            confirmed = given.index();
            unconfirmed = false;
            if (name != null) {
                positions.set(name, confirmed);
            }
        }
    }

    @Override
    public void tail(Consumer<? super E> handler) throws InterruptedException {
        java.util.Objects.requireNonNull(handler, "handler");
        use.lockInterruptibly();
        try {
            checkOpen();
            confirmGiven();
            while (!isClosing()) {
                if (waiter.await(home.bell().word(), () -> isClosing() || reader.hasNext(), Deadline.never())
                        && !isClosing()) {
                    handle(handler);
                }
            }
        } finally {
            use.unlock();
        }
    }

    private void handle(Consumer<? super E> handler) {
        E entry = give();
        boolean done = false;
        try {
            handler.accept(entry);
            done = true;
        } finally {
            if (!done) {
                unconfirmed = false;
                Positions.go(reader, confirmed);
            }
        }
        confirmGiven();
    }

    @Override
    public void confirm() {
        use.lock();
        try {
            checkOpen();
            confirmGiven();
        } finally {
            use.unlock();
        }
    }

    @Override
    public long position() {
        Entry entry = given;
        return entry == null ? -1 : entry.index();
    }

    @Override
    public Instant time() {
        Entry entry = given;
        return entry == null ? null : Instant.ofEpochMilli(entry.timeMillis());
    }

    private boolean isClosing() {
        return closing || home.isClosed();
    }

    private void checkOpen() {
        if (isClosing()) {
            throw new ClosedObjectException("the subscriber " + (name == null ? "" : "'" + name + "' ") + "of "
                    + home.directory() + " was closed in this process");
        }
    }

    @Override
    public void close() {
        closing = true;
        home.bell().word().wakeAllAnyway();
        use.lock();
        try {
            if (!closed) {
                closed = true;
                confirmGiven();
                reader.close();
                if (name != null) {
                    positions.leaveSeat(name);
                }
                topic.forget(this);
            }
        } finally {
            use.unlock();
        }
    }

    @Override
    public String toString() {
        return "Subscriber[" + (name == null ? "without a name" : name) + " of " + home.directory() + "]";
    }
}
