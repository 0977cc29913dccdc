package io.muster.ipc.data;

import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;

/** A map seen as collections: what is removed there is removed from the map, and nothing can be added. */
final class MapViews {
    private MapViews() {}

    private static final int OF_SETS = Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.CONCURRENT;

    static final class Keys<K> extends AbstractSet<K> {
        private final MapHandle<K, ?> map;

        Keys(MapHandle<K, ?> map) {
            this.map = map;
        }

        @Override
        public Iterator<K> iterator() {
            return map.keyIterator();
        }

        @Override
        public Spliterator<K> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), OF_SETS);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(Object key) {
            return map.containsKey(key);
        }

        @Override
        public boolean remove(Object key) {
            return map.removeKey(key);
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    static final class Values<V> extends AbstractCollection<V> {
        private final MapHandle<?, V> map;

        Values(MapHandle<?, V> map) {
            this.map = map;
        }

        @Override
        public Iterator<V> iterator() {
            return map.valueIterator();
        }

        @Override
        public Spliterator<V> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.NONNULL | Spliterator.CONCURRENT);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean remove(Object sought) {
            for (Map.Entry<?, V> entry : map.entrySet()) {
                if (entry.getValue().equals(sought) && map.remove(entry.getKey(), entry.getValue())) {
                    return true;
                }
            }
            return false;
        }

        /** An entry that has another value by then stays. */
        @Override
        public boolean removeIf(Predicate<? super V> filter) {
            Objects.requireNonNull(filter, "filter");
            return map.entrySet().removeIf(entry -> filter.test(entry.getValue()));
        }

        @Override
        public boolean removeAll(Collection<?> values) {
            Objects.requireNonNull(values, "values");
            return removeIf(values::contains);
        }

        @Override
        public boolean retainAll(Collection<?> values) {
            Objects.requireNonNull(values, "values");
            return removeIf(value -> !values.contains(value));
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    static final class Entries<K, V> extends AbstractSet<Map.Entry<K, V>> {
        private final MapHandle<K, V> map;

        Entries(MapHandle<K, V> map) {
            this.map = map;
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return map.entryIterator();
        }

        @Override
        public Spliterator<Map.Entry<K, V>> spliterator() {
            return Spliterators.spliteratorUnknownSize(iterator(), OF_SETS);
        }

        @Override
        public int size() {
            return map.size();
        }

        @Override
        public boolean isEmpty() {
            return map.isEmpty();
        }

        @Override
        public boolean contains(Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && entry.getValue().equals(map.get(entry.getKey()));
        }

        @Override
        public boolean remove(Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && map.remove(entry.getKey(), entry.getValue());
        }

        /** An entry that has another value by then stays. */
        @Override
        public boolean removeIf(Predicate<? super Map.Entry<K, V>> filter) {
            Objects.requireNonNull(filter, "filter");
            boolean removed = false;
            for (Map.Entry<K, V> entry : this) {
                removed |= filter.test(entry) && remove(entry);
            }
            return removed;
        }

        @Override
        public void clear() {
            map.clear();
        }
    }

    static boolean holdSame(Map<?, ?> map, Map<?, ?> other) {
        if (map.size() != other.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!entry.getValue().equals(valueIn(other, entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static Object valueIn(Map<?, ?> map, Object key) {
        try {
            return map.get(key);
        } catch (ClassCastException | NullPointerException e) {
            return null; // a map that could not even hold such a key
        }
    }

    static String toString(Map<?, ?> map) {
        StringBuilder text = new StringBuilder("{");
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(text.length() == 1 ? "" : ", ").append(entry.getKey()).append('=');
            boolean itself = entry.getValue() instanceof MapHandle<?, ?> handle && handle.isOfSameMapAs(map);
            text.append(itself ? "(this Map)" : Objects.toString(entry.getValue()));
        }
        return text.append('}').toString();
    }
}
