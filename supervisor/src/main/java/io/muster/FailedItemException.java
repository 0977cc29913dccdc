package io.muster;

/**
 * Says which input of a {@code map} failed. It is found among the suppressed exceptions of what {@code map} throws, which
 * keeps its own type.
 */
public class FailedItemException extends MusterException {
    private static final long serialVersionUID = 1;

    private final int first;
    private final int last;

    /** For the pools. */
    public FailedItemException(String message, int first, int last) {
        super(message);
        this.first = first;
        this.last = last;
    }

    /** The input that failed, counted from 0; the first of its chunk where only the chunk is known, as after a death. */
    public int index() {
        return first;
    }

    /** The same as {@link #index}, or the last input of the chunk where only the chunk is known. */
    public int lastIndex() {
        return last;
    }
}
