package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Turns objects into bytes and back. Immutable and thread-safe. */
public final class ObjectCodec {
    private static final ObjectCodec STANDARD = builder().build();

    private final ClassLoader classLoader;
    private final ObjectInputFilter filter;
    private final LambdaDictionary dictionary;

    private ObjectCodec(Builder builder) {
        classLoader = builder.classLoader;
        filter = builder.filter;
        dictionary = builder.dictionary;
    }

    /** Returns the codec without options: no filter, classes from the thread's context class loader. */
    public static ObjectCodec standard() {
        return STANDARD;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Appends {@code value}, which may be null.
     *
     * @throws EncodeException if it cannot travel; {@code out} is as before
     */
    public void write(CodecOutput out, Object value) {
        Objects.requireNonNull(out, "out");
        writeValue(out, value);
        out.javaWriter = null;
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DecodeException if that is not possible
     */
    public Object read(CodecInput in) {
        Objects.requireNonNull(in, "in");
        Object value = readValue(in);
        in.javaReader = null;
        return value;
    }

    /**
     * Returns the encoding of {@code value} in an array of its own.
     *
     * @throws EncodeException if it cannot travel
     */
    public byte[] encode(Object value) {
        CodecOutput out = new CodecOutput();
        write(out, value);
        return out.toByteArray();
    }

    /**
     * Reads the object that {@code length} bytes from {@code offset} hold.
     *
     * @throws DecodeException if that is not possible, also if bytes are left over
     */
    public Object decode(byte[] bytes, int offset, int length) {
        CodecInput in = new CodecInput().wrap(bytes, offset, length);
        return read(in);
    }

    /** Reads the object that all of {@code bytes} hold. */
    public Object decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    /**
     * Returns whether an encoding that begins with this byte can be decoded without running code or loading classes of the
     * user.
     */
    public static boolean isSelfContained(byte firstByte) {
        return firstByte < 0 || firstByte < Tags.OPTIONAL;
    }

    void writeValue(CodecOutput out, Object value) {
        out.writeByte(Tags.JAVA_SERIALIZATION);
        JavaWriter.write(out, value);
    }

    Object readValue(CodecInput in) {
        in.readByte();
        return JavaReader.read(this, in);
    }

    ObjectInputFilter filter() {
        return filter;
    }

    Class<?> loadClass(String name) throws ClassNotFoundException {
        return Class.forName(
                name,
                false,
                classLoader != null ? classLoader : Thread.currentThread().getContextClassLoader());
    }

    DecodeException missing(String className, Throwable cause) {
        return new DecodeException(Reason.CLASS_MISSING, "class " + className + " is not here", cause);
    }

    /** Collects the options of an {@link ObjectCodec}. */
    public static final class Builder {
        private ClassLoader classLoader;
        private ObjectInputFilter filter;
        private LambdaDictionary dictionary;
        private final List<Codec<?>> codecs = new ArrayList<>();

        private Builder() {}

        /** Finds classes with {@code loader}; default: the context class loader of the reading thread. */
        public Builder classLoader(ClassLoader loader) {
            classLoader = Objects.requireNonNull(loader, "loader");
            return this;
        }

        /** Asks {@code inputFilter} about every class that an encoding names, on the fast path too. */
        public Builder filter(ObjectInputFilter inputFilter) {
            filter = Objects.requireNonNull(inputFilter, "inputFilter");
            return this;
        }

        /** Uses {@code codec} for the objects of its type. */
        public Builder codec(Codec<?> codec) {
            codecs.add(Objects.requireNonNull(codec, "codec"));
            return this;
        }

        /** Sends lambda definitions by number. */
        public Builder dictionary(LambdaDictionary lambdas) {
            dictionary = Objects.requireNonNull(lambdas, "lambdas");
            return this;
        }

        /** Returns the codec. */
        public ObjectCodec build() {
            return new ObjectCodec(this);
        }
    }
}
