package io.muster.ipc.data;

import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** A shared map from names to values. It travels as its map does. */
final class NamespaceHandle implements SharedNamespace {
    private static final long serialVersionUID = 1L;

    private final SharedMap<String, Object> map;

    /** @param map of this namespace alone: closing one closes the other */
    NamespaceHandle(SharedMap<String, Object> map) {
        this.map = map;
    }

    @Override
    public void set(String name, Object value) {
        map.set(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    }

    @Override
    public <T> T get(String name, Class<T> type) {
        return find(name, type).orElseThrow(() -> missing(name));
    }

    @Override
    public <T> Optional<T> find(String name, Class<T> type) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        return Optional.ofNullable(cast(name, type, map.get(name)));
    }

    @Override
    public <T> T update(String name, Class<T> type, UnaryOperator<T> change) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(change, "change");
        Object updated = map.computeIfPresent(
                name,
                (same, old) -> Objects.requireNonNull(
                        change.apply(cast(name, type, old)), () -> "the new value of attribute '" + name + "'"));
        if (updated == null) {
            throw missing(name);
        }
        return cast(name, type, updated);
    }

    private NoSuchElementException missing(String name) {
        return new NoSuchElementException("there is no attribute '" + name + "'; there are " + names());
    }

    /** Whoever asks for an {@code int} gets an {@code Integer}. */
    @SuppressWarnings("unchecked")
    private static <T> T cast(String name, Class<T> type, Object value) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (value != null && !boxed.isInstance(value)) {
            throw new ClassCastException(
                    "attribute '" + name + "' is of type " + value.getClass().getName() + ", not " + type.getName());
        }
        return (T) value;
    }

    @Override
    public boolean remove(String name) {
        return map.remove(Objects.requireNonNull(name, "name")) != null;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(new TreeSet<>(map.keySet()));
    }

    @Override
    public SharedMap<String, Object> asMap() {
        return map;
    }

    @Override
    public void close() {
        map.close();
    }

    /** Two handles are equal if they are of one namespace, or of two with equal attributes. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NamespaceHandle namespace && namespace.map.equals(map);
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }

    @Override
    public String toString() {
        return "SharedNamespace" + map;
    }
}
