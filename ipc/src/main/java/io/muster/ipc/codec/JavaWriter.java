package io.muster.ipc.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;

/**
 * Java serialization of the values of one message that have no faster way. All of them share one object stream, each value
 * a chunk {@code length i32, bytes} of it: so identity is kept among them and a class is described once.
 */
final class JavaWriter {
    private final CodecOutput out;
    private final ObjectOutputStream stream;

    private JavaWriter(CodecOutput out) throws IOException {
        this.out = out;
        this.stream = new ObjectOutputStream(new Appender(out));
    }

    /** Appends one chunk. */
    static void write(CodecOutput out, Object value) {
        int start = out.position();
        out.writeInt(0);
        try {
            if (out.javaWriter == null) {
                out.javaWriter = new JavaWriter(out);
            }
            out.javaWriter.stream.writeObject(value);
            out.javaWriter.stream.flush();
        } catch (NotSerializableException e) {
            throw Refusals.notSerializable(value, e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof EncodeException refused) {
                throw refused;
            }
            throw new EncodeException(
                    value.getClass().getName() + " failed while it was serialized: " + e, value.getClass(), e);
        } catch (StackOverflowError e) {
            throw new EncodeException(
                    "the objects that hang on a " + value.getClass().getName()
                            + " are nested too deeply for Java serialization (a long chain of nodes?): give the class a"
                            + " writeObject that writes them in a loop",
                    value.getClass(),
                    e);
        }
        out.view().putInt(start, out.position() - start - Integer.BYTES);
    }

    private static final class Appender extends OutputStream {
        private final CodecOutput out;

        Appender(CodecOutput out) {
            this.out = out;
        }

        @Override
        public void write(int value) {
            out.writeByte(value);
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            out.writeBytes(source, offset, length);
        }
    }
}
