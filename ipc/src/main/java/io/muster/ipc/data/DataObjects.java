package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.internal.cell.NamedSpec;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * The door of this package for {@link io.muster.ipc.Manager}, not for users: everything in it by name. Thread-safe.
 *
 * <p>Closing a handle that came from here ends that handle alone.
 */
public final class DataObjects {
    private final Participant participant;
    private final NamedCells names;

    public DataObjects(Participant participant, NamedCells names) {
        this.participant = Objects.requireNonNull(participant, "participant");
        this.names = Objects.requireNonNull(names, "names");
    }

    /** @param options count only if the map is made now, but for the types, which have to be those of the map */
    public <K, V> SharedMap<K, V> map(String name, SharedMapBuilder<K, V> options) {
        MapOptions made = options.options(true);
        NamedSpec spec = new NamedSpec(
                MapLayout.CELL_KIND,
                MapLayout.VERSION_NOW,
                "SharedMap<" + typeName(options.keyType()) + ", " + typeName(options.valueType()) + ">",
                MapCore.bodyBytes(),
                cell -> {
                    String prefix = NamedCells.dataPrefix(cell);
                    MapCore.format(cell, new MapFiles(participant.directory(), prefix), prefix, made);
                });
        return new MapHandle<>(names.attach(name, spec, MapCore.class, MapCore::new), options.codec(), false);
    }

    /** As people write it; a primitive type as the one that its values have in collections. */
    private static String typeName(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType().getTypeName();
    }

    public <E> SharedList<E> list(String name, Class<E> elementType) {
        NamedSpec spec = new NamedSpec(
                ListLayout.KIND,
                ListLayout.VERSION,
                "SharedList<" + typeName(elementType) + ">",
                ListCore.bodyBytes(),
                cell -> {});
        return new ListHandle<>(names.attach(name, spec, ListCore.class, ListCore::new), false);
    }

    public SharedByteArray byteArray(String name, long length) {
        return (SharedByteArray) array(name, ElementType.BYTE, length);
    }

    public SharedShortArray shortArray(String name, long length) {
        return (SharedShortArray) array(name, ElementType.SHORT, length);
    }

    public SharedCharArray charArray(String name, long length) {
        return (SharedCharArray) array(name, ElementType.CHAR, length);
    }

    public SharedIntArray intArray(String name, long length) {
        return (SharedIntArray) array(name, ElementType.INT, length);
    }

    public SharedLongArray longArray(String name, long length) {
        return (SharedLongArray) array(name, ElementType.LONG, length);
    }

    public SharedFloatArray floatArray(String name, long length) {
        return (SharedFloatArray) array(name, ElementType.FLOAT, length);
    }

    public SharedDoubleArray doubleArray(String name, long length) {
        return (SharedDoubleArray) array(name, ElementType.DOUBLE, length);
    }

    private SharedArray<?> array(String name, ElementType type, long length) {
        NamedSpec spec = NamedArrayCore.spec(participant, type, length);
        ArrayCore array = names.attach(
                        name,
                        spec,
                        NamedArrayCore.class,
                        (participant, cell) -> new NamedArrayCore(participant, cell, type))
                .array();
        return type.handle(array, 0, array.length(), null);
    }

    /**
     * What stands for an object of this package in this process, to end it.
     *
     * @return nothing if it is none of this package's
     */
    public List<? extends SharedCore> coresOf(NamedObject object) {
        int kind = object.kind();
        if (kind == MapLayout.CELL_KIND) {
            return List.of(core(object, MapCore.class, MapCore::new));
        }
        if (kind == ListLayout.KIND) {
            return List.of(core(object, ListCore.class, ListCore::new));
        }
        if (kind == NamedArrayCore.KIND) {
            ElementType type = ElementType.ofTypeName(object.type());
            return type == null
                    ? List.of()
                    : List.of(core(
                            object,
                            NamedArrayCore.class,
                            (participant, cell) -> new NamedArrayCore(participant, cell, type)));
        }
        return List.of();
    }

    private <C extends SharedCore> C core(NamedObject object, Class<C> type, BiFunction<Participant, Cell, C> make) {
        return participant.attach(
                object.ref(), object.kind(), object.version(), type, cell -> make.apply(participant, cell));
    }
}
