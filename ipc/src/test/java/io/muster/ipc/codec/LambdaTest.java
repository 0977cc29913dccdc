package io.muster.ipc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException.Reason;
import io.muster.ipc.codec.Fixtures.Person;
import io.muster.ipc.codec.Fixtures.Point;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class LambdaTest implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final ObjectCodec CODEC = ObjectCodec.standard();

    interface Make<T> extends Supplier<T>, Serializable {}

    interface Change<A, B> extends Function<A, B>, Serializable {}

    interface Join<A, B, C> extends BiFunction<A, B, C>, Serializable {}

    interface Array<T> extends IntFunction<T>, Serializable {}

    private final String field = "field";

    @Test
    void withoutCaptures() {
        Make<String> make = () -> "made";
        assertEquals("made", copy(make).get());
        Object first = CODEC.decode(CODEC.encode(make));
        assertSame(first, CODEC.decode(CODEC.encode(make)), "one that captures nothing is one object");
    }

    @Test
    void withCapturesOfEveryKind() {
        boolean z = true;
        byte b = 1;
        short s = 2;
        char c = 'c';
        int i = 3;
        long l = 4;
        float f = 5;
        double d = 6;
        String text = "t";
        int[] array = {7};
        Point point = new Point(8, 9);
        Make<String> make = () -> "" + z + b + s + c + i + l + f + d + text + array[0] + point;
        assertEquals(make.get(), copy(make).get());
        assertNotSame(copy(make), copy(make));
    }

    @Test
    void nullCaptures() {
        String nothing = null;
        Make<String> make = () -> "" + nothing;
        assertEquals("null", copy(make).get());
    }

    @Test
    void methodReferencesOfEveryKind() {
        Change<String, Integer> ofStatic = Integer::valueOf;
        assertEquals(7, copy(ofStatic).apply("7"));
        Change<String, Integer> unbound = String::length;
        assertEquals(3, copy(unbound).apply("abc"));
        Change<String, Boolean> bound = "prefix and more"::startsWith;
        assertTrue(copy(bound).apply("prefix"));
        Join<Integer, Integer, Point> constructor = Point::new;
        assertEquals(new Point(1, 2), copy(constructor).apply(1, 2));
        Array<int[]> array = int[]::new;
        assertEquals(5, copy(array).apply(5).length);
        Make<Integer> superMethod = super::hashCode;
        assertTrue(copy(superMethod).get() != null);
        Change<Comparable<String>, Integer> ofInterface = text -> text.compareTo("a");
        assertEquals(0, copy(ofInterface).apply("a"));
        Make<List<String>> generic = ArrayList::new;
        assertEquals(List.of(), copy(generic).get());
    }

    @Test
    void overloadsAreToldApart() {
        Change<Integer, String> ofInt = LambdaTest::name;
        Change<String, String> ofString = LambdaTest::name;
        assertEquals("int", copy(ofInt).apply(1));
        assertEquals("String", copy(ofString).apply(""));
    }

    private static String name(Integer value) {
        return "int";
    }

    private static String name(String value) {
        return "String";
    }

    @Test
    void thisIsCapturedWhenItMayTravel() {
        Make<String> make = () -> field;
        assertEquals("field", copy(make).get());
        Make<String> bound = this::toStringOfField;
        assertEquals("field", copy(bound).get());
    }

    private String toStringOfField() {
        return field;
    }

    @Test
    void lambdasInsideAndAroundLambdas() {
        int outer = 1;
        Make<Make<Integer>> nested = () -> {
            int inner = outer + 1;
            return () -> outer * 10 + inner;
        };
        assertEquals(12, copy(copy(nested).get()).get());
        Make<Integer> first = () -> outer;
        Change<Integer, Integer> second = x -> x + first.get();
        Make<Integer> third = () -> second.apply(first.get());
        assertEquals(2, copy(third).get());
    }

    @Test
    void castsToIntersectionTypes() throws Exception {
        int captured = 5;
        Callable<Integer> callable = (Callable<Integer> & Serializable) () -> captured;
        assertEquals(5, copy(callable).call());
        Runnable plain = (Runnable & Serializable) () -> {};
        copy(plain).run();
        Comparator<String> comparator =
                (Comparator<String> & Serializable) (a, b) -> Integer.compare(a.length(), b.length());
        assertEquals(0, copy(comparator).compare("aa", "bb"));
    }

    @Test
    void comparatorsOfTheJdk() {
        Comparator<Point> byX = Comparator.comparing((Change<Point, Integer>) Point::x);
        assertEquals(-1, copy(byX).compare(new Point(1, 0), new Point(2, 0)));
        assertEquals(1, copy(byX.reversed()).compare(new Point(1, 0), new Point(2, 0)));
    }

    @Test
    void insideAnonymousAndLocalAndGenericClasses() {
        Make<Make<String>> anonymous = new Make<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public Make<String> get() {
                return () -> "in anonymous";
            }
        };
        assertEquals("in anonymous", copy(anonymous.get()).get());
        assertEquals("in anonymous", copy(copy(anonymous).get()).get());
        assertEquals("generic", copy(new Generic<>("generic").make()).get());
    }

    private static final class Generic<T extends Serializable> implements Serializable {
        private static final long serialVersionUID = 1L;

        private final T value;

        Generic(T value) {
            this.value = value;
        }

        <U extends T> Make<T> make() {
            T local = value;
            return () -> local;
        }
    }

    @Test
    void capturedObjectsOfAllKindsOfWays() {
        Person ada = new Person("ada");
        List<Object> list = List.of(ada, ada, new Point(1, 2));
        Make<List<Object>> make = () -> list;
        List<Object> back = copy(make).get();
        assertEquals(list, back);
        assertSame(back.get(0), back.get(1));
    }

    @Test
    void stillRightAfterTheyBecameFast() {
        for (int i = 0; i < 200; i++) {
            int captured = i;
            Make<Integer> make = () -> captured;
            assertEquals(i, copy(make).get());
        }
    }

    @Test
    void fromManyThreadsAtOnce() throws Exception {
        List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int base = t * 1000;
            threads.add(new Thread(() -> {
                try {
                    start.await();
                    for (int i = 0; i < 300; i++) {
                        int captured = base + i;
                        Make<Object> make = () -> List.of(captured, new Point(captured, 1), Fixtures.Plain.TWO);
                        assertEquals(make.get(), copy(make).get());
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
    }

    @Test
    void dictionariesReplaceDefinitionsByNumbers() {
        List<LambdaShape> known = new ArrayList<>();
        ObjectCodec codec = ObjectCodec.builder()
                .dictionary(new LambdaDictionary() {
                    @Override
                    public synchronized int idOf(LambdaShape shape) {
                        if (!known.contains(shape)) {
                            known.add(shape);
                        }
                        return known.indexOf(shape);
                    }

                    @Override
                    public LambdaShape shapeOf(int id) {
                        return id < known.size() ? known.get(id) : null;
                    }
                })
                .build();
        int captured = 40;
        Change<Integer, Integer> change = x -> x + captured;
        byte[] bytes = codec.encode(change);
        assertEquals(1 + 1 + 1 + 5, bytes.length);
        for (int i = 0; i < 100; i++) {
            @SuppressWarnings("unchecked")
            Change<Integer, Integer> back = (Change<Integer, Integer>) codec.decode(bytes);
            assertEquals(42, back.apply(2));
        }
        assertEquals(1, known.size());
        bytes[1] = 9;
        DecodeException e = assertThrows(DecodeException.class, () -> codec.decode(bytes));
        assertEquals("no lambda has the number 9 in this process's dictionary", e.getMessage());
    }

    @Test
    void shapesAreValues() {
        LambdaShape[] seen = new LambdaShape[1];
        ObjectCodec codec = ObjectCodec.builder()
                .dictionary(new LambdaDictionary() {
                    @Override
                    public int idOf(LambdaShape shape) {
                        seen[0] = shape;
                        return -1;
                    }

                    @Override
                    public LambdaShape shapeOf(int id) {
                        return null;
                    }
                })
                .build();
        codec.encode((Make<Integer>) () -> 1);
        CodecOutput out = new CodecOutput();
        seen[0].write(out);
        LambdaShape back = LambdaShape.read(new CodecInput(out.toByteArray()));
        assertEquals(seen[0], back);
        assertEquals(seen[0].hashCode(), back.hashCode());
        assertEquals("io/muster/ipc/codec/LambdaTest", back.capturingClass());
    }

    /** The way for classes in a module that is closed to us: the JDK itself calls their private method. */
    @Test
    void theJdkMayReviveWhatWeMayNot() throws Exception {
        int captured = 4;
        Make<Integer> make = () -> captured + 1;
        Method describe = make.getClass().getDeclaredMethod("writeReplace");
        describe.setAccessible(true);
        SerializedLambda description = (SerializedLambda) describe.invoke(make);
        assertEquals(5, ((Make<?>) JavaReader.resolve(CODEC, description)).get());
    }

    @Test
    void aLambdaThatTheClassHasNoMoreIsAMissingClass() {
        Make<Integer> make = () -> 1;
        String encoded = new String(CODEC.encode(make), java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] other = encoded.replace("lambda$aLambda", "lambda$aLombda")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        DecodeException e = assertThrows(DecodeException.class, () -> CODEC.decode(other));
        assertEquals(Reason.CLASS_MISSING, e.reason());
        assertTrue(e.getMessage().contains("run both sides with the same version"), e.getMessage());
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T value) {
        return (T) CODEC.decode(CODEC.encode(value));
    }
}
