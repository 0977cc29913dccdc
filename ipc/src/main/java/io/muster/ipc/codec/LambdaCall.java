package io.muster.ipc.codec;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;

/**
 * What a lambda does, without the lambda: calls its method by reflection. For one that is run once in a young JVM: the linking of
 * its call site, which spins a class, would take longer than all the rest of its decoding.
 */
final class LambdaCall implements Callable<Object> {
    private final Method method;
    private final Object[] captured;

    private LambdaCall(Method method, Object[] captured) {
        this.method = method;
        this.captured = captured;
    }

    /** Null if the lambda has to be made for it: then that also tells what is wrong, if something is. */
    static LambdaCall of(ObjectCodec codec, LambdaShape shape, Class<?> capturingClass, Object[] captured) {
        if (shape.implKind() != MethodHandleInfo.REF_invokeStatic
                || !shape.interfaceMethodSignature().startsWith("()")) {
            return null;
        }
        try {
            Class<?> owner = capturingClass;
            if (!shape.implClass().equals(shape.capturingClass())) {
                owner = codec.find(shape.implClass().replace('/', '.'));
                codec.admit(owner);
            }
            MethodType type = MethodType.fromMethodDescriptorString(shape.implSignature(), owner.getClassLoader());
            Method method = owner.getDeclaredMethod(shape.implMethodName(), type.parameterArray());
            if (!accepts(method, captured)) {
                return null;
            }
            method.setAccessible(true);
            return new LambdaCall(method, captured);
        } catch (NoSuchMethodException
                | InaccessibleObjectException
                | IllegalArgumentException
                | TypeNotPresentException e) {
            return null;
        }
    }

    private static boolean accepts(Method method, Object[] values) {
        Class<?>[] types = method.getParameterTypes();
        boolean fits = types.length == values.length;
        for (int i = 0; fits && i < types.length; i++) {
            fits = types[i].isPrimitive() ? values[i] != null : values[i] == null || types[i].isInstance(values[i]);
        }
        return fits;
    }

    @Override
    public Object call() throws Exception {
        try {
            return method.invoke(null, captured);
        } catch (InvocationTargetException e) {
            throw LambdaCall.<RuntimeException>asIs(e.getCause());
        }
    }

    /** As a lambda would let it through, whatever its type. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asIs(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
