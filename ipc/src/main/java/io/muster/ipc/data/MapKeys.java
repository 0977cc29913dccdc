package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;

/** Which objects can be keys: those that can be told from their encoding. */
final class MapKeys {
    private static final ClassValue<Boolean> CANONICAL = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return ObjectCodec.isCanonical(type);
        }
    };

    private MapKeys() {}

    /** Whether equal objects of its class have equal encodings. */
    static boolean isCanonical(Object key) {
        return key instanceof String || key instanceof Long || key instanceof Integer || CANONICAL.get(classOf(key));
    }

    private static Class<?> classOf(Object key) {
        return key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
    }

    static IllegalArgumentException refusal(Object key) {
        return new IllegalArgumentException(
                "a " + key.getClass().getName() + " is no key for a SharedMap: keys are told"
                        + " apart by their encoded bytes, and equal objects of this class may have different ones. Use a String, a"
                        + " number, an enum, a UUID, a java.time value, or a record of such; or make the map with"
                        + " keysByEncoding(), where keys are equal if and only if their encodings are.");
    }
}
