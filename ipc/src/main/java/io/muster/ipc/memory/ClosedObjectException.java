package io.muster.ipc.memory;

/**
 * A shared object was used after it was closed: by this process, or by the one that made it, for everybody. The message
 * says which object; what it held is gone, and waiting for it was given up.
 */
public final class ClosedObjectException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public ClosedObjectException(String message) {
        super(message);
    }
}
