package io.muster.ipc.codec;

/**
 * An object cannot travel. The message says what, where in the object it sits, why, and what to try. Nothing was written.
 */
public final class EncodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_PATH = 200;

    private final String problem;
    private final String offenderClassName;
    /** Where the encoder stood when it gave up for depth; compared while unwinding, to tell a cycle from a deep tree. */
    private final transient Object deepest;

    private transient boolean cycleFound;
    private String path = "";

    EncodeException(String problem, Class<?> offender, Throwable cause) {
        this(problem, offender == null ? "" : offender.getName(), cause, null);
    }

    EncodeException(String problem, String offenderClassName, Throwable cause, Object deepest) {
        super(problem, cause);
        this.problem = problem;
        this.offenderClassName = offenderClassName;
        this.deepest = deepest;
    }

    /** The same trouble, with what it came from. */
    EncodeException because(Throwable cause) {
        return new EncodeException(problem, offenderClassName, cause, deepest);
    }

    /** Whether this is about nesting and not about something that cannot travel. */
    boolean isTooDeep() {
        return deepest != null;
    }

    /** Returns where in the encoded object the trouble sits, like {@code [3].owner.socket}; empty for the object itself. */
    public String path() {
        return path;
    }

    /** Returns the binary name of the class that cannot travel; empty if the trouble is not one class. */
    public String offenderClassName() {
        return offenderClassName;
    }

    @Override
    public String getMessage() {
        if (cycleFound) {
            return "a " + offenderClassName + " contains itself through " + path + ": break the cycle, or hold it in a"
                    + " Serializable class of your own, whose cycles are kept";
        }
        return path.isEmpty() || deepest != null ? problem : problem + " (found at " + path + ")";
    }

    /** Called while the encoder unwinds: {@code container} holds the offender in its part {@code step}. */
    EncodeException inside(Object container, String step) {
        if (!cycleFound && path.length() < LONGEST_PATH) {
            path = path.isEmpty() || path.startsWith("[") ? step + path : step + "." + path;
        }
        cycleFound |= container == deepest;
        return this;
    }
}
