package io.muster.internal.shell;

import io.muster.remote.RemoteFunction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a worker does with one item. Whatever the method throws is an outcome, not an exception. */
public final class ItemCall implements RemoteFunction<String, ItemOutcome> {
    private static final long serialVersionUID = 1;

    /** Per worker: the search is made once. */
    private static final Map<MethodName, Method> FOUND = new ConcurrentHashMap<>();

    private final MethodName name;

    public ItemCall(MethodName name) {
        this.name = name;
    }

    @Override
    public ItemOutcome apply(String item) throws IllegalAccessException {
        Method method = FOUND.computeIfAbsent(name, ItemCall::find);
        Class<?> type = method.getParameterTypes()[0];
        Object argument;
        try {
            argument = ArgumentKind.of(type).argument(item, type);
        } catch (IllegalArgumentException e) {
            return ItemOutcome.failed(e.getMessage(), "");
        }
        try {
            Object result = method.invoke(null, argument);
            return ItemOutcome.of(method.getReturnType() == void.class, result);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof OutOfMemoryError outOfMemory) {
                throw outOfMemory;
            }
            return ItemOutcome.thrown(e.getCause());
        } catch (ExceptionInInitializerError e) {
            return ItemOutcome.thrown(e.getCause() == null ? e : e.getCause());
        }
    }

    private static Method find(MethodName name) {
        Method method = MethodSearch.find(name, ItemCall.class.getClassLoader());
        // For classes and methods that are not public; those of the JDK that are need no asking.
        method.trySetAccessible();
        return method;
    }
}
