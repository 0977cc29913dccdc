package io.muster;

/**
 * Stands for an exception of another process whose object could not travel: its class is missing here, or its
 * serialization is broken. Class name, message, frames and causes are the original's.
 */
public final class RemoteException extends MusterException {
    private static final long serialVersionUID = 1;

    private final String originalClassName;

    public RemoteException(String originalClassName, String message, StackTraceElement[] frames, Throwable cause) {
        super(message == null ? originalClassName : originalClassName + ": " + message, cause);
        this.originalClassName = originalClassName;
        setStackTrace(frames);
    }

    /** The class of the exception that was thrown. */
    public String originalClassName() {
        return originalClassName;
    }
}
