package io.muster.ipc.codec;

import java.nio.file.Path;

/**
 * The classes of the JDK that have a tag of their own. By name: so a process loads those that it sends, and the private
 * ones ({@code List.of}, {@code Collections.emptyList}) can be told apart.
 */
final class BuiltIns {
    private BuiltIns() {}

    /** Returns the writer for a class of the JDK; null if it has none of its own. */
    static TypeWriter writerFor(Class<?> type) {
        int scalar = scalarTag(type);
        if (scalar != 0) {
            return new Scalars.Writer(scalar);
        }
        int time = timeTag(type.getName());
        if (time != 0) {
            return new Times.Writer(time);
        }
        int array = arrayTag(type.getName());
        if (array != 0) {
            return new PrimitiveArrays.Writer(array);
        }
        int container = containerTag(type.getName());
        return container == 0 ? null : new Containers(container);
    }

    private static int scalarTag(Class<?> type) {
        if (Path.class.isAssignableFrom(type)) {
            return Tags.PATH;
        }
        return switch (type.getName()) {
            case "java.lang.Byte" -> Tags.BYTE;
            case "java.lang.Short" -> Tags.SHORT;
            case "java.lang.Character" -> Tags.CHARACTER;
            case "java.lang.Float" -> Tags.FLOAT;
            case "java.util.UUID" -> Tags.UUID;
            case "java.math.BigInteger" -> Tags.BIG_INTEGER;
            case "java.math.BigDecimal" -> Tags.BIG_DECIMAL;
            case "java.io.File" -> Tags.FILE;
            case "java.net.URI" -> Tags.URI;
            case "java.util.Date" -> Tags.DATE;
            case "java.lang.Class" -> Tags.CLASS;
            case "java.util.OptionalInt" -> Tags.OPTIONAL_INT;
            case "java.util.OptionalLong" -> Tags.OPTIONAL_LONG;
            case "java.util.OptionalDouble" -> Tags.OPTIONAL_DOUBLE;
            default -> 0;
        };
    }

    static int timeTag(String name) {
        return switch (name) {
            case "java.time.Instant" -> Tags.INSTANT;
            case "java.time.Duration" -> Tags.DURATION;
            case "java.time.LocalDate" -> Tags.LOCAL_DATE;
            case "java.time.LocalTime" -> Tags.LOCAL_TIME;
            case "java.time.LocalDateTime" -> Tags.LOCAL_DATE_TIME;
            case "java.time.OffsetDateTime" -> Tags.OFFSET_DATE_TIME;
            case "java.time.OffsetTime" -> Tags.OFFSET_TIME;
            case "java.time.ZonedDateTime" -> Tags.ZONED_DATE_TIME;
            case "java.time.ZoneOffset" -> Tags.ZONE_OFFSET;
            case "java.time.ZoneRegion" -> Tags.ZONE_REGION;
            case "java.time.Year" -> Tags.YEAR;
            case "java.time.YearMonth" -> Tags.YEAR_MONTH;
            case "java.time.MonthDay" -> Tags.MONTH_DAY;
            case "java.time.Period" -> Tags.PERIOD;
            default -> 0;
        };
    }

    static int arrayTag(String name) {
        return switch (name) {
            case "[Z" -> Tags.BOOLEANS;
            case "[B" -> Tags.BYTES;
            case "[S" -> Tags.SHORTS;
            case "[C" -> Tags.CHARS;
            case "[I" -> Tags.INTS;
            case "[J" -> Tags.LONGS;
            case "[F" -> Tags.FLOATS;
            case "[D" -> Tags.DOUBLES;
            default -> 0;
        };
    }

    private static int containerTag(String name) {
        if (!name.startsWith("java.util.") && !name.startsWith("[Ljava.lang.")) {
            return 0;
        }
        return switch (name) {
            case "java.util.Optional" -> Tags.OPTIONAL;
            case "[Ljava.lang.String;" -> Tags.STRING_ARRAY;
            case "[Ljava.lang.Object;" -> Tags.OBJECT_ARRAY;
            case "java.util.KeyValueHolder" -> Tags.MAP_ENTRY;
            case "java.util.AbstractMap$SimpleEntry",
                    "java.util.HashMap$Node",
                    "java.util.HashMap$TreeNode",
                    "java.util.LinkedHashMap$Entry",
                    "java.util.TreeMap$Entry" -> Tags.SIMPLE_ENTRY;
            case "java.util.AbstractMap$SimpleImmutableEntry" -> Tags.IMMUTABLE_ENTRY;
            default -> collectionTag(name);
        };
    }

    /** Views (sub-lists, key sets, values) become what they show: they cannot be views of something in another process. */
    private static int collectionTag(String name) {
        return switch (name) {
            case "java.util.ArrayList",
                    "java.util.ArrayList$SubList",
                    "java.util.AbstractList$SubList",
                    "java.util.AbstractList$RandomAccessSubList",
                    "java.util.HashMap$Values",
                    "java.util.LinkedHashMap$LinkedValues",
                    "java.util.TreeMap$Values" -> Tags.ARRAY_LIST;
            case "java.util.LinkedList" -> Tags.LINKED_LIST;
            case "java.util.ArrayDeque" -> Tags.ARRAY_DEQUE;
            case "java.util.Arrays$ArrayList" -> Tags.ARRAYS_AS_LIST;
            case "java.util.ImmutableCollections$List12",
                    "java.util.ImmutableCollections$ListN",
                    "java.util.ImmutableCollections$SubList" -> Tags.LIST_OF;
            case "java.util.Collections$UnmodifiableRandomAccessList" -> Tags.UNMODIFIABLE_LIST;
            case "java.util.Collections$UnmodifiableList" -> Tags.UNMODIFIABLE_LINKED_LIST;
            case "java.util.Collections$EmptyList" -> Tags.EMPTY_LIST;
            case "java.util.Collections$SingletonList" -> Tags.SINGLETON_LIST;
            case "java.util.HashSet" -> Tags.HASH_SET;
            case "java.util.LinkedHashSet",
                    "java.util.HashMap$KeySet",
                    "java.util.HashMap$EntrySet",
                    "java.util.LinkedHashMap$LinkedKeySet",
                    "java.util.LinkedHashMap$LinkedEntrySet" -> Tags.LINKED_HASH_SET;
            case "java.util.TreeSet", "java.util.TreeMap$KeySet" -> Tags.TREE_SET;
            case "java.util.ImmutableCollections$Set12", "java.util.ImmutableCollections$SetN" -> Tags.SET_OF;
            case "java.util.Collections$EmptySet" -> Tags.EMPTY_SET;
            case "java.util.Collections$SingletonSet" -> Tags.SINGLETON_SET;
            default -> mapTag(name);
        };
    }

    private static int mapTag(String name) {
        return switch (name) {
            case "java.util.HashMap" -> Tags.HASH_MAP;
            case "java.util.LinkedHashMap" -> Tags.LINKED_HASH_MAP;
            case "java.util.TreeMap" -> Tags.TREE_MAP;
            case "java.util.concurrent.ConcurrentHashMap" -> Tags.CONCURRENT_HASH_MAP;
            case "java.util.ImmutableCollections$Map1", "java.util.ImmutableCollections$MapN" -> Tags.MAP_OF;
            case "java.util.Collections$EmptyMap" -> Tags.EMPTY_MAP;
            case "java.util.Collections$SingletonMap" -> Tags.SINGLETON_MAP;
            default -> 0;
        };
    }
}
