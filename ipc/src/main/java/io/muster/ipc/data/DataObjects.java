package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Cell;
import io.muster.ipc.internal.cell.NamedCells;
import io.muster.ipc.internal.cell.NamedObject;
import io.muster.ipc.internal.cell.NamedSpec;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.SharedCore;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.SegmentException;
import java.io.IOException;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The door of this package for {@link io.muster.ipc.Manager}, not for users: everything in it by name. Thread-safe.
 *
 * <p>Closing a handle that came from here ends that handle alone.
 */
public final class DataObjects {
    private static final int MOST_ATTEMPTS = 100;

    private final Participant participant;
    private final NamedCells names;

    public DataObjects(Participant participant, NamedCells names) {
        this.participant = Objects.requireNonNull(participant, "participant");
        this.names = Objects.requireNonNull(names, "names");
    }

    /** @param options count only if the map is made now, but for the types, which have to be those of the map */
    public <K, V> SharedMap<K, V> map(String name, SharedMapBuilder<K, V> options) {
        String types = typeName(options.keyType()) + ", " + typeName(options.valueType());
        return map(name, "SharedMap<" + types + ">", options);
    }

    private <K, V> SharedMap<K, V> map(String name, String type, SharedMapBuilder<K, V> options) {
        MapOptions made = options.options(true);
        NamedSpec spec = new NamedSpec(MapLayout.CELL_KIND, MapLayout.VERSION_NOW, type, MapCore.bodyBytes(), cell -> {
            String prefix = NamedCells.dataPrefix(cell);
            MapCore.format(cell, new MapFiles(participant.directory(), prefix), prefix, made);
        });
        return new MapHandle<>(names.attach(name, spec, MapCore.class, MapCore::new), options.codec(), false);
    }

    public <E> SharedSet<E> set(String name, Class<E> elementType) {
        String type = "SharedSet<" + typeName(elementType) + ">";
        return new SetHandle<>(map(name, type, SharedMap.builder(elementType, Boolean.class)));
    }

    public SharedNamespace namespace(String name) {
        return new NamespaceHandle(map(name, "SharedNamespace", SharedMap.builder(String.class, Object.class)));
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

    public SharedBoolean ofBoolean(String name) {
        return new BooleanHandle(value(name, ValueType.BOOLEAN), false);
    }

    public SharedByte ofByte(String name) {
        return new ByteHandle(value(name, ValueType.BYTE), false);
    }

    public SharedShort ofShort(String name) {
        return new ShortHandle(value(name, ValueType.SHORT), false);
    }

    public SharedChar ofChar(String name) {
        return new CharHandle(value(name, ValueType.CHAR), false);
    }

    public SharedInt ofInt(String name) {
        return new IntHandle(value(name, ValueType.INT), false);
    }

    public SharedLong ofLong(String name) {
        return new LongHandle(value(name, ValueType.LONG), false);
    }

    public SharedFloat ofFloat(String name) {
        return new FloatHandle(value(name, ValueType.FLOAT), false);
    }

    public SharedDouble ofDouble(String name) {
        return new DoubleHandle(value(name, ValueType.DOUBLE), false);
    }

    private ValueCore value(String name, ValueType type) {
        NamedSpec spec =
                new NamedSpec(type.kind(), ValueLayout.VERSION, type.typeName(), ValueLayout.BODY_BYTES, cell -> {});
        return names.attach(name, spec, ValueCore.class, (party, cell) -> new ValueCore(party, cell, type));
    }

    public <R extends Record> SharedStruct<R> struct(String name, Class<R> type) {
        RecordShape<R> shape = new RecordShape<>(type);
        NamedSpec spec = new NamedSpec(
                StructCore.KIND,
                StructLayout.VERSION,
                "SharedStruct<" + type.getTypeName() + ">",
                StructLayout.cellBodyBytes(shape.words()),
                cell -> StructCore.format(cell, shape, null));
        return new StructHandle<>(again(() -> StructCore.attach(names.open(name, spec), type)), false);
    }

    public <R extends Record> SharedStructArray<R> structArray(String name, Class<R> type, long length) {
        RecordShape<R> shape = new RecordShape<>(type);
        // Refused before there is a file.
        StructLayout.arrayBodyBytes(length, shape.words());
        NamedSpec spec = fileSpec(
                NamedFileCore.STRUCTS_KIND,
                "SharedStructArray<" + type.getTypeName() + ">(" + length + ")",
                cell -> StructArrayCore.create(participant, NamedFileCore.file(participant, cell), shape, length));
        return again(() -> SharedStructArray.open(
                participant, file(name, spec, NamedFileCore::ofStructs).file(), type));
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
        // Refused before there is a file.
        ArrayLayout.bodyBytes(length, type.bytes());
        NamedSpec spec = fileSpec(
                NamedFileCore.ARRAY_KIND,
                type.typeName() + "(" + length + ")",
                cell -> ArrayCore.create(participant, NamedFileCore.file(participant, cell), type, length));
        BiFunction<Participant, Cell, NamedFileCore> make = (party, cell) -> NamedFileCore.ofArray(party, cell, type);
        ArrayCore array =
                again(() -> ArrayCore.open(participant, file(name, spec, make).file(), type));
        return type.handle(array, 0, array.length(), null);
    }

    private static NamedSpec fileSpec(int kind, String type, Consumer<Cell> format) {
        return new NamedSpec(kind, NamedFileCore.VERSION, type, NamedFileCore.BODY_BYTES, format);
    }

    private NamedFileCore file(String name, NamedSpec spec, BiFunction<Participant, Cell, NamedFileCore> make) {
        return names.attach(name, spec, NamedFileCore.class, make);
    }

    /** What was found may be removed before this process has attached to it: then it is made anew. */
    private static <T> T again(Supplier<T> attach) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attach.get();
            } catch (ClosedObjectException e) {
                if (attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** In what state an object is, read from its files: {@code 12 entries, at most 40}; empty if there is nothing to say. */
    public static String state(NamedObject object) {
        try {
            if (object.kind() == MapLayout.CELL_KIND) {
                return NamedStates.ofMap(object);
            }
            return object.kind() == ListLayout.KIND ? NamedStates.ofList(object) : "";
        } catch (IOException | SegmentException e) {
            return "";
        }
    }

    /**
     * What stands for an object of this package in this process, to end it.
     *
     * @return nothing if it is none of this package's, or if its cell alone says that it has ended
     */
    public List<? extends SharedCore> coresOf(NamedObject object) {
        int kind = object.kind();
        if (kind == MapLayout.CELL_KIND) {
            return List.of(core(object, MapCore.class, MapCore::new));
        }
        if (kind == ListLayout.KIND) {
            return List.of(core(object, ListCore.class, ListCore::new));
        }
        if (kind == NamedFileCore.STRUCTS_KIND) {
            return List.of(core(object, NamedFileCore.class, NamedFileCore::ofStructs));
        }
        ElementType type = kind == NamedFileCore.ARRAY_KIND ? ElementType.ofTypeName(object.type()) : null;
        return type == null
                ? List.of()
                : List.of(core(object, NamedFileCore.class, (party, cell) -> NamedFileCore.ofArray(party, cell, type)));
    }

    private <C extends SharedCore> C core(NamedObject object, Class<C> type, BiFunction<Participant, Cell, C> make) {
        return participant.attach(
                object.ref(), object.kind(), object.version(), type, cell -> make.apply(participant, cell));
    }
}
