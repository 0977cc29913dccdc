package io.muster.ipc.memory;

/** A process cannot become, or stay, a party of a place; the message says why and what to try. */
public final class PlaceException extends SegmentException {
    private static final long serialVersionUID = 1L;

    public PlaceException(String message) {
        super(message);
    }

    public PlaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
