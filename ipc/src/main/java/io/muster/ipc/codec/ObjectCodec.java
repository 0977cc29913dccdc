package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import io.muster.ipc.internal.cell.Arrival;
import java.io.ObjectInputFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/**
 * Turns objects into bytes and back, in the same or in another JVM.
 *
 * <p><b>What travels, by a short way of its own:</b> null, boxed primitives, {@code String} (also with lone surrogates),
 * {@code UUID}, {@code BigInteger}, {@code BigDecimal}, {@code Date}, {@code java.time} values, {@code Path}s of the default
 * file system, {@code File}, {@code URI}, {@code Class}; {@code Optional}s; arrays of everything (the component type is
 * kept); enums; records, {@code Serializable} or not, unless they replace themselves or their module is closed; lambdas and
 * method references whose interface is {@code Serializable}; and these collections of the JDK: {@code ArrayList},
 * {@code LinkedList}, {@code ArrayDeque}, {@code Arrays.asList}, {@code HashMap}, {@code LinkedHashMap}, {@code TreeMap},
 * {@code ConcurrentHashMap}, the sets {@code HashSet}, {@code LinkedHashSet}, {@code TreeSet}, {@code List.of},
 * {@code Set.of}, {@code Map.of}, {@code Stream.toList}, {@code Map.entry} and {@code AbstractMap}'s entries, the empty and
 * singleton ones of {@code Collections}, and its unmodifiable lists. A {@link Codec} of the user serves his types; the rest
 * goes by Java serialization, if it is {@code Serializable}.
 *
 * <p><b>What comes back</b> has the same class and order of iteration, mutability and treatment of null. Exceptions: a view
 * (sub-list, key set, values, entry of a map) becomes a copy of what it shows, a {@code LinkedHashMap} in access order keeps
 * the order but goes on in insertion order, the list behind {@code unmodifiableList} is a plain one, the array behind
 * {@code Arrays.asList} is an {@code Object[]}, and a path that is not text in this process's encoding becomes absolute.
 *
 * <p><b>Identity.</b> Objects that go by Java serialization keep it among each other, within one call of {@link #write}: two
 * references to one such object come back as two references to one, cycles included. What has a short way is copied once
 * for every reference to it, and a collection that contains itself is refused with its path; so is what is nested more than
 * 500 levels deep.
 *
 * <p><b>Trust.</b> Decoding makes objects of any class that the class loader has, and runs their code; give a
 * {@link Builder#filter filter} where the bytes may come from someone else. Damaged bytes give a {@link DecodeException},
 * and lengths are checked before memory is allocated for them; that is meant against accidents.
 *
 * <p>Immutable; for any number of threads at once, as long as each has its own output and input. Nothing here holds a class
 * loader of the user, except the one given to {@link Builder#classLoader} and those of registered codecs.
 */
public final class ObjectCodec {
    /** How deep values may be nested. A level takes 1 KB of stack in interpreted code, so this is half of a common one. */
    static final int DEEPEST = 500;

    private final ClassLoader classLoader;
    private final ObjectInputFilter filter;
    private final LambdaDictionary dictionary;
    private final List<UserCodecs.Registered> explicitCodecs;
    private volatile UserCodecs users;

    /** The last used is nearly always the next used; the map is for threads with other context class loaders. */
    private volatile ClassResolver lastResolver;

    private final Map<ClassLoader, ClassResolver> resolvers = new WeakHashMap<>();

    private ObjectCodec(Builder builder) {
        classLoader = builder.classLoader;
        filter = builder.filter != null ? builder.filter : filterOfJvm();
        dictionary = builder.dictionary;
        explicitCodecs = List.copyOf(builder.codecs);
        lastResolver = new ClassResolver(loader());
        resolvers.put(loader(), lastResolver);
    }

    /** A filter that the command line sets for Java serialization is meant for the short ways too. */
    private static ObjectInputFilter filterOfJvm() {
        return System.getProperty("jdk.serialFilter") == null ? null : ObjectInputFilter.Config.getSerialFilter();
    }

