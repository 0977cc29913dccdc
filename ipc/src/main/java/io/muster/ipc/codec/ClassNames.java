package io.muster.ipc.codec;

/** Classes by name. Definition: the binary name. */
final class ClassNames {
    private ClassNames() {}

    /** Writes a {@link Class} object, behind its tag. */
    static void write(CodecOutput out, Class<?> type) {
        if (type.isHidden()) {
            throw new EncodeException(
                    "the class " + type.getName()
                            + " is hidden (made at run time, for a lambda or a proxy) and has no name"
                            + " that another process could look up",
                    type,
                    null);
        }
        out.foreign |= baseOf(type).getClassLoader() != null;
        writeDefinition(out, type);
    }

    private static void writeDefinition(CodecOutput out, Class<?> type) {
        int start = out.startDefinition();
        out.writeString(type.getName());
        out.endDefinition(start);
    }

    private static Class<?> baseOf(Class<?> type) {
        return type.isArray() ? baseOf(type.getComponentType()) : type;
    }

    static byte[] definition(Class<?> type) {
        CodecOutput out = new CodecOutput();
        writeDefinition(out, type);
        return out.toByteArray();
    }

    static Class<?> read(ObjectCodec codec, CodecInput in) {
        int length = in.readDefinitionLength();
        int start = in.take(length);
        Definitions known = codec.resolver().definitions();
        Object found = known.find(in, start, length);
        if (!(found instanceof Class<?>)) {
            String name = in.definition(start, length).readString();
            found = codec.find(name);
            known.add(in, start, length, found);
        }
        Class<?> type = (Class<?>) found;
        codec.admit(type);
        return type;
    }
}
