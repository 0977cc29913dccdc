package io.muster.ipc.data;

import java.util.Map;
import java.util.Objects;

/** What iteration over entries gives: copies of a key and its value; {@link #setValue} puts into the map. */
final class MapEntry<K, V> implements Map.Entry<K, V> {
    private final MapAccess<K, V> access;
    private final K key;
    private V value;

    MapEntry(MapAccess<K, V> access, K key, V value) {
        this.access = access;
        this.key = key;
        this.value = value;
    }

    @Override
    public K getKey() {
        return key;
    }

    @Override
    public V getValue() {
        return value;
    }

    @Override
    public V setValue(V newValue) {
        access.set(key, Objects.requireNonNull(newValue, "newValue"));
        V old = value;
        value = newValue;
        return old;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Map.Entry<?, ?> entry && key.equals(entry.getKey()) && value.equals(entry.getValue());
    }

    @Override
    public int hashCode() {
        return key.hashCode() ^ value.hashCode();
    }

    @Override
    public String toString() {
        return key + "=" + value;
    }
}
