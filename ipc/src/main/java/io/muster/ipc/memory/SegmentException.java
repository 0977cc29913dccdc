package io.muster.ipc.memory;

/** A shared memory file could not be made, attached or reached; the message says which, why and what to try. */
public class SegmentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SegmentException(String message) {
        super(message);
    }

    public SegmentException(String message, Throwable cause) {
        super(message, cause);
    }
}
