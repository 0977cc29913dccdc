package io.muster.ipc.codec;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which {@link TypeWriter} a class has. Kept with the class itself, so that nothing here holds a class loader of the user;
 * classes of the JDK are kept here, so that they in turn do not hold the loader of this library.
 */
final class TypeWriters {
    private static final ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();
    private static final ConcurrentHashMap<Class<?>, TypeWriter> OF_JDK = new ConcurrentHashMap<>();
    private static final ClassValue<TypeWriter> OF_USER = new ClassValue<>() {
        @Override
        protected TypeWriter computeValue(Class<?> type) {
            return create(type);
        }
    };

    private TypeWriters() {}

    static TypeWriter of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == PLATFORM ? ofJdk(type) : OF_USER.get(type);
    }

    /** Whether objects of exactly this class always go the way of this library. */
    static boolean isOurs(Class<?> type) {
        return Integer.class == type
                || Long.class == type
                || Double.class == type
                || Boolean.class == type
                || String.class == type
                || !type.isInterface() && !of(type).yieldsToUserCodec();
    }

    private static TypeWriter ofJdk(Class<?> type) {
        TypeWriter known = OF_JDK.get(type);
        if (known == null) {
            TypeWriter builtIn = BuiltIns.writerFor(type);
            known = builtIn != null ? builtIn : create(type);
            OF_JDK.put(type, known);
        }
        return known;
    }

    private static TypeWriter create(Class<?> type) {
        if (type.isArray()) {
            return new TypedArrays(type.getComponentType());
        }
        if (Enum.class.isAssignableFrom(type)) {
            return EnumWriter.of(type);
        }
        TypeWriter found = null;
        if (type.isRecord()) {
            found = RecordShape.of(type);
        } else if (type.isHidden() && type.isSynthetic() && Serializable.class.isAssignableFrom(type)) {
            found = LambdaWriter.of(type);
        }
        return found != null ? found : new JavaObjects(type);
    }

    /** What Java serialization carries, or refuses. */
    private static final class JavaObjects extends TypeWriter {
        private final boolean serializable;

        JavaObjects(Class<?> type) {
            serializable = Serializable.class.isAssignableFrom(type);
        }

        @Override
        void write(ObjectCodec codec, CodecOutput out, Object value) {
            if (!serializable) {
                throw Refusals.notSerializable(value);
            }
            out.foreign = true;
            out.writeByte(Tags.JAVA_SERIALIZATION);
            JavaWriter.write(out, value);
        }
    }
}
