package io.muster.ipc.codec;

/** How the objects of one class are written; found once a class by {@link TypeWriters}, then shared by all threads. */
abstract class TypeWriter {
    /** Appends {@code value}, tag first. */
    abstract void write(ObjectCodec codec, CodecOutput out, Object value);

    /** Whether a {@link Codec} of the user for this class goes first. Not for the types that we list as our own. */
    boolean yieldsToUserCodec() {
        return true;
    }
}
