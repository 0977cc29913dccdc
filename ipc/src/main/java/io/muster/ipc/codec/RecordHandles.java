package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;

/**
 * What {@link RecordShape} does by reflection, component by component, put together into one method handle each for writing and
 * reading. A handle that is called often is compiled as if it were a constant, and then takes half the time; but putting it
 * together takes milliseconds.
 */
final class RecordHandles {
    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();
    private static final MethodType WRITER =
            MethodType.methodType(void.class, ObjectCodec.class, CodecOutput.class, Object.class);
    private static final MethodType READER = MethodType.methodType(Object.class, ObjectCodec.class, CodecInput.class);

    /** {@link #WRITER}, {@link #READER}. */
    private final MethodHandle writer;

    private final MethodHandle reader;

    /** @param fields of the components, in their order; accessible, as the constructor is */
    RecordHandles(Field[] fields, Constructor<?> constructor) throws ReflectiveOperationException {
        writer = writer(fields, constructor.getDeclaringClass()).asType(WRITER);
        reader = reader(constructor).asType(READER);
    }

    void write(ObjectCodec codec, CodecOutput out, Object value) {
        try {
            writer.invokeExact(codec, out, value);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    Object read(ObjectCodec codec, CodecInput in) {
        try {
            return (Object) reader.invokeExact(codec, in);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /** Nothing that is called here throws anything else. */
    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return (RuntimeException) e;
    }

    // Writing: one component after the other.

    private static MethodHandle writer(Field[] fields, Class<?> type) throws ReflectiveOperationException {
        MethodType each = MethodType.methodType(void.class, ObjectCodec.class, CodecOutput.class, type);
        MethodHandle all = MethodHandles.empty(each);
        for (int i = fields.length - 1; i >= 0; i--) {
            all = MethodHandles.foldArguments(all, componentWriter(fields[i], each));
        }
        return all;
    }

    private static MethodHandle componentWriter(Field field, MethodType each) throws ReflectiveOperationException {
        MethodHandle getter = HERE.unreflectGetter(field);
        if (!field.getType().isPrimitive()) {
            MethodHandle writer = HERE.findStatic(
                    RecordHandles.class,
                    "writeReference",
                    MethodType.methodType(
                            void.class,
                            String.class,
                            ObjectCodec.class,
                            CodecOutput.class,
                            Object.class,
                            Object.class));
            writer = MethodHandles.insertArguments(writer, 0, field.getName());
            writer = MethodHandles.filterArguments(
                    writer, 3, getter.asType(MethodType.methodType(Object.class, each.parameterType(2))));
            writer = writer.asType(each.appendParameterTypes(each.parameterType(2)));
            return MethodHandles.permuteArguments(writer, each, 0, 1, 2, 2);
        }
        MethodHandle writer = primitiveWriter(field.getType());
        return MethodHandles.dropArguments(MethodHandles.filterArguments(writer, 1, getter), 0, ObjectCodec.class);
    }

    private static MethodHandle primitiveWriter(Class<?> type) throws ReflectiveOperationException {
        Class<?> as = type == char.class ? short.class : type;
        MethodHandle writer = HERE.findVirtual(
                CodecOutput.class,
                "write" + name(as),
                MethodType.methodType(void.class, as == byte.class || as == short.class ? int.class : as));
        return MethodHandles.explicitCastArguments(writer, MethodType.methodType(void.class, CodecOutput.class, type));
    }

    private static void writeReference(
            String name, ObjectCodec codec, CodecOutput out, Object owner, Object component) {
        try {
            codec.writeValue(out, component);
        } catch (EncodeException e) {
            throw e.inside(owner, name);
        }
    }

    // Reading: the components become the constructor's arguments.

    private static MethodHandle reader(Constructor<?> constructor) throws ReflectiveOperationException {
        Class<?> type = constructor.getDeclaringClass();
        MethodHandle maker = HERE.unreflectConstructor(constructor);
        MethodHandle failure = HERE.findStatic(
                        RecordHandles.class,
                        "failed",
                        MethodType.methodType(Object.class, Class.class, Throwable.class))
                .bindTo(type)
                .asType(MethodType.methodType(type, Throwable.class));
        MethodHandle all = MethodHandles.catchException(maker, Throwable.class, failure);
        Class<?>[] components = constructor.getParameterTypes();
        for (int i = components.length - 1; i >= 0; i--) {
            all = MethodHandles.collectArguments(all, i, componentReader(components[i]));
        }
        int[] same = new int[2 * components.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = i % 2;
        }
        return MethodHandles.permuteArguments(all, READER.changeReturnType(type), same);
    }

    private static MethodHandle componentReader(Class<?> type) throws ReflectiveOperationException {
        if (!type.isPrimitive()) {
            return HERE.findVirtual(
                            ObjectCodec.class, "readValue", MethodType.methodType(Object.class, CodecInput.class))
                    .asType(READER.changeReturnType(type));
        }
        Class<?> as = type == char.class ? short.class : type;
        MethodHandle reader = HERE.findVirtual(CodecInput.class, "read" + name(as), MethodType.methodType(as));
        return MethodHandles.dropArguments(
                MethodHandles.explicitCastArguments(reader, MethodType.methodType(type, CodecInput.class)),
                0,
                ObjectCodec.class);
    }

    private static Object failed(Class<?> type, Throwable e) {
        throw new DecodeException(Reason.USER_CODE, "the constructor of " + type.getName() + " failed: " + e, e);
    }

    private static String name(Class<?> primitive) {
        String name = primitive.getName();
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
