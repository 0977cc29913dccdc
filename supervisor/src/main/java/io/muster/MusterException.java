package io.muster;

/** Root of all exceptions of this library that say that something outside the caller's hands went wrong. */
public class MusterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message that says who, what was measured against what, what was done, and what to try. */
    public MusterException(String message) {
        super(message);
    }

    /** The same with a cause. */
    public MusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
