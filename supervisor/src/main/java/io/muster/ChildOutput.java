package io.muster;

import java.util.Objects;

/** Where a child's stdout and stderr go. The last lines of stderr are kept for error messages in any case. */
public final class ChildOutput {
    private static final ChildOutput INHERIT = new ChildOutput("inherit", null);
    private static final ChildOutput DISCARD = new ChildOutput("discard", null);

    private final String what;
    private final LineHandler handler;

    private ChildOutput(String what, LineHandler handler) {
        this.what = what;
        this.handler = handler;
    }

    /**
     * To where the parent's go: stdout to the same descriptor, stderr through the parent's {@code System.err}. Where the
     * parent's {@code System.out} is known to lead elsewhere than its descriptor, as in JShell and under test runners that
     * put a stream of their own there, stdout goes through it.
     */
    public static ChildOutput inherit() {
        return INHERIT;
    }

    /** Nowhere. */
    public static ChildOutput discard() {
        return DISCARD;
    }

    /** Line by line to {@code handler}. */
    public static ChildOutput lines(LineHandler handler) {
        return new ChildOutput("lines", Objects.requireNonNull(handler, "handler"));
    }

    /** True if both go where the parent's go. */
    public boolean isInherited() {
        return this == INHERIT;
    }

    /** The handler of lines, or null if there is none. */
    public LineHandler handler() {
        return handler;
    }

    @Override
    public String toString() {
        return what;
    }
}
