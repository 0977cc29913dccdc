package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.Fixtures.Empty;
import io.muster.ipc.codec.Fixtures.Everything;
import io.muster.ipc.codec.Fixtures.Holder;
import io.muster.ipc.codec.Fixtures.Node;
import io.muster.ipc.codec.Fixtures.Person;
import io.muster.ipc.codec.Fixtures.Plain;
import io.muster.ipc.codec.Fixtures.Point;
import io.muster.ipc.codec.Fixtures.Replaced;
import io.muster.ipc.codec.Fixtures.Task;
import io.muster.ipc.codec.Fixtures.WithBodies;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    private final ObjectCodec codec = ObjectCodec.standard();

    static Stream<Arguments> arguments() {
        return values().map(value -> () -> new Object[] {value});
    }

    static Stream<Object> values() {
        return Stream.of(numbers(), strings(), times(), names(), arrays(), records(), enums(), byJavaSerialization())
                .flatMap(values -> values);
    }

    private static Stream<Object> numbers() {
        return Stream.of(
                true,
                false,
                (byte) -1,
                Short.MIN_VALUE,
                'x',
                '\uffff',
                0,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                -0.0f,
                Float.NaN,
                Double.MIN_VALUE,
                Double.NEGATIVE_INFINITY,
                BigInteger.ZERO,
                BigInteger.TWO.pow(1000).negate(),
                new BigDecimal("1.10"),
                new BigDecimal(BigInteger.TEN, Integer.MIN_VALUE),
                OptionalInt.empty(),
                OptionalInt.of(7),
                OptionalLong.of(-1),
                OptionalDouble.of(0.5),
                OptionalDouble.empty());
    }

    private static Stream<Object> strings() {
        String latin = "x".repeat(1000);
        return Stream.of(
                "",
                "plain",
                "what?",
                "\u00ff\u0000\u0080",
                "\u0100",
                "日本語 und Umlaute äöü",
                "\ud83d\ude00",
                "lone \ud800 and \udc00 surrogates",
                latin,
                latin + "?",
                latin + "\u0394",
                latin + "?\ud800");
    }

    private static Stream<Object> times() {
        return Stream.of(
                Instant.MIN,
                Instant.now(),
                Duration.ofSeconds(-1, 5),
                LocalDate.MAX,
                LocalTime.MAX,
                LocalDateTime.MIN,
                OffsetDateTime.MAX,
                OffsetTime.MIN,
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin")),
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2026, 1, 1, 1, 1, 1, 1, ZoneOffset.ofHours(3)),
                ZoneOffset.MIN,
                ZoneId.of("America/New_York"),
                ZoneId.of("UTC"),
                Year.of(Year.MIN_VALUE),
                YearMonth.of(2026, 2),
                MonthDay.of(2, 29),
                Period.of(1, -2, 3),
                DayOfWeek.MONDAY,
                new Date(1));
    }

    private static Stream<Object> names() {
        return Stream.of(
                new UUID(1, -1),
                Path.of(""),
                Path.of("relative/a b"),
                Path.of("/absolute/..").toAbsolutePath(),
                new File("some", "file"),
                URI.create("http://example.com/a?b#c"),
                String.class,
                int.class,
                void.class,
                int[][].class,
                Map.Entry.class,
                Point.class);
    }

    private static Stream<Object> arrays() {
        return Stream.of(
                new boolean[] {true, false},
                new byte[] {1, 2, 3},
                new short[] {-1, 2},
                new char[] {'a', '\uffff'},
                new int[] {1, 2, 3},
                new int[0],
                new long[] {Long.MIN_VALUE},
                new float[] {1.5f, Float.NaN},
                new double[] {1, 2, Double.NaN},
                new String[] {"a", null, "b"},
                new String[] {"a", "b"},
                new String[0],
                new Object[] {1, "x", null, new int[] {1}},
                new Integer[] {1, 2, 3},
                new Number[] {1, 2L, 3.0},
                new Comparable<?>[] {1, 2},
                new int[][] {{1}, {}, null, {2, 3}},
                new String[][][] {{{"a"}}, {}},
                new byte[][] {{1}, {2}},
                new Point[] {new Point(1, 2), null},
                new Point[] {new Point(1, 2), new Point(3, 4)},
                new Plain[] {Plain.ONE},
                new Class<?>[] {int.class},
                new List<?>[] {List.of(1)});
    }

    private static Stream<Object> records() {
        return Stream.of(
                new Point(1, -1),
                new Empty(),
                new Task(7, "hello-world", new double[] {1, 2, 3, 4}),
                new Everything(true, (byte) 1, (short) 2, 'c', 3, 4, 5f, 6, null, List.of(new Point(1, 1))),
                new Node(1, new Node(2, new Node(3, null))),
                List.of(new Point(1, 2), new Point(3, 4), new Point(5, 6)),
                List.of(new Empty(), new Empty()),
                List.of(new Point(1, 2), new Empty()));
    }

    private static Stream<Object> enums() {
        return Stream.of(Plain.TWO, WithBodies.MULTIPLY, Thread.State.BLOCKED, List.of(Plain.ONE, WithBodies.ADD));
    }

    private static Stream<Object> byJavaSerialization() {
        EnumMap<Plain, Integer> enumMap = new EnumMap<>(Plain.class);
        enumMap.put(Plain.TWO, 2);
        return Stream.of(
                new Person("ada"),
                new Person[] {new Person("a"), new Person("b")},
                List.of(new Person("a"), 1, new Person("b")),
                Locale.GERMANY,
                EnumSet.of(Plain.ONE),
                enumMap,
                BitSet.valueOf(new long[] {5}),
                new Timestamp(1_234_567_890_123L));
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void whatGoesInComesOut(Object value) {
        byte[] bytes = codec.encode(value);
        Object back = codec.decode(bytes);
        assertTrue(Same.same(value, back), () -> value + " came back as " + back);
    }

    @ParameterizedTest
    @MethodSource("arguments")
    void insideAnythingElseToo(Object value) {
        for (Object around :
                List.of(new Holder(value), new Object[] {value, value}, Optional.of(value), Map.of("key", value))) {
            Object back = codec.decode(codec.encode(around));
            if (back instanceof Holder holder) {
                assertTrue(Same.same(value, holder.held()));
            } else {
                assertTrue(Same.same(around, back), () -> around + " came back as " + back);
            }
        }
    }

    @Test
    void nullIsAValue() {
        assertNull(codec.decode(codec.encode(null)));
    }

    @Test
    void enumConstantsAndClassesAreTheSameObjects() {
        assertSame(WithBodies.ADD, codec.decode(codec.encode(WithBodies.ADD)));
        assertSame(Point.class, codec.decode(codec.encode(Point.class)));
    }

    @Test
    void recordsThatReplaceThemselvesAreAskedTo() {
        Object back = codec.decode(codec.encode(new Replaced("text")));
        assertEquals(new Replaced("text!"), back);
    }

    @Test
    void errorsTravelWithTheirCause() {
        IllegalStateException sent = new IllegalStateException("outer", new java.io.IOException("inner"));
        IllegalStateException back = (IllegalStateException) codec.decode(codec.encode(sent));
        assertEquals("outer", back.getMessage());
        assertEquals("inner", back.getCause().getMessage());
        assertEquals(sent.getStackTrace()[0], back.getStackTrace()[0]);
    }

    @Test
    void subclassesOfOurTypesGoTheirOwnWay() {
        AtomicLong back = (AtomicLong) codec.decode(codec.encode(new AtomicLong(5)));
        assertEquals(5, back.get());
        java.util.ArrayList<String> named = new Names();
        named.add("x");
        assertEquals(Names.class, codec.decode(codec.encode(named)).getClass());
    }

    private static final class Names extends java.util.ArrayList<String> {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void manyValuesFollowEachOtherInOneOutput() {
        CodecOutput out = new CodecOutput(0);
        List<Object> sent = List.of(1, "two", new Person("three"), new Person("four"), List.of(5));
        sent.forEach(value -> codec.write(out, value));
        CodecInput in = new CodecInput(out.toByteArray());
        for (Object value : sent) {
            assertEquals(value, codec.read(in));
        }
        assertEquals(0, in.remaining());
    }

    @Test
    void bytesBehindTheValueAreAnError() {
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(new byte[] {Tags.NULL, 0}));
        assertEquals("1 of 2 bytes are left behind the value", e.getMessage());
    }
}
