package io.muster.internal.shell;

import java.io.Serializable;

/**
 * A method as the command line names it.
 *
 * @param className binary name of its class
 * @param methodName its name
 * @param parameterType the simple or full name of its parameter's type; empty if it needs no saying
 */
public record MethodName(String className, String methodName, String parameterType) implements Serializable {
    private static final String SEPARATOR = "::";

    /** The part before {@code ::}: a class, or a source file. */
    public static String owner(String text) {
        return text.substring(0, separator(text));
    }

    /**
     * Understands {@code Class::method} and {@code Class::method(type)}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static MethodName parse(String text) {
        String method = text.substring(separator(text) + SEPARATOR.length());
        String type = "";
        int parenthesis = method.indexOf('(');
        if (parenthesis > 0 && method.endsWith(")")) {
            type = method.substring(parenthesis + 1, method.length() - 1).strip();
            method = method.substring(0, parenthesis);
        }
        if (owner(text).isBlank() || !isIdentifier(method)) {
            throw notAMethod(text);
        }
        return new MethodName(owner(text), method, type);
    }

    /** The same method of another class. */
    public MethodName in(String otherClass) {
        return new MethodName(otherClass, methodName, parameterType);
    }

    boolean allows(Class<?> type) {
        return parameterType.isEmpty()
                || type.getSimpleName().equals(parameterType)
                || type.getName().equals(parameterType);
    }

    @Override
    public String toString() {
        return className + SEPARATOR + methodName + (parameterType.isEmpty() ? "" : "(" + parameterType + ")");
    }

    private static int separator(String text) {
        int separator = text.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            throw notAMethod(text);
        }
        return separator;
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && Character.isJavaIdentifierStart(text.charAt(0))
                && text.chars().allMatch(Character::isJavaIdentifierPart);
    }

    private static IllegalArgumentException notAMethod(String text) {
        return new IllegalArgumentException("'" + text + "' is neither CLASS::method nor FILE.java::method");
    }
}
