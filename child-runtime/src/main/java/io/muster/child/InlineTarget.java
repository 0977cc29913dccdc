package io.muster.child;

/** A target that runs on a thread of the parent's JVM instead of in a child, for debugging. */
public final class InlineTarget {
    private final Runner runner;
    private final ChildContext context;

    private InlineTarget(Runner runner, ChildContext context) {
        this.runner = runner;
        this.context = context;
    }

    /** Decodes the target as a child would. */
    public static InlineTarget prepare(Target target, ChildContext context, ClassLoader loader) throws Exception {
        return new InlineTarget(Runners.of(target, context, loader), context);
    }

    /** Runs it on the calling thread; {@link ChildContext#current()} is the child's there and on threads begun there. */
    public int run() throws Throwable {
        ChildContext.setInline(context);
        return runner.run();
    }
}
