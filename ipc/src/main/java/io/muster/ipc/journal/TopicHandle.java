package io.muster.ipc.journal;

import io.muster.ipc.internal.cell.Arrival;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A topic, opened. */
final class TopicHandle<E> implements Topic<E> {
    private static final long serialVersionUID = 1L;

    private final transient JournalHome home;
    private final transient EntryCodec<E> codec;
    private final transient Positions positions;
    private final transient Retention retention;
    private final transient Set<SubscriberHandle<E>> subscribers = ConcurrentHashMap.newKeySet();

    TopicHandle(JournalHome home, EntryCodec<E> codec) {
        this.home = home;
        this.codec = codec;
        this.positions = new Positions(home);
        this.retention = new Retention(home, home.entries(), () -> firstNeeded(positions));
    }

    static long firstNeeded(Positions positions) {
        return positions.all().values().stream()
                .mapToLong(Positions::needs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public long append(E entry) {
        byte[] payload = codec.encode(entry);
        home.checkOpen();
        long index = home.entries().append(0, payload, payload.length);
        home.bell().word().wakeAll();
        retention.sawEntry(index);
        return index;
    }

    @Override
    public void sync() {
        home.checkOpen();
        home.force();
    }

    @Override
    public Subscriber<E> subscribe(String name) {
        return subscribe(name, Start.beginning());
    }

    @Override
    public Subscriber<E> subscribe(String name, Start start) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(start, "start");
        home.checkOpen();
        takeSeat(name);
        try {
            return add(new SubscriberHandle<>(home, codec, positions, name, positions.find(name, start), this));
        } catch (RuntimeException e) {
            positions.leaveSeat(name);
            throw e;
        }
    }

    @Override
    public Subscriber<E> subscribe(Start start) {
        Objects.requireNonNull(start, "start");
        home.checkOpen();
        return add(new SubscriberHandle<>(home, codec, positions, null, Positions.resolve(home, start), this));
    }

    private Subscriber<E> add(SubscriberHandle<E> subscriber) {
        subscribers.add(subscriber);
        return subscriber;
    }

    void forget(SubscriberHandle<E> subscriber) {
        subscribers.remove(subscriber);
    }

    private void takeSeat(String name) {
        if (!positions.takeSeat(name)) {
            throw new IllegalStateException(
                    "the journal in " + home.directory() + " is read as '" + name + "' by " + positions.reader(name)
                            + ": a name is for one reader at a time. Close that one, or take another name.");
        }
    }

    @Override
    public boolean unsubscribe(String name) {
        home.checkOpen();
        takeSeat(name);
        try {
            return positions.remove(name);
        } finally {
            positions.leaveSeat(name);
        }
    }

    @Override
    public List<Subscription> subscriptions() {
        home.checkOpen();
        return subscriptions(home, positions);
    }

    static List<Subscription> subscriptions(JournalHome home, Positions positions) {
        List<Subscription> all = new ArrayList<>();
        positions.all().forEach((name, position) -> {
            long behind = position < Positions.BEGINNING
                    ? home.entries().countBehind(-2 - position) + 1
                    : home.entries().countBehind(position);
            all.add(new Subscription(name, behind, positions.reader(name) != null));
        });
        all.sort(Comparator.comparing(Subscription::name));
        return all;
    }

    @Override
    public long count() {
        home.checkOpen();
        return home.entries().countBehind(Positions.BEGINNING);
    }

    @Override
    public long trim() {
        home.checkOpen();
        return retention.run(false);
    }

    @Override
    public Path path() {
        return home.directory();
    }

    @Override
    public void close() {
        home.beginClose();
        for (SubscriberHandle<E> subscriber : subscribers) {
            subscriber.close();
        }
        home.close();
    }

    @Override
    public String toString() {
        return "Topic<" + codec.type().getName() + ">[" + home.directory() + (home.isClosed() ? ", closed]" : "]");
    }

    private record Form(String directory, Class<?> type) implements Serializable {
        private Object readResolve() {
            return Arrival.note(Topic.open(Path.of(directory), type));
        }
    }

    private Object writeReplace() {
        home.checkOpen();
        return new Form(home.directory().toString(), codec.type());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a topic travels");
    }
}
