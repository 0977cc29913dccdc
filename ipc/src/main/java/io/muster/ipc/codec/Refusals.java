package io.muster.ipc.codec;

import java.io.Serializable;

/** The texts that say why something cannot travel and what to try; those about lambdas are in {@link LambdaRefusals}. */
final class Refusals {
    private static final String REMEDY =
            "implement java.io.Serializable, make it a record, register an io.muster.ipc.codec.Codec for it, or create it in"
                    + " the other process";

    private Refusals() {}

    /** {@code value} itself has a class that nothing here can send. */
    static EncodeException notSerializable(Object value) {
        Class<?> type = value.getClass();
        String wrapper = WrappedTasks.wayOut(type);
        if (wrapper != null) {
            return new EncodeException(wrapper, type, null);
        }
        if (type.isHidden() && type.isSynthetic()) {
            return LambdaRefusals.notSerializable(type);
        }
        return new EncodeException(describe(type) + " is not Serializable: " + remedy(type), type, null);
    }

    /** Java serialization of {@code root} met an object of a class that is not {@code Serializable}. */
    static EncodeException notSerializable(Object root, String className, Throwable cause) {
        String wrapper = WrappedTasks.wayOut(root.getClass());
        if (wrapper != null) { // some say that they are Serializable
            return new EncodeException(wrapper, root.getClass(), cause);
        }
        FieldPath found = FieldPath.toInstanceOf(root, className);
        if (found == null) {
            return new EncodeException(
                    className + " is not Serializable, and a " + root.getClass().getName() + " holds one: " + REMEDY,
                    className,
                    cause,
                    null);
        }
        EncodeException refused = notSerializable(found.value()).because(cause);
        return found.steps().isEmpty() ? refused : refused.inside(root, found.steps());
    }

    private static String describe(Class<?> type) {
        if (type.isAnonymousClass()) {
            return "the anonymous class " + type.getName();
        }
        return type.isRecord() ? "the record " + type.getName() : type.getName();
    }

    private static String remedy(Class<?> type) {
        if (type.isAnonymousClass()) {
            return "make it a lambda, or a static nested class that is Serializable";
        }
        if (type.isRecord()) {
            return "open its package to io.muster.ipc, or make it Serializable";
        }
        if (type.getModule().isNamed() && type.getName().startsWith("java.")) {
            return "send what it was made of and create it in the other process, or register an"
                    + " io.muster.ipc.codec.Codec for it";
        }
        return REMEDY;
    }

    static EncodeException tooDeep(Object container) {
        String name = container.getClass().getName();
        return new EncodeException(
                "values are nested more than " + ObjectCodec.DEEPEST + " levels deep (the last is a " + name
                        + "): send long chains as a list",
                name,
                null,
                container);
    }

    static EncodeException stackOverflow(Object value, StackOverflowError cause) {
        return new EncodeException(
                "the stack of this thread is too small for what hangs on a "
                        + value.getClass().getName()
                        + ": send long chains as a list, or encode in a thread with a larger stack (-Xss)",
                value.getClass(),
                cause);
    }

    /** Whether the objects of a class have at least permission to travel. */
    static boolean mayTravel(Class<?> type) {
        return Serializable.class.isAssignableFrom(type) || type.isRecord();
    }
}
