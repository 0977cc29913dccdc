package io.muster.ipc.codec;

/**
 * How objects of one type of yours travel. Register it with {@link ObjectCodec.Builder#codec} or list its class in
 * {@code META-INF/services/io.muster.ipc.codec.Codec}. A process that has neither finds it by the class name on the wire,
 * if the class has a constructor without arguments; so such codecs need no set-up in a child.
 *
 * <p>It is asked for objects whose class is {@link #type()} or extends or implements it; of several that fit, the one for
 * the nearest type wins. It is not asked for types that {@link ObjectCodec} lists as its own.
 *
 * <p>Thread-safety: one instance is used by many threads at once.
 *
 * @param <T> the type that this codec carries
 */
public interface Codec<T> {
    /** Returns the class or interface whose objects this codec carries. */
    Class<T> type();

    /**
     * Returns the number of the layout that {@link #write} uses. Raise it when the layout changes: a reader of another
     * version then gets a {@link DecodeException} that names both, in place of nonsense.
     */
    default int version() {
        return 1;
    }

    /**
     * Appends {@code value}. Nested objects go through {@link CodecOutput#writeObject}.
     *
     * @param value never null
     */
    void write(CodecOutput out, T value);

    /**
     * Reads what {@link #write} wrote, all of it and no more.
     *
     * @return the object, never null
     */
    T read(CodecInput in);
}
