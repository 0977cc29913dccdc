package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;

/** Enum constants. Definition: the class name and the name of the constant, so reordering an enum breaks nothing. */
final class EnumWriter extends TypeWriter {
    private final byte[][] definitions;

    private EnumWriter(byte[][] definitions) {
        this.definitions = definitions;
    }

    /** Returns the writer for an enum or for the class of one of its constants. */
    static TypeWriter of(Class<?> type) {
        Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
        Object[] constants = declaring == null ? null : declaring.getEnumConstants();
        return new EnumWriter(new byte[constants == null ? 0 : constants.length][]);
    }

    @Override
    void write(ObjectCodec codec, CodecOutput out, Object value) {
        Enum<?> constant = (Enum<?>) value;
        out.foreign = true;
        out.writeByte(Tags.ENUM);
        byte[] definition = definitions[constant.ordinal()];
        if (definition == null) {
            definition = define(constant);
            definitions[constant.ordinal()] = definition;
        }
        out.writeBytes(definition);
    }

    private static byte[] define(Enum<?> constant) {
        CodecOutput out = new CodecOutput();
        int start = out.startDefinition();
        out.writeString(constant.getDeclaringClass().getName());
        out.writeString(constant.name());
        out.endDefinition(start);
        return out.toByteArray();
    }

    static Object read(ObjectCodec codec, CodecInput in) {
        int length = in.readDefinitionLength();
        int start = in.take(length);
        Definitions known = codec.resolver().definitions();
        Object found = known.find(in, start, length);
        if (!(found instanceof Enum<?>)) {
            CodecInput definition = in.definition(start, length);
            found = constant(codec.find(definition.readString()), definition.readString(), codec);
            known.add(in, start, length, found);
        }
        codec.admit(((Enum<?>) found).getDeclaringClass());
        return found;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object constant(Class<?> type, String name, ObjectCodec codec) {
        if (!type.isEnum()) {
            throw DecodeException.corrupt(type.getName() + " is not an enum here");
        }
        codec.admit(type);
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException e) {
            throw new DecodeException(
                    Reason.CLASS_MISSING,
                    "the enum " + type.getName() + " has no constant " + name
                            + " here: run both sides with the same version of the class",
                    e);
        }
    }
}