    private static final class Standard {
        static final ObjectCodec CODEC = builder().build();
    }

    /**
     * Returns the codec without options: classes come from the context class loader of the thread that reads, else from the
     * loader of this library; no filter but the JVM's; codecs that this library's own loader finds as services.
     */
    public static ObjectCodec standard() {
        return Standard.CODEC;
    }

    /** Returns a builder for a codec with options. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Appends {@code value}.
     *
     * @param value may be null
     * @throws EncodeException if it cannot travel; {@code out} is then as it was before
     */
    public void write(CodecOutput out, Object value) {
        if (Scalars.writeHot(out, value)) {
            return;
        }
        int start = out.position();
        int depth = out.depth;
        boolean foreign = out.foreign;
        ObjectCodec codec = out.codec;
        JavaWriter javaWriter = out.javaWriter;
        out.codec = this;
        out.javaWriter = null;
        boolean written = false;
        try {
            writeValue(out, value);
            written = true;
        } catch (StackOverflowError e) {
            throw Refusals.stackOverflow(value, e);
        } finally {
            if (!written) {
                out.truncate(start);
                out.foreign = foreign;
            }
            out.depth = depth;
            out.codec = codec;
            out.javaWriter = javaWriter;
        }
    }

    /**
     * Reads the next value, the counterpart of one {@link #write}.
     *
     * @return the object; null if null was written
     * @throws DecodeException if that is not possible; where {@code in} then stands is not defined. Handles of shared objects that
     *     were in the part that could be read are closed in this process
     */
    public Object read(CodecInput in) {
        return read(in, false);
    }

    /**
     * The same for a value behind which nothing must be left.
     *
     * @return the object; null if null was written
     * @throws DecodeException if that is not possible, also if bytes are left over
     */
    public Object readLast(CodecInput in) {
        return read(in, true);
    }

    private Object read(CodecInput in, boolean last) {
        int depth = in.depth;
        ObjectCodec codec = in.codec;
        JavaReader javaReader = in.javaReader;
        Arrival arrival = in.arrival;
        int bytes = in.remaining();
        in.codec = this;
        in.javaReader = null;
        in.arrival = null;
        boolean read = false;
        try {
            Object value = readValue(in);
            if (last && in.remaining() != 0) {
                throw DecodeException.corrupt(in.remaining() + " of " + bytes + " bytes are left behind the value");
            }
            read = true;
            return value;
        } catch (DecodeException e) {
            throw e;
        } catch (NoClassDefFoundError e) {
            throw missing(e.getMessage(), e);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new DecodeException(Reason.CORRUPT, "the value that ends before byte " + in.position() + ": " + e, e);
        } finally {
            in.endArrival(read, arrival);
            in.depth = depth;
            in.codec = codec;
            in.javaReader = javaReader;
        }
    }

    /**
     * Returns the encoding of {@code value} in an array of its own.
     *
     * @param value may be null
     * @throws EncodeException if it cannot travel
     */
    public byte[] encode(Object value) {
        CodecOutput out = new CodecOutput();
        write(out, value);
        return out.toByteArray();
    }

    /**
     * Reads the object that exactly these bytes hold.
     *
     * @return the object; null if null was encoded
     * @throws DecodeException if that is not possible, also if bytes are left over
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public Object decode(byte[] bytes, int offset, int length) {
        Objects.requireNonNull(bytes, "bytes");
        return readLast(new CodecInput().wrap(bytes, offset, length));
    }

    /**
     * Reads the object that all of {@code bytes} hold.
     *
     * @return the object; null if null was encoded
     * @throws DecodeException if that is not possible
     */
    public Object decode(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return decode(bytes, 0, bytes.length);
    }

    /**
     * The same for a task that is run once and then forgotten. If all of it is one lambda of one of these interfaces, it may come back as
     * a {@link java.util.concurrent.Callable} that only does the same: in a JVM that has just begun, to make the lambda would
     * take longer than all the rest of its decoding.
     *
     * @param interfaces functional interfaces, whose method has no parameters
     * @return the object or the {@code Callable}; null if null was encoded
     * @throws DecodeException if that is not possible
     */
    public Object decodeToRunOnce(byte[] bytes, Class<?>... interfaces) {
        CodecInput in = new CodecInput(bytes);
        if (bytes.length > 0 && bytes[0] == Tags.LAMBDA) {
            in.runOnce = interfaces;
        }
        return readLast(in);
    }

