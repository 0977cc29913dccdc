package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Collections, maps, entries and {@code Optional} of the JDK. What comes back behaves like what was sent: the order of
 * iteration, comparator, immutability and the treatment of null are the same.
 */
final class Containers extends TypeWriter {
    private final int tag;

    Containers(int tag) {
        this.tag = tag;
    }

    @Override
    boolean yieldsToUserCodec() {
        return false;
    }

    @Override
    void write(ObjectCodec codec, CodecOutput out, Object value) {
        int start = out.position();
        boolean foreignBefore = out.foreign;
        out.foreign = false;
        out.enter(value);
        out.writeByte(tag);
        if (value instanceof Collection<?> collection) {
            writeCollection(codec, out, collection, start);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(codec, out, map);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            writePart(codec, out, value, entry.getKey(), "key");
            writePart(codec, out, value, entry.getValue(), "value");
        } else if (value instanceof Optional<?> optional) {
            writePart(codec, out, value, optional.orElse(null), "value");
        } else {
            Sequences.write(codec, out, value, (Object[]) value, "");
        }
        out.leave();
        if (!out.foreign) {
            out.array()[start] |= (byte) Tags.PLAIN;
        }
        out.foreign |= foreignBefore;
    }

    private void writeCollection(ObjectCodec codec, CodecOutput out, Collection<?> collection, int start) {
        if (tag == Tags.TREE_SET) {
            writePart(codec, out, collection, ((SortedSet<?>) collection).comparator(), "comparator");
        }
        Object[] items = collection.toArray();
        if (tag == Tags.LIST_OF && containsNull(items)) {
            out.array()[start] = Tags.LIST_OF_NULLABLE;
        }
        Sequences.write(codec, out, collection, items, "");
    }

