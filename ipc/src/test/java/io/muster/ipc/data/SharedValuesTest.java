package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SharedValuesTest {
    /** One kind of value, spoken of as doubles. */
    private interface Kind {
        double get();

        void set(double value);

        double getAndSet(double value);

        boolean compareAndSet(double expected, double update);

        double getAndAdd(int delta);

        double addAndGet(int delta);

        double triple();

        double max(int value);

        AutoCloseable handle();
    }

    private static Kind of(SharedByte it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((byte) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((byte) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((byte) expected, (byte) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static Kind of(SharedShort it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((short) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((short) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((short) expected, (short) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static Kind of(SharedChar it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((char) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((char) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((char) expected, (char) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static Kind of(SharedInt it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((int) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((int) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((int) expected, (int) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static Kind of(SharedLong it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((long) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((long) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((long) expected, (long) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static Kind of(SharedFloat it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set((float) value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet((float) value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet((float) expected, (float) update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static Kind of(SharedDouble it) {
        return new Kind() {
            @Override
            public double get() {
                return it.get();
            }

            @Override
            public void set(double value) {
                it.set(value);
            }

            @Override
            public double getAndSet(double value) {
                return it.getAndSet(value);
            }

            @Override
            public boolean compareAndSet(double expected, double update) {
                return it.compareAndSet(expected, update);
            }

            @Override
            public double getAndAdd(int delta) {
                return it.getAndAdd(delta);
            }

            @Override
            public double addAndGet(int delta) {
                return it.addAndGet(delta);
            }

            @Override
            public double triple() {
                return it.updateAndGet(x -> 3 * x);
            }

            @Override
            public double max(int value) {
                return it.accumulateAndGet(value, Math::max);
            }

            @Override
            public AutoCloseable handle() {
                return it;
            }
        };
    }

    private static List<Kind> kinds() {
        return List.of(
                of(SharedByte.create((byte) 7)),
                of(SharedShort.create((short) 7)),
                of(SharedChar.create((char) 7)),
                of(SharedInt.create(7)),
                of(SharedLong.create(7)),
                of(SharedFloat.create(7)),
                of(SharedDouble.create(7)));
    }

    @TestFactory
    List<DynamicTest> everyKindDoesWhatItsMethodsSay() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Kind kind : kinds()) {
            tests.add(DynamicTest.dynamicTest(kind.handle().toString(), () -> use(kind)));
        }
        return tests;
    }

    private static void use(Kind kind) throws Exception {
        assertEquals(7, kind.get());
        kind.set(20);
        assertEquals(20, kind.getAndSet(5));
        assertFalse(kind.compareAndSet(6, 1));
        assertTrue(kind.compareAndSet(5, 6));
        assertEquals(6, kind.getAndAdd(4));
        assertEquals(8, kind.addAndGet(-2));
        assertEquals(24, kind.triple());
        assertEquals(30, kind.max(30));
        assertEquals(30, kind.max(29));
        assertEquals(30, kind.get());
        AutoCloseable copy = Travel.copy(kind.handle());
        assertNotSame(kind.handle(), copy);
        assertEquals(kind.handle(), copy);
        assertEquals(kind.handle().toString(), copy.toString());
        copy.close();
        assertEquals(31, kind.addAndGet(1), "only the maker's handle ends the value");
        AutoCloseable other = Travel.copy(kind.handle());
        byte[] handle = Travel.bytes(kind.handle());
        kind.handle().close();
        kind.handle().close();
        assertThrows(ClosedObjectException.class, kind::get);
        assertThrows(ClosedObjectException.class, () -> kind.set(1));
        assertThrows(ClosedObjectException.class, () -> kind.addAndGet(1));
        assertThrows(ClosedObjectException.class, kind::triple);
        assertThrows(ClosedObjectException.class, () -> Travel.object(handle));
        assertTrue(other.toString().contains("closed"), other.toString());
    }

    @Test
    void booleansDoWhatTheirMethodsSay() {
        try (SharedBoolean flag = SharedBoolean.create()) {
            assertFalse(flag.get());
            assertTrue(flag.compareAndSet(false, true));
            assertFalse(flag.compareAndSet(false, true));
            assertTrue(flag.getAndSet(true));
            SharedBoolean copy = Travel.copy(flag);
            copy.set(false);
            assertFalse(flag.get());
            assertEquals("SharedBoolean[false]", flag.toString());
            assertEquals(flag, copy);
        }
        try (SharedBoolean yes = SharedBoolean.create(true)) {
            assertTrue(yes.get());
        }
    }

    @Test
    void smallNumbersWrapAroundAndCharsHaveNoSign() {
        try (SharedByte number = SharedByte.create((byte) 127);
                SharedShort wider = SharedShort.create(Short.MIN_VALUE);
                SharedChar letter = SharedChar.create()) {
            assertEquals(-128, number.addAndGet(1));
            assertTrue(number.compareAndSet((byte) -128, (byte) -1));
            assertEquals(-1, number.get());
            assertEquals(Short.MAX_VALUE, wider.addAndGet(-1));
            assertEquals('\uFFFF', letter.addAndGet(-1));
            assertTrue(letter.compareAndSet('\uFFFF', 'x'));
            assertEquals("SharedChar[x]", letter.toString());
        }
    }

    @Test
    void extremesAreKept() {
        try (SharedLong number = SharedLong.create(Long.MIN_VALUE);
                SharedDouble fraction = SharedDouble.create(-0.0);
                SharedFloat small = SharedFloat.create(Float.NaN);
                SharedInt whole = SharedInt.create(Integer.MAX_VALUE)) {
            assertEquals(Long.MAX_VALUE, number.decrementAndGet());
            assertFalse(fraction.compareAndSet(0.0, 1));
            assertTrue(fraction.compareAndSet(-0.0, Double.MIN_VALUE));
            assertEquals(Double.MIN_VALUE, fraction.get());
            assertTrue(small.compareAndSet(Float.NaN, 1));
            assertEquals(Integer.MIN_VALUE, whole.incrementAndGet());
        }
    }

    @Test
    void recycledMemoryIsZeroAndAnOldHandleDoesNotReachTheNewValue() {
        SharedLong first = SharedLong.create(-1);
        first.close();
        try (SharedLong second = SharedLong.create()) {
            assertEquals(0, second.get());
            assertNotEquals(first, second);
            assertThrows(ClosedObjectException.class, first::get);
        }
    }

    @Test
    void aHandleOfAnotherKindIsRefused() {
        try (SharedLong number = SharedLong.create(1)) {
            String handle = new String(Travel.bytes(number), StandardCharsets.ISO_8859_1);
            byte[] forged = handle.replace("LONG", "CHAR").getBytes(StandardCharsets.ISO_8859_1);
            assertThrows(CorruptSegmentException.class, () -> Travel.object(forged));
            assertEquals(1, number.get());
        }
    }

    @Test
    void nullFunctionsAreRefused() {
        try (SharedInt number = SharedInt.create()) {
            assertThrows(NullPointerException.class, () -> number.updateAndGet(null));
            assertThrows(NullPointerException.class, () -> number.accumulateAndGet(1, null));
        }
    }

    @Test
    void aFunctionThatThrowsChangesNothing() {
        try (SharedLong number = SharedLong.create(4)) {
            assertThrows(ArithmeticException.class, () -> number.updateAndGet(x -> Math.floorDiv(x, x - 4)));
            assertEquals(4, number.get());
        }
    }

    @Test
    void noUpdateOfManyThreadsIsLost() throws Exception {
        try (SharedInt whole = SharedInt.create();
                SharedDouble fraction = SharedDouble.create();
                SharedByte small = SharedByte.create()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                Thread thread = new Thread(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        whole.incrementAndGet();
                        fraction.addAndGet(0.5);
                        small.updateAndGet(x -> x + 1);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(15_000, whole.get());
            assertEquals(7_500, fraction.get());
            assertEquals((byte) 15_000, small.get());
        }
    }

    @Test
    void randomOperationsDoWhatTheJdksAtomicsDo() {
        Random random = new Random(3);
        AtomicInteger wholeModel = new AtomicInteger();
        AtomicLong longModel = new AtomicLong();
        try (SharedInt whole = SharedInt.create();
                SharedLong number = SharedLong.create()) {
            for (int i = 0; i < 10_000; i++) {
                int value = random.nextInt();
                long wide = random.nextLong();
                switch (random.nextInt(6)) {
                    case 0 -> {
                        assertEquals(wholeModel.getAndAdd(value), whole.getAndAdd(value));
                        assertEquals(longModel.getAndAdd(wide), number.getAndAdd(wide));
                    }
                    case 1 -> {
                        assertEquals(wholeModel.addAndGet(value), whole.addAndGet(value));
                        assertEquals(longModel.addAndGet(wide), number.addAndGet(wide));
                    }
                    case 2 -> {
                        assertEquals(wholeModel.getAndSet(value), whole.getAndSet(value));
                        assertEquals(longModel.getAndSet(wide), number.getAndSet(wide));
                    }
                    case 3 -> {
                        int expected = random.nextBoolean() ? wholeModel.get() : value;
                        assertEquals(wholeModel.compareAndSet(expected, value), whole.compareAndSet(expected, value));
                    }
                    case 4 -> {
                        assertEquals(
                                wholeModel.accumulateAndGet(value, (x, y) -> x - y),
                                whole.accumulateAndGet(value, (x, y) -> x - y));
                        assertEquals(
                                longModel.accumulateAndGet(wide, Math::max), number.accumulateAndGet(wide, Math::max));
                    }
                    default -> {
                        assertEquals(wholeModel.updateAndGet(x -> ~x), whole.updateAndGet(x -> ~x));
                        assertEquals(longModel.incrementAndGet(), number.incrementAndGet());
                    }
                }
                assertEquals(wholeModel.get(), whole.get());
                assertEquals(longModel.get(), number.get());
            }
        }
    }
}
