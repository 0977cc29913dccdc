package io.muster.internal.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The types of argument that an item, a string, can be turned into. */
enum ArgumentKind {
    STRING("String", String.class, String.class) {
        @Override
        Object convert(String item, Class<?> type) {
            return item;
        }
    },
    INT("int", int.class, Integer.class) {
        @Override
        Object convert(String item, Class<?> type) {
            return Integer.valueOf(item.strip());
        }
    },
    LONG("long", long.class, Long.class) {
        @Override
        Object convert(String item, Class<?> type) {
            return Long.valueOf(item.strip());
        }
    },
    DOUBLE("double", double.class, Double.class) {
        @Override
        Object convert(String item, Class<?> type) {
            return Double.valueOf(item.strip());
        }
    },
    PATH("Path", Path.class, Path.class) {
        @Override
        Object convert(String item, Class<?> type) {
            return Path.of(item);
        }
    },
    ENUM("enum", Enum.class, Enum.class) {
        @Override
        boolean fits(Class<?> type) {
            return type.isEnum();
        }

        @Override
        Object convert(String item, Class<?> type) {
            Object[] constants = type.getEnumConstants();
            return Arrays.stream(constants)
                    .filter(each -> ((Enum<?>) each).name().equals(item.strip()))
                    .findFirst()
                    .or(() -> Arrays.stream(constants)
                            .filter(each -> ((Enum<?>) each).name().equalsIgnoreCase(item.strip()))
                            .findFirst())
                    .orElseThrow(() -> new IllegalArgumentException("there are "
                            + Arrays.stream(constants)
                                    .map(each -> ((Enum<?>) each).name())
                                    .collect(Collectors.joining(", "))));
        }
    };

    private final String label;
    private final Class<?> primitive;
    private final Class<?> boxed;

    ArgumentKind(String label, Class<?> primitive, Class<?> boxed) {
        this.label = label;
        this.primitive = primitive;
        this.boxed = boxed;
    }

    boolean fits(Class<?> type) {
        return type == primitive || type == boxed;
    }

    /** The kind of that type, or null: nothing can be made from a string for it. */
    static ArgumentKind of(Class<?> type) {
        for (ArgumentKind each : values()) {
            if (each.fits(type)) {
                return each;
            }
        }
        return null;
    }

    /** All of them, for messages. */
    static String names() {
        return Arrays.stream(values()).map(each -> each.label).collect(Collectors.joining(", "));
    }

    /**
     * Makes an argument of an item.
     *
     * @throws IllegalArgumentException if the item is no such thing, with a message that says so
     */
    Object argument(String item, Class<?> type) {
        try {
            return convert(item, type);
        } catch (NumberFormatException | InvalidPathException e) {
            throw new IllegalArgumentException("'" + item + "' is not of type " + label, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + item + "' is not a " + type.getSimpleName() + "; " + e.getMessage(), e);
        }
    }

    abstract Object convert(String item, Class<?> type);
}
