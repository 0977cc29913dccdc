package io.muster;

/** A task threw a checked exception, which is the cause. */
public class TaskFailedException extends MusterException {
    private static final long serialVersionUID = 1;

    public TaskFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
