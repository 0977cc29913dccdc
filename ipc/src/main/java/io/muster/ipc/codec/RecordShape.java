package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.concurrent.ForkJoinPool;

/**
 * Records, by component: primitives bare, the rest as values. They need not be {@code Serializable}. Definition: the class
 * name and a hash of the components' names and types, so that another version of the class is noticed.
 *
 * <p>Core reflection does the work at first: a process that is just starting has nothing to spin for it. A class whose objects go
 * to and fro all the time gets {@link RecordHandles}, made meanwhile by another thread.
 */
final class RecordShape extends TypeWriter {
    private static final int USES_BEFORE_HANDLES = 10_000;

    private final Class<?> type;
    private final Field[] fields;
    private final int[] kinds;
    private final Constructor<?> constructor;
    private final byte[] definition;
    private final int hash;
    /** Roughly: threads may overlook each other's. */
    private int uses;

    private volatile RecordHandles handles;

    private RecordShape(Class<?> type, RecordComponent[] components) throws ReflectiveOperationException {
        this.type = type;
        fields = new Field[components.length];
        kinds = new int[components.length];
        Class<?>[] types = new Class<?>[components.length];
        int sum = components.length;
        for (int i = 0; i < components.length; i++) {
            fields[i] = type.getDeclaredField(components[i].getName());
            fields[i].setAccessible(true);
            types[i] = components[i].getType();
            kinds[i] = kindOf(types[i]);
            sum = (sum * 31 + fields[i].getName().hashCode()) * 31
                    + types[i].getName().hashCode();
        }
        hash = sum;
        constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        definition = define();
    }

    /** Returns the shape of a record class; null if Java serialization has to carry it. */
    static RecordShape of(Class<?> type) {
        if (Serializable.class.isAssignableFrom(type) && replacesItself(type)) {
            return null;
        }
        try {
            return new RecordShape(type, type.getRecordComponents());
        } catch (InaccessibleObjectException | ReflectiveOperationException e) {
            return null; // in a module that is not open to us
        }
    }

    private static boolean replacesItself(Class<?> type) {
        return declares(type, "writeReplace") || declares(type, "readResolve");
    }

    private static boolean declares(Class<?> type, String method) {
        try {
            type.getDeclaredMethod(method);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private byte[] define() {
        CodecOutput out = new CodecOutput();
        int start = out.startDefinition();
        out.writeString(type.getName());
        out.writeInt(hash);
        out.endDefinition(start);
        return out.toByteArray();
    }

    int componentCount() {
        return fields.length;
    }

    byte[] definition() {
        return definition;
    }

    @Override
    void write(ObjectCodec codec, CodecOutput out, Object value) {
        out.foreign = true;
        out.writeByte(Tags.RECORD);
        out.writeBytes(definition);
        writeComponents(codec, out, value);
    }

    void writeComponents(ObjectCodec codec, CodecOutput out, Object value) {
        out.enter(value);
        RecordHandles fast = handles;
        if (fast != null) {
            fast.write(codec, out, value);
        } else {
            writeByReflection(codec, out, value);
            noteUse();
        }
        out.leave();
    }

    private void writeByReflection(ObjectCodec codec, CodecOutput out, Object value) {
        for (int i = 0; i < fields.length; i++) {
            try {
                writeComponent(codec, out, value, fields[i], kinds[i]);
            } catch (EncodeException e) {
                throw e.inside(value, fields[i].getName());
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e); // was made accessible
            }
        }
    }

    boolean hasHandles() {
        return handles != null;
    }

    private void noteUse() {
        if (++uses == USES_BEFORE_HANDLES) {
            ForkJoinPool.commonPool().execute(this::makeHandles);
        }
    }

    private void makeHandles() {
        try {
            handles = new RecordHandles(fields, constructor);
        } catch (ReflectiveOperationException | LinkageError e) {
            System.getLogger(RecordShape.class.getName())
                    .log(System.Logger.Level.DEBUG, "records of " + type.getName() + " go by reflection", e);
        }
    }

    private static void writeComponent(ObjectCodec codec, CodecOutput out, Object value, Field field, int kind)
            throws IllegalAccessException {
        switch (kind) {
            case Tags.INTS -> out.writeInt(field.getInt(value));
            case Tags.LONGS -> out.writeLong(field.getLong(value));
            case Tags.DOUBLES -> out.writeDouble(field.getDouble(value));
            case Tags.BOOLEANS -> out.writeBoolean(field.getBoolean(value));
            case Tags.BYTES -> out.writeByte(field.getByte(value));
            case Tags.SHORTS -> out.writeShort(field.getShort(value));
            case Tags.CHARS -> out.writeShort(field.getChar(value));
            case Tags.FLOATS -> out.writeFloat(field.getFloat(value));
            default -> codec.writeValue(out, field.get(value));
        }
    }

    /** Primitives are told apart by the tag that an array of them has; 0 is a reference. */
    private static int kindOf(Class<?> type) {
        return type.isPrimitive() ? BuiltIns.arrayTag(type.arrayType().getName()) : 0;
    }

    /** Reads a definition and finds its shape in this process. */
    static RecordShape read(ObjectCodec codec, CodecInput in) {
        int length = in.readDefinitionLength();
        int start = in.take(length);
        Definitions known = codec.resolver().definitions();
        Object found = known.find(in, start, length);
        if (!(found instanceof RecordShape)) {
            CodecInput definition = in.definition(start, length);
            found = find(codec, definition.readString(), definition.readInt());
            known.add(in, start, length, found);
        }
        RecordShape shape = (RecordShape) found;
        codec.admit(shape.type);
        return shape;
    }

    private static RecordShape find(ObjectCodec codec, String name, int hash) {
        Class<?> type = codec.find(name);
        if (!(TypeWriters.of(type) instanceof RecordShape shape)) {
            throw new DecodeException(
                    Reason.CLASS_MISSING,
                    name
                            + " was sent as a record, but here it is not one that can be made by its components; if it is in a"
                            + " named module, open its package to io.muster.ipc",
                    null);
        }
        if (shape.hash != hash) {
            throw new DecodeException(
                    Reason.CLASS_MISSING,
                    "the record " + name
                            + " has other components here than where it was sent: run both sides with the same"
                            + " version of the class",
                    null);
        }
        return shape;
    }

    Object readComponents(ObjectCodec codec, CodecInput in) {
        in.enter();
        RecordHandles fast = handles;
        Object value;
        if (fast != null) {
            value = fast.read(codec, in);
        } else {
            value = readByReflection(codec, in);
            noteUse();
        }
        in.leave();
        return value;
    }

    private Object readByReflection(ObjectCodec codec, CodecInput in) {
        Object[] values = new Object[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            values[i] = readComponent(codec, in, kinds[i]);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new DecodeException(
                    Reason.USER_CODE,
                    "the constructor of " + type.getName() + " failed: " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new DecodeException(
                    Reason.CORRUPT, "a " + type.getName() + " cannot be made of what was sent: " + e, e);
        }
    }

    private static Object readComponent(ObjectCodec codec, CodecInput in, int kind) {
        return switch (kind) {
            case Tags.INTS -> in.readInt();
            case Tags.LONGS -> in.readLong();
            case Tags.DOUBLES -> in.readDouble();
            case Tags.BOOLEANS -> in.readBoolean();
            case Tags.BYTES -> in.readByte();
            case Tags.SHORTS -> in.readShort();
            case Tags.CHARS -> (char) in.readShort();
            case Tags.FLOATS -> in.readFloat();
            default -> codec.readValue(in);
        };
    }
}
