package io.muster.ipc;

import io.muster.ipc.channel.ChannelObjects;
import io.muster.ipc.channel.JoinableQueue;
import io.muster.ipc.channel.SharedDeque;
import io.muster.ipc.channel.SharedPriorityQueue;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.channel.SharedQueueBuilder;
import io.muster.ipc.data.DataObjects;
import io.muster.ipc.data.SharedBoolean;
import io.muster.ipc.data.SharedByte;
import io.muster.ipc.data.SharedByteArray;
import io.muster.ipc.data.SharedChar;
import io.muster.ipc.data.SharedCharArray;
import io.muster.ipc.data.SharedDouble;
import io.muster.ipc.data.SharedDoubleArray;
import io.muster.ipc.data.SharedFloat;
import io.muster.ipc.data.SharedFloatArray;
import io.muster.ipc.data.SharedInt;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.data.SharedList;
import io.muster.ipc.data.SharedLong;
import io.muster.ipc.data.SharedLongArray;
import io.muster.ipc.data.SharedMap;
import io.muster.ipc.data.SharedMapBuilder;
import io.muster.ipc.data.SharedNamespace;
import io.muster.ipc.data.SharedSet;
import io.muster.ipc.data.SharedShort;
import io.muster.ipc.data.SharedShortArray;
import io.muster.ipc.data.SharedStruct;
import io.muster.ipc.data.SharedStructArray;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.PlaceDirectory;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedBinarySemaphore;
import io.muster.ipc.sync.SharedCondition;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedReadWriteLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import io.muster.ipc.sync.SyncObjects;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** The manager of a place on this machine, named or a session. */
final class PlaceManager implements Manager {
    private static final long serialVersionUID = 1L;

    private final transient Participant participant;
    /** Null for a session. */
    private final transient PlaceDirectory place;

    private final transient NamedCells names;
    private final transient SyncObjects sync;
    private final transient DataObjects data;
    private final transient ChannelObjects channels;
    private final transient GivenHandles given = new GivenHandles();
    private transient volatile boolean closed;

    private PlaceManager(Participant participant, PlaceDirectory place) {
        this.participant = participant;
        this.place = place;
        this.names = new NamedCells(participant);
        this.sync = new SyncObjects(participant, names);
        this.data = new DataObjects(participant, names);
        this.channels = new ChannelObjects(participant, names);
    }

    static PlaceManager open(String name) {
        return of(PlaceDirectory.open(Objects.requireNonNull(name, "name")));
    }

    static PlaceManager open(Path directory) {
        return of(PlaceDirectory.open(Objects.requireNonNull(directory, "directory")));
    }

    private static PlaceManager of(PlaceDirectory place) {
        PlaceManager manager = new PlaceManager(Participants.of(place), place);
        manager.names.removeOrphans();
        return manager;
    }

    static PlaceManager session() {
        return new PlaceManager(Participants.ofSession(), null);
    }

