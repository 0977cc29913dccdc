package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;

/** The counterpart of {@link JavaWriter}: one object stream for all chunks of a message. */
final class JavaReader {
    private final Chunk chunk;
    private final Stream stream;

    private JavaReader(ObjectCodec codec, Chunk chunk) throws IOException {
        this.chunk = chunk;
        this.stream = new Stream(chunk, codec);
    }

    /** Reads the object of the next chunk. */
    static Object read(ObjectCodec codec, CodecInput in) {
        int length = in.readInt();
        int start = in.take(length);
        in.expectHandles();
        try {
            JavaReader reader = in.javaReader;
            if (reader == null) {
                reader = new JavaReader(codec, new Chunk(in.array(), start, length));
                in.javaReader = reader;
            } else {
                reader.chunk.set(start, length);
            }
            Object value = reader.stream.readObject();
            if (reader.chunk.remaining() != 0) {
                throw DecodeException.corrupt(reader.chunk.remaining() + " bytes are left behind a serialized object");
            }
            return value;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw codec.missing(e.getMessage(), e);
        } catch (InvalidClassException e) {
            throw invalidClass(e);
        } catch (IOException e) {
            throw new DecodeException(Reason.CORRUPT, "a serialized object cannot be read: " + e, e);
        } catch (DecodeException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new DecodeException(Reason.USER_CODE, "a serialized object cannot be restored: " + e, e);
        }
    }

    /** Makes a lambda of a class that is not open to us: the JDK itself may, when it reads one. */
    static Object resolve(ObjectCodec codec, SerializedLambda lambda) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(lambda);
        }
        byte[] stream = bytes.toByteArray();
        try (Stream in = new Stream(new Chunk(stream, 0, stream.length), codec)) {
            return in.readObject();
        }
    }

    private static DecodeException invalidClass(InvalidClassException e) {
        if (String.valueOf(e.getMessage()).contains("REJECTED")) {
            return new DecodeException(
                    Reason.REFUSED_BY_FILTER,
                    "the object input filter refused a serialized object: " + e.getMessage(),
                    e);
        }
        return new DecodeException(
                Reason.CLASS_MISSING,
                "the class of a serialized object is another version here: " + e.getMessage()
                        + "; run both sides with the same jars, or give the class a serialVersionUID",
                e);
    }

    /** The bytes of the current chunk; behind them the stream ends, for now. */
    private static final class Chunk extends InputStream {
        private final byte[] bytes;
        private int position;
        private int end;
        private int size;

        Chunk(byte[] bytes, int start, int length) {
            this.bytes = bytes;
            set(start, length);
        }

        void set(int start, int length) {
            position = start;
            end = start + length;
            size = length;
        }

        int remaining() {
            return end - position;
        }

        @Override
        public int read() {
            return position < end ? bytes[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            int count = Math.min(length, end - position);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(bytes, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int available() {
            return end - position;
        }
    }

    private static final class Stream extends ObjectInputStream {
        private final ObjectCodec codec;

        Stream(Chunk chunk, ObjectCodec codec) throws IOException {
            super(chunk);
            this.codec = codec;
            ObjectInputFilter own =
                    codec.filter() != null ? codec.filter() : ObjectInputFilter.Config.getSerialFilter();
            setObjectInputFilter(info -> check(info, own, chunk.size));
        }

        /** Before the filter is asked: an array (or a hash table) of many more elements than the chunk has bytes is a lie. */
        private static ObjectInputFilter.Status check(
                ObjectInputFilter.FilterInfo info, ObjectInputFilter own, int bytes) {
            if (info.arrayLength() > 2L * bytes + 64) {
                return ObjectInputFilter.Status.REJECTED;
            }
            return own == null ? ObjectInputFilter.Status.UNDECIDED : own.checkInput(info);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
            return codec.loadClass(description.getName());
        }

        @Override
        @SuppressWarnings("deprecation") // getProxyClass: a class is what this method has to return
        protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
            Class<?>[] loaded = new Class<?>[interfaces.length];
            ClassLoader loader = null;
            for (int i = 0; i < interfaces.length; i++) {
                loaded[i] = codec.loadClass(interfaces[i]);
                if (loader == null || !Modifier.isPublic(loaded[i].getModifiers())) {
                    loader = loaded[i].getClassLoader();
                }
            }
            return Proxy.getProxyClass(loader, loaded);
        }
    }
}
