package io.muster.ipc.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;

/**
 * Serializable lambdas and method references: the definition (or its number) and the captured values, which go through the
 * codec like any others. One instance for the class that the JVM made for one place in the source.
 *
 * <p>The JVM hands out definition and values through a private method; it is called by reflection the first times and by a
 * method handle when that has paid for making one. A lambda that captures nothing is not asked at all any more.
 */
final class LambdaWriter extends TypeWriter {
    /** So many calls by reflection cost what a method handle costs to make. */
    private static final int CALLS_BEFORE_HANDLE = 32;

    private final Method writeReplace;
    private int calls;
    private volatile MethodHandle handle;
    private volatile Form form;

    /** What is the same for all lambdas of a class. */
    private record Form(LambdaShape shape, byte[] definition, int capturedCount) {}

    private LambdaWriter(Method writeReplace) {
        this.writeReplace = writeReplace;
    }

    /** Returns the writer for a lambda class; null if the JVM does not let us at it: then Java serialization can. */
    static TypeWriter of(Class<?> lambdaClass) {
        try {
            Method writeReplace = lambdaClass.getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return new LambdaWriter(writeReplace);
        } catch (NoSuchMethodException | InaccessibleObjectException e) {
            return null;
        }
    }

    @Override
    boolean yieldsToUserCodec() {
        return false;
    }

    @Override
    void write(ObjectCodec codec, CodecOutput out, Object value) {
        Form known = form;
        SerializedLambda lambda = null;
        if (known == null || known.capturedCount > 0) {
            lambda = describe(value);
            if (known == null) {
                known = form(lambda);
                form = known;
            }
        }
        out.foreign = true;
        writeShape(codec, out, known);
        out.writeByte(known.capturedCount);
        if (known.capturedCount > 0) {
            writeCaptured(codec, out, value, known, lambda);
        }
    }

    private static Form form(SerializedLambda lambda) {
        LambdaShape shape = LambdaShape.of(lambda);
        CodecOutput out = new CodecOutput();
        int start = out.startDefinition();
        shape.write(out);
        out.endDefinition(start);
        return new Form(shape, out.toByteArray(), lambda.getCapturedArgCount());
    }

    private static void writeShape(ObjectCodec codec, CodecOutput out, Form form) {
        LambdaDictionary dictionary = codec.dictionary();
        int id = dictionary == null ? -1 : dictionary.idOf(form.shape);
        if (id >= 0) {
            out.writeByte(Tags.LAMBDA_BY_ID);
            out.writeVarInt(id);
        } else {
            out.writeByte(Tags.LAMBDA);
            out.writeBytes(form.definition);
        }
    }

    private static void writeCaptured(
            ObjectCodec codec, CodecOutput out, Object value, Form form, SerializedLambda lambda) {
        out.enter(value);
        for (int i = 0; i < form.capturedCount; i++) {
            Object captured = lambda.getCapturedArg(i);
            try {
                codec.writeValue(out, captured);
            } catch (EncodeException e) {
                throw e.isTooDeep()
                        ? e.inside(value, "captured " + i)
                        : LambdaRefusals.captured(value.getClass(), form.shape, i, captured, e);
            }
        }
        out.leave();
    }

    private SerializedLambda describe(Object value) {
        try {
            MethodHandle fast = handle;
            if (fast != null) {
                return (SerializedLambda) (Object) fast.invokeExact(value);
            }
            if (++calls > CALLS_BEFORE_HANDLE) { // a lost count only delays the handle
                handle = MethodHandles.lookup()
                        .unreflect(writeReplace)
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            return (SerializedLambda) writeReplace.invoke(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new EncodeException(
                    "the JVM does not describe the lambda " + value.getClass().getName() + ": " + e,
                    value.getClass(),
                    e);
        }
    }
}
