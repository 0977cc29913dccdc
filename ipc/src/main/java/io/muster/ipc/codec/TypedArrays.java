package io.muster.ipc.codec;

/** Arrays of objects that are neither {@code Object[]} nor {@code String[]}, of arrays too: the component type is named. */
final class TypedArrays extends TypeWriter {
    private final Class<?> component;
    private final byte[] definition;
    private final boolean foreign;

    TypedArrays(Class<?> component) {
        this.component = component;
        this.definition = ClassNames.definition(component);
        this.foreign = component.getClassLoader() != null;
    }

    @Override
    void write(ObjectCodec codec, CodecOutput out, Object value) {
        int start = out.position();
        boolean foreignBefore = out.foreign;
        out.foreign = foreign;
        out.enter(value);
        out.writeByte(Tags.TYPED_ARRAY);
        out.writeBytes(definition);
        Sequences.write(codec, out, value, (Object[]) value, "");
        out.leave();
        if (!out.foreign) {
            out.array()[start] |= (byte) Tags.PLAIN;
        }
        out.foreign |= foreignBefore;
    }

    static Object read(ObjectCodec codec, CodecInput in) {
        in.enter();
        Class<?> component = ClassNames.read(codec, in);
        if (component.isPrimitive()) {
            throw DecodeException.corrupt("an array of " + component + " has a tag of its own");
        }
        Object array = Sequences.read(codec, in, component);
        in.leave();
        return array;
    }

    @Override
    public String toString() {
        return component.getName() + "[]";
    }
}
