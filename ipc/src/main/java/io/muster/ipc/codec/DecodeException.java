package io.muster.ipc.codec;

import java.util.Objects;

/** Bytes could not be turned into an object; {@link #reason()} says which kind of trouble, the message what to try. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why decoding failed. */
    public enum Reason {
        /** The bytes are not an encoding of anything: damaged, cut short, or of another version of the format. */
        CORRUPT,
        /** A class, codec, field or lambda that the bytes name is not here, or is here in another version. */
        CLASS_MISSING,
        /** The {@link java.io.ObjectInputFilter} said no. */
        REFUSED_BY_FILTER,
        /** Code of the object itself failed: a constructor, a {@code readObject}, a codec, a comparator. */
        USER_CODE
    }

    private final Reason reason;

    /**
     * For codecs: reports bytes that make no sense.
     *
     * @param reason why
     * @param message what was found and what was expected
     * @param cause what failed below; may be null
     */
    public DecodeException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    static DecodeException corrupt(String message) {
        return new DecodeException(Reason.CORRUPT, message, null);
    }

    /** Returns the kind of trouble. */
    public Reason reason() {
        return reason;
    }
}
