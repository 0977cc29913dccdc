package io.muster.child.task;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;

/**
 * What went wrong with a task in its worker, and where.
 *
 * @param stage how far it had come
 * @param item which item of a chunk it was, from 0, or {@link #NO_ITEM}
 * @param thrown what was thrown, as data and, if it survives the journey, as an object
 */
public record Failure(Stage stage, int item, RemoteThrowable thrown) {
    /** The failure is the whole task's. */
    public static final int NO_ITEM = -1;

    /** How far a task had come when it failed. */
    public enum Stage {
        /** Its function or arguments could not be decoded in the worker. */
        DECODE_TASK,
        /** Its own code threw. */
        RUN,
        /** Its result could not be encoded in the worker. */
        ENCODE_RESULT
    }

    static Failure of(Stage stage, int item, Throwable thrown, ObjectCodec codec) {
        return new Failure(stage, item, RemoteThrowable.of(thrown, codec));
    }

    /** As little as tells what happened: it fits a slot where the file system has no room left. */
    static Failure brief(Stage stage, Throwable thrown) {
        return new Failure(stage, NO_ITEM, RemoteThrowable.brief(thrown));
    }

    void write(CodecOutput out) {
        out.writeByte((byte) stage.ordinal());
        out.writeInt(item);
        thrown.write(out);
    }

    public static Failure read(CodecInput in) {
        int stage = in.readByte();
        if (stage < 0 || stage >= Stage.values().length) {
            throw new IllegalStateException("failure stage " + stage + " does not exist: the payload is damaged");
        }
        return new Failure(Stage.values()[stage], in.readInt(), RemoteThrowable.read(in));
    }
}
