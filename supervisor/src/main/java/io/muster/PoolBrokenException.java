package io.muster;

/** A pool gave up: its workers could not be started, or kept dying before they did any work. The cause is the last death. */
public class PoolBrokenException extends MusterException {
    private static final long serialVersionUID = 1;

    public PoolBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
