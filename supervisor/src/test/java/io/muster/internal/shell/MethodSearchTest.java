package io.muster.internal.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodSearchTest {
    private static final String OWNER = Methods.class.getName();

    @ParameterizedTest
    @CsvSource({
        "text, ' a b', ' a b!'",
        "ints, -5, -10",
        "boxed, 7, 8",
        "longs, 9000000000, 9000000001",
        "doubles, 1.5, 3.0",
        "path, a/b, b",
        "color, RED, RED",
        "color, green, GREEN"
    })
    void anItemBecomesTheArgument(String method, String item, String result) throws Exception {
        ItemOutcome outcome = call(OWNER + "::" + method, item);
        assertEquals(result, outcome.text());
        assertEquals(null, outcome.failure());
    }

    @Test
    void overloadsAreToldApartByTheirType() throws Exception {
        assertEquals("long 5", call(OWNER + "::overloaded(long)", "5").text());
        assertEquals("text 5", call(OWNER + "::overloaded(String)", "5").text());
        assertEquals(
                "path 5", call(OWNER + "::overloaded(java.nio.file.Path)", "5").text());
        String message = refusal(OWNER + "::overloaded");
        assertTrue(message.contains("more than one"), message);
        assertTrue(message.contains("overloaded(String), overloaded(long)"), message);
    }

    @Test
    void aNestedClassMayBeWrittenAsInSource() throws Exception {
        assertEquals("1!", call(OWNER.replace('$', '.') + "::text", "1").text());
    }

    @Test
    void whatIsNotThereIsSaidTogetherWithWhatIs() {
        assertTrue(refusal("no.such.Type::x").contains("no class no.such.Type"));
        String message = refusal(OWNER + "::absent");
        assertTrue(message.contains("has no method 'absent'"), message);
        assertTrue(message.contains("ints(int)"), message);
        assertTrue(refusal(OWNER + "::twoParameters").contains("cannot be called with an item"));
        assertTrue(refusal(OWNER + "::notStatic").contains("not static: notStatic(String)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Words", "::count", "Words::", "Words::a b", "Words::1x", "Words:count"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> MethodName.parse(name));
    }

    @Test
    void whatTheMethodThrowsIsAnOutcomeWithItsPlace() throws Exception {
        ItemOutcome outcome = call(OWNER + "::fails", "x");
        assertEquals("java.lang.IllegalStateException: no x", outcome.failure());
        assertTrue(outcome.place().contains("MethodSearchTest.java"), outcome.place());
    }

    @Test
    void anItemOfTheWrongTypeIsAnOutcome() throws Exception {
        assertEquals("'x' is not of type int", call(OWNER + "::ints", "x").failure());
        assertEquals(
                "'blue' is not a Color; there are RED, GREEN",
                call(OWNER + "::color", "blue").failure());
    }

    @Test
    void resultsAreTextAndJson() throws Exception {
        assertEquals("null", call(OWNER + "::nothing", "x").json());
        assertEquals(null, call(OWNER + "::nothing", "x").text());
        assertEquals("-10", call(OWNER + "::ints", "-5").json());
        assertEquals("\"NaN\"", call(OWNER + "::doubles", "NaN").json());
        assertEquals(
                "\"q\\\"\\n\\u0001!\"", call(OWNER + "::text", "q\"\n\u0001").json());
        assertEquals("1 2", call(OWNER + "::array", "x").text());
    }

    private static String refusal(String name) {
        return assertThrows(
                        IllegalArgumentException.class,
                        () -> MethodSearch.check(MethodName.parse(name), MethodSearchTest.class.getClassLoader()))
                .getMessage();
    }

    private static ItemOutcome call(String name, String item) throws Exception {
        return new ItemCall(MethodName.parse(name)).apply(item);
    }

    enum Color {
        RED,
        GREEN
    }

    static final class Methods {
        private static String text(String item) {
            return item + "!";
        }

        static int ints(int number) {
            return number * 2;
        }

        static int boxed(Integer number) {
            return number + 1;
        }

        static long longs(long number) {
            return number + 1;
        }

        static double doubles(double number) {
            return number * 2;
        }

        static Path path(Path path) {
            return path.getFileName();
        }

        static Color color(Color color) {
            return color;
        }

        static String overloaded(String item) {
            return "text " + item;
        }

        static String overloaded(long item) {
            return "long " + item;
        }

        static String overloaded(Path item) {
            return "path " + item;
        }

        static String twoParameters(String a, String b) {
            return a + b;
        }

        String notStatic(String item) {
            return item;
        }

        static void fails(String item) {
            throw new IllegalStateException("no " + item);
        }

        static void nothing(String item) {}

        static int[] array(String item) {
            return new int[] {1, 2};
        }
    }
}
