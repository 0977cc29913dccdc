package io.muster.child;

import java.util.Objects;

/**
 * This child as the code running in it sees it: who it is, where its session lies, who its parent is.
 *
 * <p>One per child JVM, found with {@link #current()}; a child that runs inside its parent's JVM for debugging has one
 * too, which only its entry gets to see. Safe for use by any thread.
 */
public final class ChildContext {
    private static volatile ChildContext current;
    private static volatile InheritableThreadLocal<ChildContext> inline;

    private final Bootstrap bootstrap;
    private final ParentLink parent;
    private volatile ControlListener listener;

    /** Made by the child's main, or by whoever runs a child inside its parent's JVM. */
    public ChildContext(Bootstrap bootstrap) {
        this.bootstrap = Objects.requireNonNull(bootstrap, "bootstrap");
        this.parent = new ParentLink(bootstrap.parentPid(), bootstrap.parentName());
    }

    /** The context of this JVM, or of this thread if it runs a child inline; null if there is no child. */
    public static ChildContext current() {
        ChildContext ofJvm = current;
        InheritableThreadLocal<ChildContext> ofThread = inline;
        return ofJvm != null || ofThread == null ? ofJvm : ofThread.get();
    }

    /** The context of the calling thread, and of those it begins, in a JVM that runs children inside. */
    static void setInline(ChildContext context) {
        synchronized (ChildContext.class) {
            if (inline == null) {
                inline = new InheritableThreadLocal<>();
            }
        }
        inline.set(context);
    }

    static void setCurrent(ChildContext context) {
        current = context;
    }

    /** The child's name. */
    public String name() {
        return bootstrap.name();
    }

    /** The id reserved for this child in its session's party table. */
    public long partyId() {
        return bootstrap.partyId();
    }

    /** Path of the session's directory. */
    public String sessionDirectory() {
        return bootstrap.sessionDirectory();
    }

    /** The secret that opens the parent's servers. */
    public String token() {
        return bootstrap.token();
    }

    /** Address of the parent's class server; empty if there is none. */
    public String classServer() {
        return bootstrap.classServer();
    }

    /** What marks the environment of this child and of the processes it starts. */
    public String cookie() {
        return bootstrap.cookie();
    }

    /** True if this child ends with its parent and is not waited for. */
    public boolean isDaemon() {
        return bootstrap.has(Bootstrap.DAEMON);
    }

    /** True if this child may start children. */
    public boolean mayHaveChildren() {
        return bootstrap.has(Bootstrap.MAY_HAVE_CHILDREN);
    }

    /** True if this child goes on when its parent is lost. */
    public boolean survivesParent() {
        return bootstrap.has(Bootstrap.SURVIVES_PARENT);
    }

    /** The process that started this one. */
    public ParentLink parent() {
        return parent;
    }

    /**
     * Takes the control frames from now on, also {@link Control#INTERRUPT}, which otherwise interrupts the thread of the
     * target.
     */
    public void onControl(ControlListener newListener) {
        listener = Objects.requireNonNull(newListener, "newListener");
    }

    /** Hands one frame to the listener; false if there is none. */
    public boolean deliver(byte kind) {
        ControlListener to = listener;
        if (to == null) {
            return false;
        }
        to.onControl(kind);
        return true;
    }
}