    private <H extends AutoCloseable> H give(String name, Supplier<H> get) {
        Objects.requireNonNull(name, "name");
        checkOpen();
        try {
            return given.add(get.get());
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "'" + name + "' in " + this);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(this + " was closed in this process");
        }
    }

    @Override
    public SharedLock getLock(String name) {
        return give(name, () -> sync.lock(name));
    }

    @Override
    public SharedBinarySemaphore getBinarySemaphore(String name) {
        return give(name, () -> sync.binarySemaphore(name));
    }

    @Override
    public SharedReadWriteLock getReadWriteLock(String name) {
        return give(name, () -> sync.readWriteLock(name));
    }

    @Override
    public SharedSemaphore getSemaphore(String name, int permits) {
        return give(name, () -> sync.semaphore(name, permits));
    }

    @Override
    public SharedSemaphore getFairSemaphore(String name, int permits) {
        return give(name, () -> sync.fairSemaphore(name, permits));
    }

    @Override
    public SharedSemaphore getBoundedSemaphore(String name, int permits) {
        return give(name, () -> sync.boundedSemaphore(name, permits));
    }

    @Override
    public SharedSignal getSignal(String name) {
        return give(name, () -> sync.signal(name));
    }

    @Override
    public SharedEvent getEvent(String name) {
        return give(name, () -> sync.event(name));
    }

    @Override
    public SharedCondition getCondition(String name) {
        return give(name, () -> sync.condition(name));
    }

    @Override
    public SharedBarrier getBarrier(String name, int parties) {
        return give(name, () -> sync.barrier(name, parties));
    }

    @Override
    public SharedCountDownLatch getCountDownLatch(String name, long count) {
        return give(name, () -> sync.countDownLatch(name, count));
    }

    @Override
    public <K, V> SharedMap<K, V> getMap(String name, Class<K> keyType, Class<V> valueType) {
        return getMap(name, SharedMap.builder(keyType, valueType));
    }

    @Override
    public <K, V> SharedMap<K, V> getMap(String name, SharedMapBuilder<K, V> options) {
        Objects.requireNonNull(options, "options");
        return give(name, () -> data.map(name, options));
    }

    @Override
    public <E> SharedList<E> getList(String name, Class<E> elementType) {
        Objects.requireNonNull(elementType, "elementType");
        return give(name, () -> data.list(name, elementType));
    }

    @Override
    public <E> SharedSet<E> getSet(String name, Class<E> elementType) {
        Objects.requireNonNull(elementType, "elementType");
        return give(name, () -> data.set(name, elementType));
    }

    @Override
    public SharedNamespace getNamespace(String name) {
        return give(name, () -> data.namespace(name));
    }

    @Override
    public <E> SharedQueue<E> getQueue(String name, Class<E> elementType) {
        return getQueue(name, SharedQueue.builder(elementType));
    }

    @Override
    public <E, Q extends SharedQueue<E>> Q getQueue(String name, SharedQueueBuilder<E, Q> options) {
        Objects.requireNonNull(options, "options");
        return give(name, () -> channels.queue(name, options));
    }

    @Override
    public <E> SharedDeque<E> getDeque(String name, Class<E> elementType) {
        return getQueue(name, SharedDeque.builder(elementType));
    }

    @Override
    public <E> SharedPriorityQueue<E> getPriorityQueue(String name, Class<E> elementType) {
        return getQueue(name, SharedPriorityQueue.builder(elementType));
    }

    @Override
    public <E> JoinableQueue<E> getJoinableQueue(String name, Class<E> elementType) {
        return getQueue(name, JoinableQueue.builder(elementType));
    }

    @Override
    public SharedBoolean getBoolean(String name) {
        return give(name, () -> data.ofBoolean(name));
    }

    @Override
    public SharedByte getByte(String name) {
        return give(name, () -> data.ofByte(name));
    }

    @Override
    public SharedShort getShort(String name) {
        return give(name, () -> data.ofShort(name));
    }

    @Override
    public SharedChar getChar(String name) {
        return give(name, () -> data.ofChar(name));
    }

    @Override
    public SharedInt getInt(String name) {
        return give(name, () -> data.ofInt(name));
    }

    @Override
    public SharedLong getLong(String name) {
        return give(name, () -> data.ofLong(name));
    }

    @Override
    public SharedFloat getFloat(String name) {
        return give(name, () -> data.ofFloat(name));
    }

    @Override
    public SharedDouble getDouble(String name) {
        return give(name, () -> data.ofDouble(name));
    }

    @Override
    public <R extends Record> SharedStruct<R> getStruct(String name, Class<R> type) {
        Objects.requireNonNull(type, "type");
        return give(name, () -> data.struct(name, type));
    }

    @Override
    public <R extends Record> SharedStructArray<R> getStructArray(String name, Class<R> type, long length) {
        Objects.requireNonNull(type, "type");
        return give(name, () -> data.structArray(name, type, length));
    }

    @Override
    public SharedByteArray getByteArray(String name, long length) {
        return give(name, () -> data.byteArray(name, length));
    }

    @Override
    public SharedShortArray getShortArray(String name, long length) {
        return give(name, () -> data.shortArray(name, length));
    }

    @Override
    public SharedCharArray getCharArray(String name, long length) {
        return give(name, () -> data.charArray(name, length));
    }

    @Override
    public SharedIntArray getIntArray(String name, long length) {
        return give(name, () -> data.intArray(name, length));
    }

    @Override
    public SharedLongArray getLongArray(String name, long length) {
        return give(name, () -> data.longArray(name, length));
    }

    @Override
    public SharedFloatArray getFloatArray(String name, long length) {
        return give(name, () -> data.floatArray(name, length));
    }

    @Override
    public SharedDoubleArray getDoubleArray(String name, long length) {
        return give(name, () -> data.doubleArray(name, length));
    }

    @Override
    public List<String> names() {
        checkOpen();
        return names.list().stream().map(NamedObject::name).toList();
    }

    @Override
    public List<Entry> list() {
        checkOpen();
        return names.list().stream()
                .map(object -> new Entry(object.name(), object.type(), object.bytes()))
                .toList();
    }

    @Override
    public boolean remove(String name) {
        Objects.requireNonNull(name, "name");
        checkOpen();
        try {
            return names.remove(name, this::coresOf);
        } catch (InternalError e) {
            throw MemoryFault.translate(e, "'" + name + "' in " + this);
        }
    }

    private List<? extends SharedCore> coresOf(NamedObject object) {
        List<? extends SharedCore> cores = sync.coresOf(object);
        if (cores.isEmpty()) {
            cores = data.coresOf(object);
        }
        return cores.isEmpty() ? channels.coresOf(object) : cores;
    }

    @Override
    public void force() {
        checkOpen();
        if (place != null) {
            place.force();
        }
    }

    /** Removes the place with all that is in it, although this process and others take part in it. */
    void removePlace() {
        for (NamedObject object : names.list()) {
            names.remove(object.name(), this::coresOf);
        }
        place.removeForAll();
    }

    @Override
    public Path path() {
        return participant.directory();
    }

    @Override
    public void close() {
        closed = true;
        given.closeAll();
    }

    private Object writeReplace() {
        checkOpen();
        return new Form(path().toString());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only what replaces a manager travels");
    }

    /** What travels. */
    private record Form(String path) implements Serializable {
        private Object readResolve() {
            Path directory = Path.of(path);
            return PlaceDirectory.isPlace(directory)
                    ? of(PlaceDirectory.join(directory))
                    : new PlaceManager(Participants.at(path), null);
        }
    }

    @Override
    public String toString() {
        return "Manager[" + (place == null ? "session " : "place ") + path() + "]";
    }
}
