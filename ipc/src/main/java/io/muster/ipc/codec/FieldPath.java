package io.muster.ipc.codec;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The way from an object to the part that made Java serialization fail, which says only the class. Looked for after the
 * failure, breadth first, through fields, arrays, collections and maps, as far as reflection may look.
 *
 * @param value the part
 * @param steps like {@code owner.sockets[3]}; empty if the object itself is the part
 */
record FieldPath(Object value, String steps) {
    private static final int MOST_OBJECTS = 20_000;

    /** Returns the nearest way from {@code root} to an object of exactly this class; null if none is found. */
    static FieldPath toInstanceOf(Object root, String className) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<FieldPath> open = new ArrayDeque<>();
        open.add(new FieldPath(root, ""));
        while (!open.isEmpty() && seen.size() < MOST_OBJECTS) {
            FieldPath next = open.remove();
            if (next.value.getClass().getName().equals(className)) {
                return next;
            }
            if (seen.add(next.value)) {
                next.expand(open);
            }
        }
        return null;
    }

    private void expand(ArrayDeque<FieldPath> open) {
        if (value instanceof Object[] array) {
            for (int i = 0; i < array.length && i < MOST_OBJECTS; i++) {
                add(open, array[i], "[" + i + "]");
            }
        } else if (value instanceof Collection<?> collection && isOfJdk()) {
            int i = 0;
            for (Object element : collection) {
                add(open, element, "[" + i++ + "]");
            }
        } else if (value instanceof Map<?, ?> map && isOfJdk()) {
            int i = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                add(open, entry.getKey(), "[key " + i + "]");
                add(open, entry.getValue(), "[value " + i++ + "]");
            }
        } else {
            expandFields(open);
        }
    }

    private boolean isOfJdk() {
        return value.getClass().getClassLoader() == null;
    }

    private void expandFields(ArrayDeque<FieldPath> open) {
        for (Class<?> type = value.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int skipped = Modifier.STATIC | Modifier.TRANSIENT;
                if ((field.getModifiers() & skipped) == 0 && !field.getType().isPrimitive()) {
                    add(open, valueOf(field), field.getName());
                }
            }
        }
    }

    private Object valueOf(Field field) {
        try {
            field.setAccessible(true);
            return field.get(value);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            return null; // not ours to see
        }
    }

    private void add(ArrayDeque<FieldPath> open, Object part, String step) {
        if (part != null) {
            open.add(new FieldPath(part, steps.isEmpty() || step.startsWith("[") ? steps + step : steps + "." + step));
        }
    }
}
