package io.muster.ipc;

import io.muster.ipc.channel.JoinableQueue;
import io.muster.ipc.channel.SharedDeque;
import io.muster.ipc.channel.SharedPriorityQueue;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.channel.SharedQueueBuilder;
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
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedBinarySemaphore;
import io.muster.ipc.sync.SharedCondition;
import io.muster.ipc.sync.SharedCountDownLatch;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedLock;
import io.muster.ipc.sync.SharedReadWriteLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * A place where programs meet, and shared objects in it that have names: maps, lists, arrays, locks that outlive the processes
 * which made them.
 *
 * <pre>{@code
 *     try (Manager orders = Manager.open("orders")) {
 *         SharedMap<String, Long> counts = orders.getMap("counts", String.class, Long.class);
 *         counts.merge("tea", 1L, Long::sum);          // any other program that opens "orders" sees it, today or tomorrow
 *     }
 * }</pre>
 *
 * <p><b>Names.</b> The first who asks for an object makes it; all others find it. A name is any text of up to 160 bytes as
 * {@link io.muster.ipc.memory.ObjectName} counts them, and names one object of the place, whatever its type. Type, parameters
 * and types of the values are kept with it: who asks for something else gets a
 * {@link io.muster.ipc.memory.WrongObjectException} that names both. A map is not asked for its bounds again.
 *
 * <p><b>Closing.</b> A handle that came from here ends nothing but itself when it is closed, and so does the manager: it closes
 * the handles that it gave. An object ends when somebody {@linkplain #remove removes} it; then whoever waits for it or uses it
 * gets a {@link io.muster.ipc.memory.ClosedObjectException}.
 *
 * <p><b>What survives.</b> All that was stored survives the death of any process, and of all. A place that lies in memory
 * ({@link #open(String)}, where {@code muster.dir} does not say otherwise) ends with the machine; on some systems also with the
 * last login of its user ({@code RemoveIPC} of systemd). One on a disk survives an orderly shutdown: locks that were held then
 * are free and abandoned. A loss of power may tear what the system had not written: objects that were changed since {@link #force}
 * returned, what they held before included; others are whole.
 *
 * <p><b>Death.</b> A process that is killed, in the middle of any call, holds up nobody: it leaves the object made or not, there or
 * removed, and each object keeps the promise of its own type. The death of a child of Muster's is announced by its parent, if that has
 * opened the place too; nobody announces that of other programs: where a type says 10 ms it is a quarter of a second then.
 *
 * <p><b>Threads.</b> All methods may be called by any thread; none waits for another process, but for one that is just removing an object
 * of that name: 10 s at most, then a {@link io.muster.ipc.memory.PlaceException} says so. A manager may travel to children, in
 * lambdas and arguments: there it is one of the same place.
 *
 * <p>All {@code get} methods throw {@link io.muster.ipc.memory.NoSpaceException} if there is no room to make what is not there,
 * {@link io.muster.ipc.memory.CorruptSegmentException} if what is there is damaged or of another version of Muster,
 * {@code IllegalArgumentException} for what can be no name, and {@code IllegalStateException} once the manager is closed.
 */
public interface Manager extends AutoCloseable, Serializable {

    /**
     * The place of that name, made if there is none. It lies where sessions lie: in {@code /dev/shm}, or where that has no room
     * in the temp directory, or where the property {@code muster.dir} says; it is for this user alone.
     *
     * @param name any text of up to 160 bytes as {@link io.muster.ipc.memory.ObjectName} counts them
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it anywhere
     * @throws io.muster.ipc.memory.PlaceException if it cannot be used; the message says why, and whose it is
     */
    static Manager open(String name) {
        return PlaceManager.open(name);
    }

    /**
     * The place in that directory, which may be missing or empty; its parent must be there.
     *
     * @param directory on a disk it survives a reboot; not on a network. It must belong to this user and be closed to others
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     * @throws io.muster.ipc.memory.PlaceException if it cannot be used; the message says why, and whose it is
     */
    static Manager open(Path directory) {
        return PlaceManager.open(directory);
    }

    /**
     * Names among this process, its parent and all their children: what they give lies in their session and ends with the last of
     * them.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for a session
     * @throws io.muster.ipc.memory.PlaceException if there is no place for it, or the parent's is not there any more
     */
    static Manager session() {
        return PlaceManager.session();
    }

    /** A reentrant lock, with conditions. */
    SharedLock getLock(String name);

    /** A lock that another thread, or another process, may release. */
    SharedBinarySemaphore getBinarySemaphore(String name);

    SharedReadWriteLock getReadWriteLock(String name);

    /** A barging semaphore. */
    SharedSemaphore getSemaphore(String name, int permits);

    /** A semaphore that serves in the order of arrival, as {@link SharedSemaphore#createFair} makes it. */
    SharedSemaphore getFairSemaphore(String name, int permits);

    /** A semaphore that never has more than its first permits, as {@link SharedSemaphore#createBounded} makes it. */
    SharedSemaphore getBoundedSemaphore(String name, int permits);

    /** A count without owners, at 0. */
    SharedSignal getSignal(String name);

    /** An event, not set. */
    SharedEvent getEvent(String name);

    /** A condition with a lock of its own. */
    SharedCondition getCondition(String name);

    SharedBarrier getBarrier(String name, int parties);

    /** A latch. It stays open once it was counted down: remove it, or choose a name for each use. */
    SharedCountDownLatch getCountDownLatch(String name, long count);

    /** A map, empty and without bounds. */
    <K, V> SharedMap<K, V> getMap(String name, Class<K> keyType, Class<V> valueType);

    /** The same; what the builder says besides the types counts if the map is made now. */
    <K, V> SharedMap<K, V> getMap(String name, SharedMapBuilder<K, V> options);

    /** A list, empty. */
    <E> SharedList<E> getList(String name, Class<E> elementType);

    /** A set, empty. */
    <E> SharedSet<E> getSet(String name, Class<E> elementType);

    /** Attributes with values of any types; none yet. */
    SharedNamespace getNamespace(String name);

    /** A queue, empty, with the bounds that {@link SharedQueue#create()} gives. */
    <E> SharedQueue<E> getQueue(String name, Class<E> elementType);

    /** A queue of any kind; the bounds that the builder says count if the queue is made now. */
    <E, Q extends SharedQueue<E>> Q getQueue(String name, SharedQueueBuilder<E, Q> options);

    /** A deque, empty. */
    <E> SharedDeque<E> getDeque(String name, Class<E> elementType);

    /** A priority queue, empty. */
    <E> SharedPriorityQueue<E> getPriorityQueue(String name, Class<E> elementType);

    /** A joinable queue, empty. */
    <E> JoinableQueue<E> getJoinableQueue(String name, Class<E> elementType);

    SharedBoolean getBoolean(String name);

    SharedByte getByte(String name);

    SharedShort getShort(String name);

    SharedChar getChar(String name);

    SharedInt getInt(String name);

    /** A value, 0 at first; the same for the other types. */
    SharedLong getLong(String name);

    SharedFloat getFloat(String name);

    SharedDouble getDouble(String name);

    /** A record of primitives, all of them zero at first. */
    <R extends Record> SharedStruct<R> getStruct(String name, Class<R> type);

    /** An array of records of primitives, all of them zero at first. */
    <R extends Record> SharedStructArray<R> getStructArray(String name, Class<R> type, long length);

    SharedByteArray getByteArray(String name, long length);

    SharedShortArray getShortArray(String name, long length);

    SharedCharArray getCharArray(String name, long length);

    /** An array of zeros; the same for the other types. */
    SharedIntArray getIntArray(String name, long length);

    SharedLongArray getLongArray(String name, long length);

    SharedFloatArray getFloatArray(String name, long length);

    SharedDoubleArray getDoubleArray(String name, long length);

    /** The names of all objects, in their order. What is damaged is left out. */
    List<String> names();

    /** All objects, in the order of their names. What is damaged is left out. */
    List<Entry> list();

    /**
     * One object.
     *
     * @param name as its users call it
     * @param type with its parameters and the types of its values: {@code SharedMap<java.lang.String, java.lang.Long>}
     * @param bytes of its files
     */
    record Entry(String name, String type, long bytes) {}

    /**
     * Ends an object for all processes and removes its files; the name is free then.
     *
     * @return false if there is none of that name
     * @throws io.muster.ipc.memory.CorruptSegmentException if it is damaged
     */
    boolean remove(String name);

    /**
     * Writes all that was stored so far, by whomever, to the disk; returns when that is done. Needed against the loss of power
     * alone, and covers no later change. In memory, and for a session, there is nothing to do.
     *
     * @throws io.muster.ipc.memory.PlaceException if it cannot be written
     */
    void force();

    /** The directory in which all of it lies. */
    Path path();

    /**
     * Closes the handles that this manager gave. The objects stay. This process stays a party of the place until it ends, as its
     * threads may be inside; what it holds there, such as a lock, it holds until then. Closing twice is harmless.
     */
    @Override
    void close();
}
