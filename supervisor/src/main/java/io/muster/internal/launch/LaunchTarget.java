package io.muster.internal.launch;

import io.muster.child.ChildEntry;
import io.muster.child.Target;
import java.util.List;

/**
 * What a child is to run, before it is encoded. Not kept once the child has started.
 *
 * @param kind as in {@link Target}
 * @param lambda the lambda; null otherwise
 * @param className main class or entry class; empty for a lambda
 * @param arguments of a main class
 * @param payload argument of an entry
 * @param loader whose classes the child needs
 */
public record LaunchTarget(
        byte kind, Object lambda, String className, List<String> arguments, byte[] payload, ClassLoader loader) {
    /** A serializable lambda. */
    public static LaunchTarget lambda(Object lambda) {
        return new LaunchTarget(
                Target.LAMBDA,
                lambda,
                "",
                List.of(),
                new byte[0],
                lambda.getClass().getClassLoader());
    }

    /** A main class, found through {@code loader}. */
    public static LaunchTarget main(String className, List<String> arguments, ClassLoader loader) {
        return new LaunchTarget(Target.MAIN, null, className, List.copyOf(arguments), new byte[0], loader);
    }

    /** An entry of this library; {@code loader} is the one of the user's classes that it will need. */
    public static LaunchTarget entry(Class<? extends ChildEntry> entry, byte[] argument, ClassLoader loader) {
        return new LaunchTarget(Target.ENTRY, null, entry.getName(), List.of(), argument, loader);
    }

    /** A class that the child must be able to load, or null if none is known. */
    String classNeeded() {
        switch (kind) {
            case Target.LAMBDA:
                return declaringClass(lambda.getClass().getName());
            case Target.MAIN:
                return className;
            default:
                return null;
        }
    }

    /** A lambda's own class exists in this JVM only; the class it was written in is the name before that. */
    private static String declaringClass(String lambdaClass) {
        int end = lambdaClass.indexOf("$$Lambda");
        return end < 0 ? lambdaClass : lambdaClass.substring(0, end);
    }
}
