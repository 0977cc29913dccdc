package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.data.MapAccess.When;
import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.internal.cell.CellRef;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.internal.cell.SharedHandle;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.MemoryFault;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a user holds of a map. */
final class MapHandle<K, V> extends SharedHandle<MapCore> implements SharedMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final transient MapAccess<K, V> access;

    MapHandle(MapCore core, ObjectCodec codec, boolean maker) {
        super(core, maker);
        this.access = new MapAccess<>(core, codec);
    }

    /** Attaches to a map of that cell, in any place. */
    static <K, V> MapHandle<K, V> attach(Participant participant, CellRef ref, ObjectCodec codec) {
        MapCore core = participant.attach(
                ref, MapLayout.CELL_KIND, MapLayout.VERSION_NOW, MapCore.class, cell -> new MapCore(participant, cell));
        return new MapHandle<>(core, codec, false);
    }

    private MapAccess<K, V> open() {
        core();
        return access;
    }

    @Override
    public V get(Object key) {
        return open().get(key);
    }

    @Override
    public V getOrDefault(Object key, V defaultValue) {
        V value = open().get(key);
        return value != null ? value : defaultValue;
    }

    @Override
    public long getLong(Object key, long absent) {
        return open().getLong(key, absent);
    }

    @Override
    public boolean containsKey(Object key) {
        return open().containsKey(key);
    }

    @Override
    public boolean containsValue(Object value) {
        Objects.requireNonNull(value, "value");
        return values().contains(value);
    }

    @Override
    public V put(K key, V value) {
        return open().store(key, value, When.ALWAYS, access.core().ttlNanos(), true);
    }

    @Override
    public V put(K key, V value, Duration ttl) {
        return open().store(key, value, When.ALWAYS, SharedMapBuilder.nanos(ttl), true);
    }

    @Override
    public void set(K key, V value) {
        open().set(key, value);
    }

    @Override
    public V putIfAbsent(K key, V value) {
        return open().store(key, value, When.ABSENT, access.core().ttlNanos(), true);
    }

    @Override
    public V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        MapResult<V> old = new MapResult<>();
        open().update(key, When.PRESENT, present -> {
            old.value = present;
            return value;
        });
        return old.value;
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        Objects.requireNonNull(oldValue, "oldValue");
        Objects.requireNonNull(newValue, "newValue");
        return open().changeIfEqual(key, oldValue, newValue);
    }

    @Override
    public V remove(Object key) {
        return open().remove(key);
    }

    @Override
    public boolean remove(Object key, Object value) {
        MapAccess<K, V> map = open();
        Objects.requireNonNull(key, "key");
        return value != null && map.changeIfEqual(key, value, null);
    }

    @Override
    public Versioned<V> gets(Object key) {
        return open().gets(key);
    }

    @Override
    public boolean cas(K key, long version, V value) {
        return open().cas(key, version, value);
    }

    @Override
    public long addAndGet(K key, long delta) {
        return open().addAndGet(key, delta);
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return open().update(key, When.ALWAYS, old -> remappingFunction.apply(key, old));
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> remappingFunction) {
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return open().update(key, When.PRESENT, old -> remappingFunction.apply(key, old));
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> mappingFunction) {
        Objects.requireNonNull(mappingFunction, "mappingFunction");
        V value = open().get(key);
        return value != null ? value : access.update(key, When.ABSENT, old -> mappingFunction.apply(key));
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> remappingFunction) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(remappingFunction, "remappingFunction");
        return open().update(key, When.ALWAYS, old -> old == null ? value : remappingFunction.apply(old, value));
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        open();
        map.forEach(this::set);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        for (Map.Entry<K, V> entry : entrySet()) {
            action.accept(entry.getKey(), entry.getValue());
        }
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        for (K key : keySet()) {
            computeIfPresent(key, (same, old) -> Objects.requireNonNull(function.apply(same, old), "function result"));
        }
    }

    @Override
    public void clear() {
        open().clear();
    }

    @Override
    public int size() {
        return (int) Math.min(mappingCount(), Integer.MAX_VALUE);
    }

    @Override
    public long mappingCount() {
        try {
            return core().size();
        } catch (InternalError e) {
            throw MemoryFault.translate(e, access.core());
        }
    }

    @Override
    public boolean isEmpty() {
        return mappingCount() == 0;
    }

    @Override
    public Set<K> keySet() {
        return new MapViews.Keys<>(this);
    }

    @Override
    public Collection<V> values() {
        return new MapViews.Values<>(this);
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new MapViews.Entries<>(this);
    }

    Iterator<K> keyIterator() {
        return MapIterator.ofKeys(open());
    }

    Iterator<V> valueIterator() {
        return MapIterator.ofValues(open());
    }

    Iterator<Map.Entry<K, V>> entryIterator() {
        return MapIterator.ofEntries(open());
    }

    boolean removeKey(Object key) {
        return open().removeKey(key);
    }

    @Override
    public SharedMap<K, V> using(ObjectCodec codec) {
        return new MapHandle<>(core(), Objects.requireNonNull(codec, "codec"), false);
    }

    @Override
    public void force() {
        core().force();
    }

    @Override
    public boolean equals(Object other) {
        if (isOfSameMapAs(other)) {
            return true;
        }
        return other instanceof Map<?, ?> map && MapViews.holdSame(this, map);
    }

    /** For whoever in this package looks deeper. */
    MapCore mapCore() {
        return core();
    }

    boolean isOfSameMapAs(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (Map.Entry<K, V> entry : entrySet()) {
            hash += entry.hashCode();
        }
        return hash;
    }

    /** What is in it, as for any map; after closing, which one it was. */
    @Override
    public String toString() {
        Arrival shown = Arrival.begin();
        try {
            return MapViews.toString(this);
        } catch (ClosedObjectException e) {
            return access.core() + ", closed";
        } finally {
            shown.close();
        }
    }

    private Object writeReplace() {
        return new MapForm(travel());
    }

    /** What travels. */
    private record MapForm(CellRef ref) implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            return attach(Participants.at(ref.place()), ref, ObjectCodec.standard());
        }
    }

    /** What a function has seen, for its caller. */
    private static final class MapResult<V> {
        private V value;
    }
}
