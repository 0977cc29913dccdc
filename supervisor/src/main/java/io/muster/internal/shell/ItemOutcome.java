package io.muster.internal.shell;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.StringJoiner;

/**
 * What came of one item, as text.
 *
 * @param text the result; null if the method returns nothing
 * @param json the result as a JSON value
 * @param failure what went wrong, in a line; null if nothing did
 * @param place where in the source it went wrong; empty if that is not known
 */
public record ItemOutcome(String text, String json, String failure, String place) implements Serializable {
    static ItemOutcome of(boolean isVoid, Object result) {
        String text = isVoid ? null : text(result);
        return new ItemOutcome(text, isVoid ? "null" : json(result, text), null, "");
    }

    static ItemOutcome thrown(Throwable failure) {
        StackTraceElement[] frames = failure.getStackTrace();
        return failed(failure.toString(), frames.length == 0 ? "" : frames[0].toString());
    }

    /** For failures that are not the method's own. */
    public static ItemOutcome failed(String failure, String place) {
        return new ItemOutcome(null, "null", failure, place);
    }

    private static String text(Object result) {
        if (result == null || !result.getClass().isArray()) {
            return String.valueOf(result);
        }
        StringJoiner elements = new StringJoiner(" ");
        for (int i = 0; i < Array.getLength(result); i++) {
            elements.add(text(Array.get(result, i)));
        }
        return elements.toString();
    }

    private static String json(Object result, String text) {
        boolean isNumber = result instanceof Integer
                || result instanceof Long
                || result instanceof Short
                || result instanceof Byte
                || result instanceof Double number && Double.isFinite(number)
                || result instanceof Float real && Float.isFinite(real);
        return result == null || isNumber || result instanceof Boolean ? text : Json.quoted(text);
    }
}
