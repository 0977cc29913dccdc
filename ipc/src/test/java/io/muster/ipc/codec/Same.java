package io.muster.ipc.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/** Whether a decoded value is what was encoded: same class, same contents, also inside arrays and collections. */
final class Same {
    private Same() {}

    static boolean same(Object a, Object b) {
        if (a == null || b == null || a == b) {
            return a == b;
        }
        if (a.getClass() != b.getClass()) {
            return false;
        }
        if (a.getClass().isArray()) {
            return sameArrays(a, b);
        }
        if (a instanceof List<?> || a instanceof ArrayDeque<?> || a instanceof SortedSet<?>) {
            return sameInOrder((Collection<?>) a, (Collection<?>) b);
        }
        if (a instanceof SortedMap<?, ?> map) {
            return sameInOrder(map.entrySet(), ((Map<?, ?>) b).entrySet());
        }
        if (a instanceof Map<?, ?> map && containsArrays(map.values())) {
            return map.size() == ((Map<?, ?>) b).size()
                    && map.keySet().stream().allMatch(key -> same(map.get(key), ((Map<?, ?>) b).get(key)));
        }
        if (a instanceof Map.Entry<?, ?> entry) {
            Map.Entry<?, ?> other = (Map.Entry<?, ?>) b;
            return same(entry.getKey(), other.getKey()) && same(entry.getValue(), other.getValue());
        }
        if (a instanceof Optional<?> optional) {
            return same(optional.orElse(null), ((Optional<?>) b).orElse(null));
        }
        return a instanceof Record ? sameComponents(a, b) : a.equals(b);
    }

    private static boolean sameComponents(Object a, Object b) {
        try {
            boolean same = true;
            for (RecordComponent component : a.getClass().getRecordComponents()) {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                same &= same(accessor.invoke(a), accessor.invoke(b));
            }
            return same;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean containsArrays(Collection<?> values) {
        return values.stream()
                .anyMatch(value -> value != null && !(value instanceof Number) && !(value instanceof String));
    }

    private static boolean sameInOrder(Collection<?> a, Collection<?> b) {
        List<Object> left = new ArrayList<>(a);
        List<Object> right = new ArrayList<>(b);
        boolean same = left.size() == right.size();
        for (int i = 0; same && i < left.size(); i++) {
            same = same(left.get(i), right.get(i));
        }
        return same;
    }

    private static boolean sameArrays(Object a, Object b) {
        int length = Array.getLength(a);
        boolean same = length == Array.getLength(b);
        for (int i = 0; same && i < length; i++) {
            same = same(Array.get(a, i), Array.get(b, i));
        }
        return same;
    }
}