    /**
     * Returns whether an encoding that begins with this byte can be decoded without loading a class of the user or running
     * his code, so that a thread of the library may do it: scalars, times, arrays of primitives, and containers of such.
     * Exact: containers say in their first byte what is inside.
     */
    public static boolean isSelfContained(byte firstByte) {
        return firstByte < 0
                || firstByte < Tags.OPTIONAL
                || firstByte > Tags.OPTIONAL && firstByte <= Tags.OPTIONAL_DOUBLE;
    }

    /**
     * Returns whether equal objects of this class have equal encodings, in every process: so the bytes can stand for the
     * object as the key of a map.
     *
     * @return true for {@code String}, boxed primitives, {@code UUID}, {@code BigInteger}, {@code BigDecimal}, primitive
     *     optionals and {@code java.time} values, enums, classes, and for records all of whose components are primitives
     *     or of such types, if the record does not declare an {@code equals} of its own
     */
    public static boolean isCanonical(Class<?> type) {
        return CanonicalTypes.contains(Objects.requireNonNull(type, "type"));
    }

    void writeValue(CodecOutput out, Object value) {
        if (Scalars.writeHot(out, value)) {
            return;
        }
        TypeWriter writer = TypeWriters.of(value.getClass());
        UserCodecs.Registered user = writer.yieldsToUserCodec() ? users().find(value.getClass()) : null;
        if (user != null) {
            user.write(out, value);
        } else {
            writer.write(this, out, value);
        }
    }

    Object readValue(CodecInput in) {
        int tag = in.readByte();
        if (tag < 0) {
            tag = tag & ~Tags.PLAIN & 0xff;
            if (tag < Tags.OPTIONAL || tag >= Tags.CLASS) {
                throw unknownTag(tag | Tags.PLAIN, in);
            }
        }
        if (tag < Tags.INSTANT) {
            return Scalars.read(tag, in);
        }
        if (tag < Tags.BOOLEANS) {
            return Times.read(tag, in);
        }
        if (tag < Tags.OPTIONAL) {
            return PrimitiveArrays.read(tag, in);
        }
        return tag < Tags.CLASS ? readContainer(tag, in) : readOfUser(tag, in);
    }

    private Object readContainer(int tag, CodecInput in) {
        return switch (tag) {
            case Tags.OPTIONAL_INT, Tags.OPTIONAL_LONG, Tags.OPTIONAL_DOUBLE -> Scalars.readOptional(tag, in);
            case Tags.TYPED_ARRAY -> TypedArrays.read(this, in);
            default -> Containers.read(this, tag, in);
        };
    }

    private Object readOfUser(int tag, CodecInput in) {
        return switch (tag) {
            case Tags.CLASS -> ClassNames.read(this, in);
            case Tags.ENUM -> EnumWriter.read(this, in);
            case Tags.RECORD -> RecordShape.read(this, in).readComponents(this, in);
            case Tags.LAMBDA -> LambdaReader.readInline(this, in);
            case Tags.LAMBDA_BY_ID -> LambdaReader.readById(this, in);
            case Tags.USER_CODEC -> UserCodecs.read(this, explicitCodecs, in);
            case Tags.JAVA_SERIALIZATION -> JavaReader.read(this, in);
            default -> throw unknownTag(tag, in);
        };
    }

    static DecodeException unknownTag(int tag, CodecInput in) {
        return DecodeException.corrupt("no kind of value has the tag " + tag + " (before byte " + in.position() + ")");
    }

    /** The shape of a record class that goes by its components; null if it goes another way. */
    RecordShape recordShape(Class<?> type) {
        return TypeWriters.of(type) instanceof RecordShape shape && users().find(type) == null ? shape : null;
    }