    private void writeMap(ObjectCodec codec, CodecOutput out, Map<?, ?> map) {
        if (tag == Tags.TREE_MAP) {
            writePart(codec, out, map, ((SortedMap<?, ?>) map).comparator(), "comparator");
        }
        int size = map.size();
        Object[] keys = new Object[size];
        Object[] values = new Object[size];
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (i == keys.length) {
                keys = Arrays.copyOf(keys, i * 2 + 1);
                values = Arrays.copyOf(values, i * 2 + 1);
            }
            keys[i] = entry.getKey();
            values[i++] = entry.getValue();
        }
        if (i < keys.length) { // a concurrent map that shrank meanwhile
            keys = Arrays.copyOf(keys, i);
            values = Arrays.copyOf(values, i);
        }
        Sequences.write(codec, out, map, keys, "key ");
        Sequences.write(codec, out, map, values, "value ");
    }

    private static void writePart(ObjectCodec codec, CodecOutput out, Object owner, Object part, String step) {
        try {
            codec.writeValue(out, part);
        } catch (EncodeException e) {
            throw e.inside(owner, step);
        }
    }

    private static boolean containsNull(Object[] items) {
        for (Object item : items) {
            if (item == null) {
                return true;
            }
        }
        return false;
    }

    static Object read(ObjectCodec codec, int tag, CodecInput in) {
        in.enter();
        Object value = tag >= Tags.MAP_ENTRY
                ? readEntry(codec, tag, in)
                : tag >= Tags.HASH_MAP ? readMap(codec, tag, in) : readCollection(codec, tag, in);
        in.leave();
        return value;
    }

    private static Object readCollection(ObjectCodec codec, int tag, CodecInput in) {
        return switch (tag) {
            case Tags.OPTIONAL -> Optional.ofNullable(codec.readValue(in));
            case Tags.STRING_ARRAY -> Sequences.read(codec, in, String.class);
            case Tags.OBJECT_ARRAY -> Sequences.read(codec, in);
            case Tags.TREE_SET -> readTreeSet(codec, in);
            case Tags.HASH_SET, Tags.LINKED_HASH_SET -> readSet(tag, Sequences.read(codec, in));
            case Tags.SET_OF -> Set.of(Sequences.read(codec, in));
            case Tags.SINGLETON_SET -> Collections.singleton(one(Sequences.read(codec, in)));
            case Tags.EMPTY_SET -> none(Collections.emptySet(), Sequences.read(codec, in));
            default -> readList(tag, Sequences.read(codec, in), in);
        };
    }

    private static List<Object> asList(Object[] items) {
        return Arrays.asList(items);
    }

    private static Object readList(int tag, Object[] items, CodecInput in) {
        return switch (tag) {
            case Tags.ARRAY_LIST -> new ArrayList<>(asList(items));
            case Tags.LINKED_LIST -> new LinkedList<>(asList(items));
            case Tags.ARRAY_DEQUE -> new ArrayDeque<>(asList(items));
            case Tags.ARRAYS_AS_LIST -> asList(items.length == 0 ? new Object[0] : items);
            case Tags.LIST_OF -> List.of(items);
            case Tags.LIST_OF_NULLABLE -> Stream.of(items).toList();
            case Tags.UNMODIFIABLE_LIST -> Collections.unmodifiableList(asList(items));
            case Tags.UNMODIFIABLE_LINKED_LIST -> Collections.unmodifiableList(new LinkedList<>(asList(items)));
            case Tags.EMPTY_LIST -> none(Collections.emptyList(), items);
            case Tags.SINGLETON_LIST -> Collections.singletonList(one(items));
            default -> throw ObjectCodec.unknownTag(tag, in);
        };
    }

    private static Set<Object> readSet(int tag, Object[] items) {
        int capacity = capacityFor(items.length);
        Set<Object> set = tag == Tags.HASH_SET ? new HashSet<>(capacity) : new LinkedHashSet<>(capacity);
        Collections.addAll(set, items);
        return set;
    }

    private static Object readTreeSet(ObjectCodec codec, CodecInput in) {
        TreeSet<Object> set = new TreeSet<>(readComparator(codec, in));
        Object[] items = Sequences.read(codec, in);
        try {
            Collections.addAll(set, items);
        } catch (RuntimeException e) {
            throw cannotSort("TreeSet", e);
        }
        return set;
    }

    private static Object readMap(ObjectCodec codec, int tag, CodecInput in) {
        Comparator<Object> comparator = tag == Tags.TREE_MAP ? readComparator(codec, in) : null;
        Object[] keys = Sequences.read(codec, in);
        Object[] values = Sequences.read(codec, in);
        if (keys.length != values.length) {
            throw DecodeException.corrupt("a map of " + keys.length + " keys and " + values.length + " values");
        }
        return switch (tag) {
            case Tags.HASH_MAP -> fill(new HashMap<>(capacityFor(keys.length)), keys, values);
            case Tags.LINKED_HASH_MAP -> fill(new LinkedHashMap<>(capacityFor(keys.length)), keys, values);
            case Tags.CONCURRENT_HASH_MAP -> fill(new ConcurrentHashMap<>(keys.length), keys, values);
            case Tags.TREE_MAP -> fillTree(new TreeMap<>(comparator), keys, values);
            case Tags.MAP_OF -> mapOf(keys, values);
            case Tags.SINGLETON_MAP -> Collections.singletonMap(one(keys), one(values));
            case Tags.EMPTY_MAP -> none(Collections.emptyMap(), keys);
            default -> throw ObjectCodec.unknownTag(tag, in);
        };
    }

    private static Map<Object, Object> fill(Map<Object, Object> map, Object[] keys, Object[] values) {
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
        return map;
    }

    private static Map<Object, Object> fillTree(TreeMap<Object, Object> map, Object[] keys, Object[] values) {
        try {
            return fill(map, keys, values);
        } catch (RuntimeException e) {
            throw cannotSort("TreeMap", e);
        }
    }

    private static DecodeException cannotSort(String what, RuntimeException e) {
        return new DecodeException(Reason.USER_CODE, "the keys of a " + what + " cannot be compared here: " + e, e);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<Object, Object> mapOf(Object[] keys, Object[] values) {
        Map.Entry<Object, Object>[] entries = new Map.Entry[keys.length];
        for (int i = 0; i < keys.length; i++) {
            entries[i] = Map.entry(keys[i], values[i]);
        }
        return Map.ofEntries(entries);
    }

    @SuppressWarnings("unchecked")
    private static Comparator<Object> readComparator(ObjectCodec codec, CodecInput in) {
        return (Comparator<Object>) codec.readValue(in);
    }

    private static Object readEntry(ObjectCodec codec, int tag, CodecInput in) {
        Object key = codec.readValue(in);
        Object value = codec.readValue(in);
        return switch (tag) {
            case Tags.MAP_ENTRY -> Map.entry(key, value);
            case Tags.SIMPLE_ENTRY -> new AbstractMap.SimpleEntry<>(key, value);
            case Tags.IMMUTABLE_ENTRY -> new AbstractMap.SimpleImmutableEntry<>(key, value);
            default -> throw ObjectCodec.unknownTag(tag, in);
        };
    }

    private static Object one(Object[] items) {
        if (items.length != 1) {
            throw DecodeException.corrupt("a singleton of " + items.length + " elements");
        }
        return items[0];
    }

    private static Object none(Object empty, Object[] items) {
        if (items.length != 0) {
            throw DecodeException.corrupt("an empty collection of " + items.length + " elements");
        }
        return empty;
    }

    private static int capacityFor(int size) {
        return (int) Math.min(1 << 30, size / 0.75 + 1);
    }
}
