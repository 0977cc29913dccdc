package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Goes through a map one stripe after the other. An entry that cannot be decoded here fails its own {@link #next}; the one
 * after that goes on behind it.
 */
final class MapIterator<T> implements Iterator<T> {
    private final MapAccess<?, ?> access;
    private final boolean withValues;
    private final Function<MapItem, T> decoder;
    private int nextStripe;
    private Iterator<MapItem> items = List.<MapItem>of().iterator();
    private MapItem next;
    private MapItem last;

    MapIterator(MapAccess<?, ?> access, boolean withValues, Function<MapItem, T> decoder) {
        this.access = access;
        this.withValues = withValues;
        this.decoder = decoder;
    }

    static <K> MapIterator<K> ofKeys(MapAccess<K, ?> access) {
        ObjectCodec codec = access.codec();
        return new MapIterator<>(access, false, item -> MapAccess.cast(item.decodeKey(codec)));
    }

    static <V> MapIterator<V> ofValues(MapAccess<?, V> access) {
        ObjectCodec codec = access.codec();
        return new MapIterator<>(access, true, item -> MapAccess.cast(item.decodeValue(codec)));
    }

    static <K, V> MapIterator<Map.Entry<K, V>> ofEntries(MapAccess<K, V> access) {
        ObjectCodec codec = access.codec();
        return new MapIterator<>(
                access,
                true,
                item -> new MapEntry<>(
                        access, MapAccess.cast(item.decodeKey(codec)), MapAccess.cast(item.decodeValue(codec))));
    }

    @Override
    public boolean hasNext() {
        while (next == null) {
            if (items.hasNext()) {
                next = complete(items.next());
            } else if (nextStripe < access.core().stripeCount()) {
                items = StripeCopy.copy(access.core().stripe(nextStripe++), withValues)
                        .iterator();
            } else {
                return false;
            }
        }
        return true;
    }

    /** Fetches a large value; null if it is gone, and its key with it. */
    private MapItem complete(MapItem item) {
        return withValues && item.needsFile() ? access.fetch(item) : item;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = next;
        next = null;
        return decoder.apply(last);
    }

    @Override
    public void remove() {
        if (last == null) {
            throw new IllegalStateException("next() has not been called, or its entry was removed already");
        }
        access.remove(last);
        last = null;
    }
}
