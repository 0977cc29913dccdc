package io.muster.ipc.codec;

import java.lang.invoke.SerializedLambda;
import java.util.Objects;

/**
 * What the JVM must know to make a lambda again, without the values it captured: where it was written, the interface it
 * implements, the method it runs. Two lambdas from one place in the source are equal in this.
 *
 * <p>Class names are in internal form ({@code java/lang/String}). Immutable; the hash is computed once.
 */
public final class LambdaShape {
    private final String capturingClass;
    private final String interfaceClass;
    private final String interfaceMethodName;
    private final String interfaceMethodSignature;
    private final int implKind;
    private final String implClass;
    private final String implMethodName;
    private final String implSignature;
    private final String instantiatedMethodType;
    private final int hash;

    LambdaShape(
            String capturingClass,
            String interfaceClass,
            String interfaceMethodName,
            String interfaceMethodSignature,
            int implKind,
            String implClass,
            String implMethodName,
            String implSignature,
            String instantiatedMethodType) {
        this.capturingClass = capturingClass;
        this.interfaceClass = interfaceClass;
        this.interfaceMethodName = interfaceMethodName;
        this.interfaceMethodSignature = interfaceMethodSignature;
        this.implKind = implKind;
        this.implClass = implClass;
        this.implMethodName = implMethodName;
        this.implSignature = implSignature;
        this.instantiatedMethodType = instantiatedMethodType;
        this.hash = (capturingClass.hashCode() * 31 + implMethodName.hashCode()) * 31
                + instantiatedMethodType.hashCode() * 31
                + implSignature.hashCode();
    }

    static LambdaShape of(SerializedLambda lambda) {
        return new LambdaShape(
                lambda.getCapturingClass(),
                lambda.getFunctionalInterfaceClass(),
                lambda.getFunctionalInterfaceMethodName(),
                lambda.getFunctionalInterfaceMethodSignature(),
                lambda.getImplMethodKind(),
                lambda.getImplClass(),
                lambda.getImplMethodName(),
                lambda.getImplMethodSignature(),
                lambda.getInstantiatedMethodType());
    }

    /** Appends this definition; {@link #read} is its counterpart. */
    public void write(CodecOutput out) {
        Objects.requireNonNull(out, "out");
        out.writeString(capturingClass);
        out.writeString(interfaceClass);
        out.writeString(interfaceMethodName);
        out.writeString(interfaceMethodSignature);
        out.writeByte(implKind);
        out.writeString(implClass);
        out.writeString(implMethodName);
        out.writeString(implSignature);
        out.writeString(instantiatedMethodType);
    }

    /**
     * Reads a definition.
     *
     * @throws DecodeException if the bytes are not one
     */
    public static LambdaShape read(CodecInput in) {
        Objects.requireNonNull(in, "in");
        return new LambdaShape(
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readByte(),
                in.readString(),
                in.readString(),
                in.readString(),
                in.readString());
    }

    /** Makes the JDK's own description of a lambda of this shape, with these captured values. */
    SerializedLambda withCaptured(Class<?> capturing, Object[] captured) {
        return new SerializedLambda(
                capturing,
                interfaceClass,
                interfaceMethodName,
                interfaceMethodSignature,
                implKind,
                implClass,
                implMethodName,
                implSignature,
                instantiatedMethodType,
                captured);
    }

    /** Returns the class whose source contains the lambda or method reference, in internal form. */
    public String capturingClass() {
        return capturingClass;
    }

    /** Returns the functional interface, in internal form. */
    public String interfaceClass() {
        return interfaceClass;
    }

    /** Returns the name of the interface's method. */
    public String interfaceMethodName() {
        return interfaceMethodName;
    }

    /** Returns the erased descriptor of the interface's method. */
    public String interfaceMethodSignature() {
        return interfaceMethodSignature;
    }

    /** Returns how the method is called: a reference kind of {@link java.lang.invoke.MethodHandleInfo}. */
    public int implKind() {
        return implKind;
    }

    /** Returns the class that has the method that runs, in internal form. */
    public String implClass() {
        return implClass;
    }

    /** Returns the name of the method that runs. */
    public String implMethodName() {
        return implMethodName;
    }

    /** Returns the descriptor of the method that runs. */
    public String implSignature() {
        return implSignature;
    }

    /** Returns the descriptor of the interface's method with its type parameters filled in. */
    public String instantiatedMethodType() {
        return instantiatedMethodType;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof LambdaShape that
                        && hash == that.hash
                        && implKind == that.implKind
                        && capturingClass.equals(that.capturingClass)
                        && implMethodName.equals(that.implMethodName)
                        && implClass.equals(that.implClass)
                        && implSignature.equals(that.implSignature)
                        && interfaceClass.equals(that.interfaceClass)
                        && interfaceMethodName.equals(that.interfaceMethodName)
                        && interfaceMethodSignature.equals(that.interfaceMethodSignature)
                        && instantiatedMethodType.equals(that.instantiatedMethodType);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return capturingClass.replace('/', '.') + ": " + interfaceClass.replace('/', '.') + " by "
                + implClass.replace('/', '.') + "::" + implMethodName;
    }
}
