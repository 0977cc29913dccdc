package io.muster.internal.shell;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the one method that is meant. Runs no code of the class: it is not initialized. */
public final class MethodSearch {
    private MethodSearch() {}

    /**
     * Looks the method up, to fail before any worker starts.
     *
     * @throws IllegalArgumentException if there is no such class or method, or more than one fits; says what there is
     */
    public static void check(MethodName name, ClassLoader loader) {
        find(name, loader);
    }

    /** The static method of that name with one parameter that a string can be turned into. */
    static Method find(MethodName name, ClassLoader loader) {
        Class<?> owner = load(name.className(), loader);
        List<Method> named = methods(owner).stream()
                .filter(each -> each.getName().equals(name.methodName()))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException(owner.getName() + " has no method '" + name.methodName() + "'; "
                    + candidates(methods(owner).stream()
                            .filter(MethodSearch::isCallable)
                            .toList()));
        }
        List<Method> callable = named.stream()
                .filter(MethodSearch::isCallable)
                .filter(each -> name.allows(each.getParameterTypes()[0]))
                .toList();
        if (callable.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " cannot be called with an item: wanted is a static method with one" + " parameter of type "
                            + ArgumentKind.names() + "; " + candidates(named));
        }
        if (callable.size() > 1) {
            throw new IllegalArgumentException(name + " means more than one method; say which, as in '"
                    + name.className() + "::" + signature(callable.get(0)) + "'; " + candidates(callable));
        }
        return callable.get(0);
    }

    private static Class<?> load(String className, ClassLoader loader) {
        // A nested class may be written as in source: Outer.Inner.
        for (String tried = className; ; ) {
            try {
                return Class.forName(tried, false, loader);
            } catch (ClassNotFoundException e) {
                int dot = tried.lastIndexOf('.');
                if (dot < 0) {
                    throw new IllegalArgumentException("no class " + className + " on the class path", e);
                }
                tried = tried.substring(0, dot) + '$' + tried.substring(dot + 1);
            } catch (LinkageError e) {
                throw new IllegalArgumentException("the class " + className + " cannot be loaded: " + e, e);
            }
        }
    }

    private static List<Method> methods(Class<?> owner) {
        try {
            return Arrays.stream(owner.getDeclaredMethods())
                    .filter(each -> !each.isSynthetic())
                    .toList();
        } catch (NoClassDefFoundError e) {
            throw new IllegalArgumentException(
                    owner.getName() + " needs a class that is not on the class path: " + e.getMessage(), e);
        }
    }

    private static boolean isCallable(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 1
                && ArgumentKind.of(method.getParameterTypes()[0]) != null;
    }

    private static String candidates(List<Method> methods) {
        return methods.isEmpty()
                ? "it has none that could be called with an item"
                : "there is "
                        + methods.stream().map(MethodSearch::signature).sorted().collect(Collectors.joining(", "));
    }

    private static String signature(Method method) {
        return (Modifier.isStatic(method.getModifiers()) ? "" : "not static: ")
                + method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
