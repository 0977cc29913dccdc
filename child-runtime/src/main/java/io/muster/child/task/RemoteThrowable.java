package io.muster.child.task;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.internal.cell.Arrival;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An exception on its way to another process: always as data, and as an object where it survives the journey there and
 * back. An exception whose class is missing on the other side, or whose serialization is broken, is thus still a message
 * with frames and causes.
 *
 * @param className its class
 * @param message its message, or null
 * @param frames its stack trace, in the process where it was thrown
 * @param cause its cause, or null
 * @param serialized the object itself, or null where it does not survive a round trip
 */
public record RemoteThrowable(
        String className, String message, StackTraceElement[] frames, RemoteThrowable cause, byte[] serialized) {
    /** Three absent texts and a line number: what a count of frames is checked against. */
    private static final int MIN_FRAME_BYTES = 7;
    /** Longer chains are cut: nobody reads them, and a chain may be a ring. */
    private static final int MAX_CAUSES = 32;

    static RemoteThrowable of(Throwable thrown, ObjectCodec codec) {
        return of(thrown, serialize(thrown, codec), MAX_CAUSES);
    }

    /** Class and message alone, together under 170 bytes. */
    static RemoteThrowable brief(Throwable thrown) {
        String message = String.valueOf(messageOf(thrown)).replaceAll("[^ -~]", "?");
        String name = thrown.getClass().getName();
        return new RemoteThrowable(
                name.substring(Math.max(0, name.length() - 40)),
                message.substring(0, Math.min(message.length(), 120)),
                new StackTraceElement[0],
                null,
                null);
    }

    private static RemoteThrowable of(Throwable thrown, byte[] serialized, int causesLeft) {
        Throwable cause = causeOf(thrown);
        return new RemoteThrowable(
                thrown.getClass().getName(),
                messageOf(thrown),
                framesOf(thrown),
                cause == null || causesLeft == 0 ? null : of(cause, null, causesLeft - 1),
                serialized);
    }

    /** The round trip is made here, where a failure can still be answered, not in the parent's face. Nobody gets the copy. */
    private static byte[] serialize(Throwable thrown, ObjectCodec codec) {
        Arrival copy = Arrival.begin();
        try {
            byte[] bytes = codec.encode(thrown);
            Object back = codec.decode(bytes, 0, bytes.length);
            return back != null && back.getClass() == thrown.getClass() ? bytes : null;
        } catch (Throwable broken) {
            return null;
        } finally {
            copy.close();
        }
    }

    /** A user's {@code getMessage} may throw; that must not hide what happened. */
    private static String messageOf(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable broken) {
            return "(its getMessage() threw " + broken.getClass().getName() + ")";
        }
    }

    private static StackTraceElement[] framesOf(Throwable thrown) {
        try {
            return Stream.of(thrown.getStackTrace()).filter(Objects::nonNull).toArray(StackTraceElement[]::new);
        } catch (Throwable broken) {
            return new StackTraceElement[0];
        }
    }

    private static Throwable causeOf(Throwable thrown) {
        try {
            return thrown.getCause();
        } catch (Throwable broken) {
            return null;
        }
    }

    void write(CodecOutput out) {
        writeText(out, className);
        writeText(out, message);
        out.writeVarInt(frames.length);
        for (StackTraceElement frame : frames) {
            writeText(out, frame.getClassName());
            writeText(out, frame.getMethodName());
            writeText(out, frame.getFileName());
            out.writeInt(frame.getLineNumber());
        }
        out.writeByte((byte) (cause == null ? 0 : 1));
        if (cause != null) {
            cause.write(out);
        }
        out.writeInt(serialized == null ? -1 : serialized.length);
        if (serialized != null) {
            out.writeBytes(serialized, 0, serialized.length);
        }
    }

    static RemoteThrowable read(CodecInput in) {
        String className = readText(in);
        String message = readText(in);
        var frames = new StackTraceElement[in.readCount(MIN_FRAME_BYTES)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = new StackTraceElement(readText(in), readText(in), readText(in), in.readInt());
        }
        RemoteThrowable cause = in.readByte() == 0 ? null : read(in);
        int length = in.readInt();
        if (length < 0) {
            return new RemoteThrowable(className, message, frames, cause, null);
        }
        if (length > in.remaining()) {
            throw new IllegalStateException("an exception of " + length + " bytes in " + in.remaining() + " left");
        }
        byte[] serialized = new byte[length];
        in.readBytes(serialized, 0, length);
        return new RemoteThrowable(className, message, frames, cause, serialized);
    }

    private static void writeText(CodecOutput out, String text) {
        out.writeByte((byte) (text == null ? 0 : 1));
        if (text != null) {
            out.writeString(text);
        }
    }

    private static String readText(CodecInput in) {
        return in.readByte() == 0 ? null : in.readString();
    }
}
