package io.muster;

/**
 * A child could not be started: its JVM does not exist or refuses its flags, its classes were not found, it died before it
 * was ready, or it was not ready in time. Nothing of it is left running.
 */
public class ChildStartException extends MusterException {
    private static final long serialVersionUID = 1L;

    private final String childName;
    private final String stderr;

    /** For the child of that name, with the last lines of its stderr, empty if there were none. */
    public ChildStartException(String childName, String message, String stderr, Throwable cause) {
        super(
                stderr.isEmpty() ? message : message + System.lineSeparator() + "its stderr:\n" + stderr.indent(2),
                cause);
        this.childName = childName;
        this.stderr = stderr;
    }

    /** Name of the child that did not start. */
    public String childName() {
        return childName;
    }

    /** The last lines of its stderr, empty if there were none. */
    public String stderr() {
        return stderr;
    }
}
