package io.muster.ipc.codec;

import io.muster.ipc.codec.DecodeException.Reason;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes lambdas of one shape: calls the method that the compiler put into the capturing class for this. By reflection the
 * first times, so that a process that revives one lambda and runs it loads next to nothing; then by a method handle.
 */
final class LambdaReader {
    private static final int CALLS_BEFORE_HANDLE = 32;
    private static final Object[] NOTHING_CAPTURED = {};
    /** Readers by shape, kept with the capturing class: whoever else knows a reader knows it weakly. */
    private static final ClassValue<ConcurrentHashMap<LambdaShape, LambdaReader>> READERS = new ClassValue<>() {
        @Override
        protected ConcurrentHashMap<LambdaShape, LambdaReader> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private final LambdaShape shape;
    private final Class<?> capturingClass;
    private final Method deserialize;
    private final boolean accessible;
    private int calls;
    private volatile boolean kept;
    private volatile MethodHandle handle;
    private volatile Object withoutCaptures;

    private LambdaReader(LambdaShape shape, Class<?> capturingClass, Method deserialize) {
        this.shape = shape;
        this.capturingClass = capturingClass;
        this.deserialize = deserialize;
        this.accessible = makeAccessible(deserialize);
    }

    private static boolean makeAccessible(Method method) {
        try {
            method.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            return false;
        }
    }

    static Object readInline(ObjectCodec codec, CodecInput in) {
        int length = in.readDefinitionLength();
        int start = in.take(length);
        Definitions known = codec.resolver().definitions();
        if (known.find(in, start, length) instanceof LambdaReader reader) {
            return reader.readCaptured(codec, in);
        }
        LambdaReader reader = of(codec, LambdaShape.read(in.definition(start, length)));
        Object lambda = reader.readCaptured(codec, in);
        known.add(in, start, length, reader); // now that it is known to be a definition that works
        return lambda;
    }

    static Object readById(ObjectCodec codec, CodecInput in) {
        int id = in.readVarInt();
        ClassResolver resolver = codec.resolver();
        LambdaReader reader = resolver.lambda(id);
        if (reader == null) {
            reader = of(codec, shapeOf(codec, id));
            resolver.lambda(id, reader);
        }
        return reader.readCaptured(codec, in);
    }

    private static LambdaShape shapeOf(ObjectCodec codec, int id) {
        LambdaShape shape =
                id < 0 || codec.dictionary() == null ? null : codec.dictionary().shapeOf(id);
        if (shape == null) {
            throw DecodeException.corrupt("no lambda has the number " + id + " in this process's dictionary");
        }
        return shape;
    }

    private static LambdaReader of(ObjectCodec codec, LambdaShape shape) {
        Class<?> capturing = codec.find(shape.capturingClass().replace('/', '.'));
        codec.admit(capturing);
        ConcurrentHashMap<LambdaShape, LambdaReader> readers = READERS.get(capturing);
        LambdaReader reader = readers.get(shape);
        if (reader == null) {
            reader = new LambdaReader(shape, capturing, deserializer(capturing));
        }
        return reader;
    }

    private static Method deserializer(Class<?> capturing) {
        try {
            return capturing.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class);
        } catch (NoSuchMethodException e) {
            throw new DecodeException(
                    Reason.CLASS_MISSING,
                    capturing.getName()
                            + " has no serializable lambda here: run both sides with the same version of the class",
                    e);
        }
    }

    private Object readCaptured(ObjectCodec codec, CodecInput in) {
        codec.admit(capturingClass);
        boolean once = in.takeRunOnce(shape.interfaceClass());
        int count = in.readByte() & 0xff;
        if (count == 0 && !once) {
            Object lambda = withoutCaptures;
            if (lambda == null) {
                lambda = revive(codec, NOTHING_CAPTURED);
                withoutCaptures = lambda;
            }
            return lambda;
        }
        in.enter();
        Object[] captured = new Object[count];
        for (int i = 0; i < count; i++) {
            captured[i] = codec.readValue(in);
        }
        in.leave();
        LambdaCall call = once ? LambdaCall.of(codec, shape, capturingClass, captured) : null;
        return call != null ? call : revive(codec, captured);
    }

    private Object revive(ObjectCodec codec, Object[] captured) {
        SerializedLambda description = shape.withCaptured(capturingClass, captured);
        try {
            Object lambda = call(codec, description);
            if (!kept) {
                kept = true;
                READERS.get(capturingClass).putIfAbsent(shape, this);
            }
            return lambda;
        } catch (InvocationTargetException e) {
            throw notRevived(e.getCause());
        } catch (DecodeException e) {
            throw e;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw notRevived(e);
        }
    }

    private Object call(ObjectCodec codec, SerializedLambda description) throws Throwable {
        MethodHandle fast = handle;
        if (fast != null) {
            return (Object) fast.invokeExact(description);
        }
        calls++; // a lost count only delays the handle
        if (!accessible) {
            return JavaReader.resolve(codec, description);
        }
        if (calls > CALLS_BEFORE_HANDLE) {
            handle = MethodHandles.lookup()
                    .unreflect(deserialize)
                    .asType(MethodType.methodType(Object.class, SerializedLambda.class));
        }
        return deserialize.invoke(null, description);
    }

    private DecodeException notRevived(Throwable cause) {
        boolean unknown = cause instanceof IllegalArgumentException;
        return new DecodeException(
                unknown ? Reason.CLASS_MISSING : Reason.CORRUPT,
                "the lambda " + shape + " cannot be made here: "
                        + (unknown
                                ? "the class has no such lambda; run both sides with the same version of it"
                                : String.valueOf(cause)),
                cause);
    }
}
