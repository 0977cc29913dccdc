package io.muster.ipc.codec;

/** The texts that say why something cannot travel and what to try. */
final class Refusals {
    private Refusals() {}

    static EncodeException notSerializable(Object root, String className, Throwable cause) {
        return new EncodeException(
                className + " is not Serializable: implement java.io.Serializable, make it a record, register a"
                        + " io.muster.ipc.codec.Codec for it, or create it in the other process",
                className,
                cause,
                null);
    }
}
