package io.muster.internal.inherit;

/** Whose classes a child needs that is started before anybody says what it will run, as a pool's workers are. */
public final class ProgramLoader {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String DOOR = "io.muster.ProcessPool";
    private static final String ROOMS = "io.muster.internal.";

    private ProgramLoader() {}

    /**
     * The context class loader of this thread; but that of the class which called this library, if it sees more: where it has the
     * context class loader among its parents, as in {@code java Foo.java} on JDK 17.
     *
     * @return never null
     */
    public static ClassLoader ofCaller() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return choose(context != null ? context : ClassLoader.getSystemClassLoader(), callersLoader());
    }

    static ClassLoader choose(ClassLoader context, ClassLoader callers) {
        for (ClassLoader each = callers; each != null; each = each.getParent()) {
            if (each == context) {
                return callers;
            }
        }
        return context;
    }

    private static ClassLoader callersLoader() {
        return WALKER.walk(frames -> frames.map(StackWalker.StackFrame::getDeclaringClass)
                .filter(type ->
                        !type.getName().startsWith(ROOMS) && !type.getName().startsWith(DOOR))
                .findFirst()
                .map(Class::getClassLoader)
                .orElse(null));
    }
}