    private UserCodecs users() {
        UserCodecs known = users;
        if (known == null) {
            ClassLoader loader = classLoader != null ? classLoader : ObjectCodec.class.getClassLoader();
            known = UserCodecs.of(explicitCodecs, loader);
            users = known;
        }
        return known;
    }

    LambdaDictionary dictionary() {
        return dictionary;
    }

    ObjectInputFilter filter() {
        return filter;
    }

    /** Asks the filter about a class that an encoding names. */
    void admit(Class<?> type) {
        if (filter != null && filter.checkInput(new NamedClass(type)) == ObjectInputFilter.Status.REJECTED) {
            throw new DecodeException(
                    Reason.REFUSED_BY_FILTER, "the object input filter refused the class " + type.getName(), null);
        }
    }

    private record NamedClass(Class<?> serialClass) implements ObjectInputFilter.FilterInfo {
        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 0;
        }
    }

    ClassResolver resolver() {
        ClassResolver last = lastResolver;
        if (classLoader != null) {
            return last;
        }
        ClassLoader loader = loader();
        return last.isFor(loader) ? last : otherResolver(loader);
    }

    private ClassResolver otherResolver(ClassLoader loader) {
        synchronized (resolvers) {
            ClassResolver found = resolvers.get(loader);
            if (found == null) {
                found = new ClassResolver(loader);
                resolvers.put(loader, found);
            }
            lastResolver = found;
            return found;
        }
    }

    private ClassLoader loader() {
        if (classLoader != null) {
            return classLoader;
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null ? context : ObjectCodec.class.getClassLoader();
    }

    Class<?> loadClass(String name) throws ClassNotFoundException {
        return ClassResolver.load(name, loader());
    }

    Class<?> find(String name) {
        try {
            return loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw missing(name, e);
        }
    }

    DecodeException missing(String className, Throwable cause) {
        return new DecodeException(
                Reason.CLASS_MISSING,
                "the class " + className + " cannot be loaded by " + loader()
                        + ": put its jar on the class path of this process, or give ObjectCodec.builder() the class loader"
                        + " that has it",
                cause);
    }

    /** Collects the options of an {@link ObjectCodec}. */
    public static final class Builder {
        private ClassLoader classLoader;
        private ObjectInputFilter filter;
        private LambdaDictionary dictionary;
        private final List<UserCodecs.Registered> codecs = new ArrayList<>();

        private Builder() {}

        /** Finds classes and codecs with {@code loader}; default: the context class loader of the thread that reads. */
        public Builder classLoader(ClassLoader loader) {
            classLoader = Objects.requireNonNull(loader, "loader");
            return this;
        }

        /**
         * Asks {@code inputFilter} about every class that an encoding names: by Java serialization as usual, and on the
         * short ways about each record, enum, class, array component, {@link Codec} and class that contains a lambda, with
         * only {@code serialClass} filled in. Default: the filter that the JVM was started with.
         */
        public Builder filter(ObjectInputFilter inputFilter) {
            filter = Objects.requireNonNull(inputFilter, "inputFilter");
            return this;
        }

        /**
         * Uses {@code codec} for the objects of its type, before any that is found as a service.
         *
         * @throws IllegalArgumentException if the type is one that every codec carries in its own way
         */
        public Builder codec(Codec<?> codec) {
            Class<?> type = Objects.requireNonNull(codec, "codec").type();
            if (TypeWriters.isOurs(Objects.requireNonNull(type, "codec.type()"))) {
                throw new IllegalArgumentException("codec " + codec.getClass().getName() + " is for " + type.getName()
                        + ", which ObjectCodec always writes in its own way");
            }
            codecs.add(new UserCodecs.Registered(codec));
            return this;
        }

        /** Sends and reads the definitions of lambdas by number where {@code lambdas} has one. Default: inline. */
        public Builder dictionary(LambdaDictionary lambdas) {
            dictionary = Objects.requireNonNull(lambdas, "lambdas");
            return this;
        }

        /** Returns a codec with these options. */
        public ObjectCodec build() {
            return new ObjectCodec(this);
        }
    }
}
