package io.muster.internal.pool;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;

/** How functions are named in messages. */
final class Functions {
    private Functions() {}

    /**
     * {@code Words::count} for a method reference, {@code a lambda in Words.load} for a lambda, else the class. For messages
     * alone: it is slow.
     */
    static String describe(Object function) {
        Class<?> type = function.getClass();
        if (type.isSynthetic()) {
            try {
                Method writeReplace = type.getDeclaredMethod("writeReplace");
                writeReplace.setAccessible(true);
                return describe((SerializedLambda) writeReplace.invoke(function));
            } catch (ReflectiveOperationException | RuntimeException e) {
                // Then its class is all there is to tell.
            }
        }
        return type.getName();
    }

    private static String describe(SerializedLambda lambda) {
        String owner = lambda.getImplClass().substring(lambda.getImplClass().lastIndexOf('/') + 1);
        String method = lambda.getImplMethodName();
        if (!method.startsWith("lambda$")) {
            return owner + "::" + method;
        }
        // javac calls it lambda$load$3
        String[] parts = method.split("\\$");
        return "a lambda in " + owner + (parts.length > 2 ? "." + parts[1] : "");
    }
}
