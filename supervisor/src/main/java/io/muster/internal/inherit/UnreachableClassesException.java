package io.muster.internal.inherit;

/** A child could not load its target, whatever it was given. The message names the class and the class loader. */
public final class UnreachableClassesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreachableClassesException(String message) {
        super(message);
    }
}
