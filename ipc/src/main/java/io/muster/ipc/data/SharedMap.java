package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A map that every process of the session can read and change: a {@link ConcurrentMap} whose entries lie in shared memory.
 *
 * <p>It is a handle: sent to a worker as an argument or captured by a task, it means the same entries there.
 *
 * <pre>{@code
 *     try (SharedMap<String, Long> counts = SharedMap.create()) {
 *         pool.map(page -> count(page, counts), pages);   // in each worker: counts.merge(word, 1L, Long::sum)
 *     }
 * }</pre>
 *
 * <p><b>Keys and values are copies.</b> A put stores the bytes of its value, a get makes a new object of them: changing that
 * object changes nothing in the map, and two gets never return the same object. Whatever {@link ObjectCodec} carries can be a
 * value, up to hundreds of megabytes. Keys are equal if their encoded bytes are; they are hashed by those, never by
 * {@code hashCode}. So keys must be of a class whose equal objects have equal bytes in every process: strings, boxed
 * primitives, {@code BigInteger}, {@code BigDecimal}, {@code UUID}, {@code java.time} values, enums, classes, and records of
 * such. Any other key is refused by what would store it, and not found by the rest, unless the map was made
 * {@linkplain SharedMapBuilder#keysByEncoding with keysByEncoding}. {@code null} is neither key nor value.
 *
 * <p><b>Thread-safety</b>: any thread of any process. Everything on one key is atomic, {@link #compute}, {@link #merge} and the
 * other functional methods included: they call their function once, in the calling process, under a lock that other writers of
 * a part of the map (one of 16 or more; fewer in small bounded maps) wait for. That function may read the map; if it changes the
 * same map it gets an {@link IllegalStateException}, and if it throws, the old value stays. Reads take no lock and wait for
 * nobody. Iteration is weakly consistent: a key that is there from beginning to end is seen exactly once.
 *
 * <p><b>Death</b>: a process killed at any instruction, inside a function included, leaves each key with its old value or its
 * new one; the next writer of that part goes on in its place, and {@link #size} is exact once nobody is changing the map. A
 * process that is stopped (not dead) while it changes the map keeps the others out of that part; a warning in the log then
 * names it.
 *
 * <p><b>Memory</b>: an empty map takes some ten kilobytes and grows by itself, in each part to at most about four times of what
 * it holds. What it grew out of is given back when the processes that have used it go on using the map, or end. If there is no
 * room to grow, the put fails with {@link io.muster.ipc.memory.NoSpaceException}, the map stays as it was, and what needs no
 * room goes on working.
 *
 * <p>Methods throw {@link io.muster.ipc.memory.ClosedObjectException} after this handle is closed, or the map by its maker;
 * {@link io.muster.ipc.codec.EncodeException} for a key or value that cannot travel; {@link io.muster.ipc.codec.DecodeException}
 * for one that cannot be read in this process, such as if it has not the class; and
 * {@link io.muster.ipc.memory.SegmentException} if somebody has truncated or overwritten the files.
 *
 * @param <K> keys
 * @param <V> values
 */
public interface SharedMap<K, V> extends ConcurrentMap<K, V>, AutoCloseable, Serializable {

    /**
     * Makes an empty map without options.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    static <K, V> SharedMap<K, V> create() {
        return new SharedMapBuilder<K, V>(Object.class, Object.class).create();
    }

    /** Collects the options of a map of such keys and values. */
    static <K, V> SharedMapBuilder<K, V> builder(Class<K> keyType, Class<V> valueType) {
        return new SharedMapBuilder<>(keyType, valueType);
    }

    /**
     * Stores a value without bringing the former one, which {@link #put} does and which takes time if that is large.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room; the former value stays
     */
    void set(K key, V value);

    /**
     * Stores a value that is gone after a while, counted from now.
     *
     * @param ttl more than zero. In a session it is measured by the monotonic clock; in a place that outlives the machine's
     *     boot, by the wall clock
     * @return the former value, or null
     */
    V put(K key, V value, Duration ttl);

    /**
     * Reads a value with its version, for {@link #cas}. Takes the lock that writers take, so that a function which the map has
     * called may not use it.
     *
     * @return null if the key is not there
     */
    Versioned<V> gets(Object key);

    /**
     * Replaces a value if it still has the version that {@link #gets} returned: nobody has stored another one since, not even
     * an equal one.
     *
     * @return whether it was replaced; false also if the key is not there any more
     */
    boolean cas(K key, long version, V value);

    /**
     * Adds to the {@link Long} of a key, which counts as 0 if it is not there. Makes no objects but the sum.
     *
     * @return the sum, wrapping around
     * @throws ClassCastException if the value is something else; it stays
     */
    long addAndGet(K key, long delta);

    /**
     * Reads the {@link Long} of a key without making an object of it.
     *
     * @param absent what to return if the key is not there
     * @throws ClassCastException if the value is something else
     */
    long getLong(Object key, long absent);

    /** {@link #size()} for maps of more than {@code Integer.MAX_VALUE} entries. */
    long mappingCount();

    /**
     * {@inheritDoc} The function runs under a lock, once, in this process; what it returns lives as long as what it replaces.
     */
    @Override
    V compute(K key, BiFunction<? super K, ? super V, ? extends V> remappingFunction);

    /** {@inheritDoc} The function runs under a lock, once, in this process, and not at all if the key is there. */
    @Override
    V computeIfAbsent(K key, Function<? super K, ? extends V> mappingFunction);

    /**
     * {@inheritDoc} One part after the other: others may see some parts empty and some not. Memory is given back.
     */
    @Override
    void clear();

    /**
     * Another handle on the same map that makes objects with that codec, for instance one with a class loader of the caller's.
     * A handle that travels arrives with the standard codec. All processes must encode keys alike.
     */
    SharedMap<K, V> using(ObjectCodec codec);

    /**
     * Writes to the disk what is in the map, for maps in a place on a disk; returns when that is done. Against the loss of power:
     * killed processes lose nothing in any case. What is changed later needs it again; a loss of power in between may damage the
     * map.
     */
    void force();

    /**
     * Ends the use of this handle. If it is the one that made the map, the map ends for everybody: its files are removed, and
     * others get a {@link io.muster.ipc.memory.ClosedObjectException}. Closing twice is harmless; what is not closed goes with
     * the session.
     */
    @Override
    void close();
}
