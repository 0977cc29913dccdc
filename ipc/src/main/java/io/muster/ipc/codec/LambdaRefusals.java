package io.muster.ipc.codec;

import java.lang.invoke.MethodHandleInfo;

/** Why a lambda cannot travel: what it captures, because of which line and field. As exact as the class file allows. */
final class LambdaRefusals {
    private LambdaRefusals() {}

    /** A lambda whose interface is not {@code Serializable}. */
    static EncodeException notSerializable(Class<?> lambdaClass) {
        Class<?>[] interfaces = lambdaClass.getInterfaces();
        String wanted = interfaces.length == 0 ? "its type" : interfaces[0].getName();
        String owner = ownerOf(lambdaClass);
        String where = LambdaSource.ofOnly(lambdaClass.getClassLoader(), owner, interfaces);
        String simple = wanted.substring(wanted.lastIndexOf('.') + 1);
        return new EncodeException(
                "the lambda " + (where == null ? "in " + owner : "at " + where) + " is a " + wanted
                        + ", which is not Serializable: give it a type that is, such as io.muster.remote.RemoteCallable or"
                        + " RemoteRunnable, or cast it: (" + simple + " & java.io.Serializable)",
                lambdaClass,
                null);
    }

    /** The JVM names a lambda's class after the class around it. */
    private static String ownerOf(Class<?> lambdaClass) {
        String name = lambdaClass.getName();
        int end = name.indexOf("$$Lambda");
        return end < 0 ? name : name.substring(0, end);
    }

    /** A lambda that captures {@code value} as its {@code index}-th, which cannot travel because of {@code cause}. */
    static EncodeException captured(
            Class<?> lambdaClass, LambdaShape shape, int index, Object value, EncodeException cause) {
        LambdaSource source = LambdaSource.of(lambdaClass.getClassLoader(), shape);
        boolean body = shape.implMethodName().startsWith("lambda$");
        boolean receiver = index == 0 && hasReceiver(shape.implKind());
        Class<?> type = value.getClass();
        String text = (body ? "the lambda " : "the method reference " + reference(shape) + " ") + source.place();
        String remedy;
        if (!receiver) {
            text += " captures " + source.variable(index) + " (" + nameOf(type) + ")";
            remedy = "capture what it is made of and create it inside the lambda";
        } else if (body) {
            text += " captures `this` (" + type.getSimpleName() + ") because it uses " + source.use();
            remedy = source.usesField()
                    ? "copy the field to a local, make the method static, or build it in the worker"
                    : "make the method static, or build the object in the worker";
        } else {
            text += " is bound to a " + type.getName();
            remedy = "make the method static, or call it on an object that is built in the worker";
        }
        if (type.isHidden()) { // a lambda in a lambda: the inner one's text has the remedy
            text += ", and " + cause.getMessage();
        } else if (Refusals.mayTravel(type)) { // the trouble is inside it
            text += ", and " + cause.getMessage() + "; or " + remedy;
        } else {
            text += (receiver ? "; " : ", which is not Serializable; ") + remedy;
        }
        return new EncodeException(text, cause.offenderClassName(), cause, null);
    }

    private static String nameOf(Class<?> type) {
        return type.isHidden() ? "a lambda" : type.getName();
    }

    private static boolean hasReceiver(int kind) {
        return kind == MethodHandleInfo.REF_invokeVirtual
                || kind == MethodHandleInfo.REF_invokeSpecial
                || kind == MethodHandleInfo.REF_invokeInterface;
    }

    private static String reference(LambdaShape shape) {
        String name = shape.implClass();
        String method = shape.implMethodName().equals("<init>") ? "new" : shape.implMethodName();
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('$')) + 1) + "::" + method;
    }
}
