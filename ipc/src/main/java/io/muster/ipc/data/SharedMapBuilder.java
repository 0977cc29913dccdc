package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Collects the options of a {@link SharedMap}; every one has a default. For one thread.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class SharedMapBuilder<K, V> {
    private final Class<?> keyType;
    private final Class<?> valueType;
    private long expectedEntries;
    private long maxEntries;
    private long maxBytes;
    private long ttlNanos;
    private boolean anyKeys;
    private ObjectCodec codec = ObjectCodec.standard();

    SharedMapBuilder(Class<?> keyType, Class<?> valueType) {
        this.keyType = Objects.requireNonNull(keyType, "keyType");
        this.valueType = Objects.requireNonNull(valueType, "valueType");
    }

    /** Prepares for so many entries, so that the map need not grow on the way there. Default: it starts small. */
    public SharedMapBuilder<K, V> expectedEntries(long entries) {
        expectedEntries = positive(entries, "expectedEntries");
        return this;
    }

    /**
     * Never holds more than that: a put of another key removes one that was not read or written for some time. Whose turn it
     * is, is decided in each part of the map for itself, so that the map may hold somewhat fewer. Default: no bound.
     */
    public SharedMapBuilder<K, V> maxEntries(long entries) {
        maxEntries = positive(entries, "maxEntries");
        return this;
    }

    /**
     * Never holds more than so many bytes of encoded keys and values, with some 24 bytes an entry; the files, with room to grow,
     * take up to four times as much. Removes entries as {@link #maxEntries} does; an entry that alone is too large for its part
     * of the map is refused. Default: no bound.
     */
    public SharedMapBuilder<K, V> maxBytes(long bytes) {
        maxBytes = positive(bytes, "maxBytes");
        return this;
    }

    /** How long entries live if their put does not say it, counted from then. Default: for ever. */
    public SharedMapBuilder<K, V> defaultTtl(Duration ttl) {
        ttlNanos = nanos(ttl);
        return this;
    }

    /**
     * Takes keys of any class that can be encoded. Two of them are the same key if and only if their encodings are the same:
     * equal collections of different classes are not, nor are sets or maps that were filled in another order.
     */
    public SharedMapBuilder<K, V> keysByEncoding() {
        anyKeys = true;
        return this;
    }

    /** How this handle makes bytes of objects and objects of bytes. Default: {@link ObjectCodec#standard()}. */
    public SharedMapBuilder<K, V> codec(ObjectCodec value) {
        codec = Objects.requireNonNull(value, "codec");
        return this;
    }

    /** The same, with the standard codec but for the class loader that finds classes. */
    public SharedMapBuilder<K, V> classLoader(ClassLoader loader) {
        return codec(ObjectCodec.builder()
                .classLoader(Objects.requireNonNull(loader, "loader"))
                .build());
    }

    /**
     * Makes the map, empty, in the session of this process.
     *
     * @throws io.muster.ipc.memory.NoSpaceException if there is no room for it
     */
    public SharedMap<K, V> create() {
        Participant participant = Participants.ofSession();
        Path name = participant.newFile("map").getFileName();
        Cell cell = participant.cells().allocate(MapLayout.CELL_KIND, MapLayout.VERSION_NOW, MapCore.bodyBytes());
        MapCore.formatNew(
                cell, new MapFiles(participant.directory(), name.toString()), name.toString(), options(false));
        cell.publish();
        MapCore core = new MapCore(participant, cell);
        participant.add(cell, core);
        return new MapHandle<>(core, codec, true);
    }

    Class<?> keyType() {
        return keyType;
    }

    Class<?> valueType() {
        return valueType;
    }

    ObjectCodec codec() {
        return codec;
    }

    /** @param wallClock whether the map shall outlive the boot of the machine */
    MapOptions options(boolean wallClock) {
        return new MapOptions(
                keyType.getName(),
                valueType.getName(),
                expectedEntries,
                maxEntries,
                maxBytes,
                ttlNanos,
                wallClock,
                anyKeys,
                0,
                0);
    }

    private static long positive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + "=" + value + ", want more than 0");
        }
        return value;
    }

    static long nanos(Duration ttl) {
        Objects.requireNonNull(ttl, "ttl");
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("ttl=" + ttl + ", want more than zero");
        }
        // Beyond that an entry lives for ever, as far as anybody will ever know.
        return ttl.compareTo(Duration.ofDays(36_500)) > 0 ? 0 : ttl.toNanos();
    }
}
