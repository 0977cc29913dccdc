package io.muster.ipc.memory;

/** A file is not the shared memory it should be: foreign, truncated, or of another version of Muster. */
public final class CorruptSegmentException extends SegmentException {
    private static final long serialVersionUID = 1L;

    public CorruptSegmentException(String message) {
        super(message);
    }
}
