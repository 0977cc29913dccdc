package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SharedStructTest {
    private record Point(double x, double y, int id) {}

    private record Renamed(double x, double z, int id) {}

    private record All(boolean flag, byte b, short s, char c, int i, long l, float f, double d) {}

    private record Text(int id, String text) {}

    private record Empty() {}

    @Test
    void keepsEveryPrimitiveWithItsExtremes() {
        All all = new All(true, Byte.MIN_VALUE, Short.MIN_VALUE, '\uFFFF', -1, Long.MIN_VALUE, -0.0f, Double.NaN);
        All other = new All(false, (byte) 127, (short) -1, 'a', Integer.MIN_VALUE, -1, Float.MIN_VALUE, -1);
        try (SharedStruct<All> struct = SharedStruct.create(All.class)) {
            assertEquals(new All(false, (byte) 0, (short) 0, '\0', 0, 0, 0, 0), struct.get());
            struct.set(all);
            assertEquals(all, struct.get());
            struct.set(other);
            assertEquals(other, struct.get());
            struct.set(all);
            assertEquals(all, struct.get());
        }
    }

    @Test
    void componentsLieAtMultiplesOfTheirWidths() {
        assertEquals(
                "Point{0: double x, 8: double y, 16: int id; 24 bytes}", new RecordShape<>(Point.class).toString());
        assertEquals(
                "All{0: boolean flag, 1: byte b, 2: short s, 4: char c, 8: int i, 16: long l, 24: float f,"
                        + " 32: double d; 40 bytes}",
                new RecordShape<>(All.class).toString());
    }

    @Test
    void changesAreAtomicAndReturnWhatTheirNamesSay() {
        try (SharedStruct<Point> struct = SharedStruct.create(new Point(1, 2, 3))) {
            assertEquals(new Point(1, 2, 3), struct.get());
            assertFalse(struct.compareAndSet(new Point(1, 2, 4), new Point(0, 0, 0)));
            assertTrue(struct.compareAndSet(new Point(1, 2, 3), new Point(4, 5, 6)));
            assertEquals(new Point(5, 5, 6), struct.updateAndGet(p -> new Point(p.x() + 1, p.y(), p.id())));
            assertThrows(
                    ArithmeticException.class,
                    () -> struct.updateAndGet(p -> {
                        throw new ArithmeticException("expected in this test");
                    }));
            assertThrows(NullPointerException.class, () -> struct.updateAndGet(p -> null));
            assertThrows(NullPointerException.class, () -> struct.set(null));
            assertThrows(NullPointerException.class, () -> struct.compareAndSet(null, new Point(0, 0, 0)));
            assertEquals(new Point(5, 5, 6), struct.get());
            assertTrue(struct.toString().contains("x=5.0") && struct.toString().contains("8: double y"));
        }
    }

    @Test
    void aFunctionMayUseTheStructItself() {
        try (SharedStruct<Point> struct = SharedStruct.create(Point.class)) {
            Point last = struct.updateAndGet(p -> {
                if (p.id() == 0) {
                    struct.set(new Point(0, 0, 7));
                }
                return new Point(1, 1, p.id() + 1);
            });
            assertEquals(new Point(1, 1, 8), last, "overtaken by itself, it was called again");
        }
    }

    @Test
    void travelsAndEndsWithItsMaker() {
        SharedStruct<Point> struct = SharedStruct.create(new Point(1, 2, 3));
        SharedStruct<Point> copy = Travel.copy(struct);
        assertNotSame(struct, copy);
        assertEquals(struct, copy);
        copy.set(new Point(9, 9, 9));
        assertEquals(9, struct.get().id());
        Travel.copy(struct).close();
        assertEquals(9, struct.get().id());
        byte[] handle = Travel.bytes(struct);
        struct.close();
        struct.close();
        assertThrows(ClosedObjectException.class, copy::get);
        assertThrows(ClosedObjectException.class, () -> copy.set(new Point(0, 0, 0)));
        assertThrows(ClosedObjectException.class, () -> copy.updateAndGet(p -> p));
        assertThrows(ClosedObjectException.class, () -> Travel.object(handle));
        assertTrue(copy.toString().contains("closed"), copy.toString());
    }

    @Test
    void whatIsNoRecordOfPrimitivesIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> SharedStruct.create(Text.class))
                .getMessage()
                .contains("String text"));
        assertThrows(IllegalArgumentException.class, () -> SharedStruct.create(Empty.class));
        assertThrows(NullPointerException.class, () -> SharedStruct.create((Class<Point>) null));
        assertThrows(NullPointerException.class, () -> SharedStruct.create((Point) null));
        assertThrows(IllegalArgumentException.class, () -> SharedStructArray.create(Text.class, 3));
        assertThrows(IllegalArgumentException.class, () -> SharedStructArray.create(Point.class, -1));
        assertThrows(NoSpaceException.class, () -> SharedStructArray.create(Point.class, 1L << 45));
    }

    @Test
    void anArrayHasManyOfThem() {
        SharedStructArray<Point> array = SharedStructArray.create(Point.class, 40);
        assertEquals(40, array.length());
        for (int i = 0; i < 40; i++) {
            assertEquals(new Point(0, 0, 0), array.get(i));
            array.set(i, new Point(i, -i, i));
        }
        assertTrue(array.compareAndSet(39, new Point(39, -39, 39), new Point(0, 0, 1)));
        assertFalse(array.compareAndSet(39, new Point(39, -39, 39), new Point(0, 0, 1)));
        assertEquals(new Point(0, 0, 2), array.updateAndGet(39, p -> new Point(p.x(), p.y(), p.id() + 1)));
        assertEquals(38 * 39 / 2 + 2, array.stream().mapToInt(Point::id).sum());
        assertThrows(IndexOutOfBoundsException.class, () -> array.get(40));
        assertThrows(IndexOutOfBoundsException.class, () -> array.set(-1, new Point(0, 0, 0)));
        SharedStructArray<Point> copy = Travel.copy(array);
        assertEquals(array, copy);
        assertEquals(new Point(3, -3, 3), copy.get(3));
        byte[] handle = Travel.bytes(array);
        array.close();
        assertThrows(ClosedObjectException.class, () -> array.get(0));
        assertThrows(ClosedObjectException.class, () -> copy.get(0));
        assertThrows(ClosedObjectException.class, () -> copy.set(0, new Point(0, 0, 0)));
        assertThrows(ClosedObjectException.class, () -> Travel.object(handle));
        assertTrue(copy.toString().endsWith("(closed)"), copy.toString());
    }

    @Test
    void anArrayIsFoundByItsFileAndOnlyWithTheSameComponents() {
        Participant participant = Participants.ofSession();
        Path file = participant.newFile("named");
        SharedStructArray<Point> array = SharedStructArray.in(participant, file, Point.class, 5);
        array.set(4, new Point(1, 2, 3));
        array.close();
        assertEquals(
                new Point(1, 2, 3),
                SharedStructArray.open(participant, file, Point.class).get(4));
        String refused = assertThrows(
                        CorruptSegmentException.class, () -> SharedStructArray.open(participant, file, Renamed.class))
                .getMessage();
        assertTrue(refused.contains("Renamed{0: double x, 8: double z"), refused);
        StructArrayCore.open(participant, file, Point.class).closeForAll();
        Path unfinished = participant.newFile("named");
        Segment segment = Segment.create(unfinished, StructArrayCore.KIND, StructLayout.VERSION, 4096);
        assertThrows(SegmentException.class, () -> SharedStructArray.open(participant, unfinished, Point.class));
        segment.unlink();
    }

    @Test
    void readersNeverSeeTheHalfOfOne() throws Exception {
        try (SharedStruct<Mirrored> struct = SharedStruct.create(Mirrored.of(0))) {
            AtomicReference<Throwable> failed = new AtomicReference<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        struct.updateAndGet(Mirrored::next);
                    }
                }));
                threads.add(new Thread(() -> {
                    long last = 0;
                    while (last < 40_000) {
                        long value = struct.get().value();
                        assertTrue(value >= last, value + " after " + last);
                        last = value;
                    }
                }));
            }
            threads.forEach(thread -> thread.setUncaughtExceptionHandler((who, e) -> failed.set(e)));
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(null, failed.get());
            assertEquals(Mirrored.of(40_000), struct.get());
        }
    }

    @Test
    void randomOperationsDoWhatTheyDoToAPlainArray() {
        Random random = new Random(5);
        Mirrored[] model = new Mirrored[20];
        try (SharedStructArray<Mirrored> array = SharedStructArray.create(Mirrored.class, model.length)) {
            for (int i = 0; i < model.length; i++) {
                model[i] = Mirrored.of(i);
                array.set(i, model[i]);
            }
            for (int step = 0; step < 3_000; step++) {
                int at = random.nextInt(model.length);
                Mirrored value = Mirrored.of(random.nextInt(1_000));
                switch (random.nextInt(4)) {
                    case 0 -> {
                        array.set(at, value);
                        model[at] = value;
                    }
                    case 1 -> assertEquals(model[at], array.get(at));
                    case 2 -> {
                        model[at] = model[at].next();
                        assertEquals(model[at], array.updateAndGet(at, Mirrored::next));
                    }
                    default -> {
                        Mirrored expected = random.nextBoolean() ? model[at] : value;
                        boolean same = expected.equals(model[at]);
                        assertEquals(same, array.compareAndSet(at, expected, value));
                        model[at] = same ? value : model[at];
                    }
                }
            }
            assertEquals(List.of(model), array.stream().toList());
        }
    }
}
