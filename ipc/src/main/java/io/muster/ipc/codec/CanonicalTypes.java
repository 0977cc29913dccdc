package io.muster.ipc.codec;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Set;

/** For which classes equal objects have equal bytes. */
final class CanonicalTypes {
    private CanonicalTypes() {}

    static boolean contains(Class<?> type) {
        return contains(type, new HashSet<>());
    }

    private static boolean contains(Class<?> type, Set<Class<?>> records) {
        if (type.isPrimitive() || type.isEnum() || isScalar(type.getName())) {
            return true;
        }
        if (!type.isRecord() || !(TypeWriters.of(type) instanceof RecordShape) || declaresEquals(type)) {
            return false;
        }
        if (records.add(type)) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (!contains(component.getType(), records)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isScalar(String name) {
        return switch (name) {
            case "java.lang.Integer",
                    "java.lang.Long",
                    "java.lang.Double",
                    "java.lang.Float",
                    "java.lang.Boolean",
                    "java.lang.Byte",
                    "java.lang.Short",
                    "java.lang.Character",
                    "java.lang.String",
                    "java.lang.Class",
                    "java.math.BigInteger",
                    "java.math.BigDecimal",
                    "java.util.UUID",
                    "java.util.OptionalInt",
                    "java.util.OptionalLong",
                    "java.util.OptionalDouble" -> true;
            default -> name.startsWith("java.time.") && BuiltIns.timeTag(name) != 0;
        };
    }

    /** The equals that the compiler makes for a record is final; one that somebody wrote hardly ever is. */
    private static boolean declaresEquals(Class<?> type) {
        try {
            Method equals = type.getDeclaredMethod("equals", Object.class);
            return !Modifier.isFinal(equals.getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
