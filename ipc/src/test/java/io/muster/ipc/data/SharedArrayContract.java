package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.internal.cell.Participants;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.MemoryFault;
import io.muster.ipc.memory.NoSpaceException;
import io.muster.ipc.memory.Segment;
import io.muster.ipc.memory.SegmentException;
import io.muster.ipc.memory.SegmentKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every kind of array promises. Elements are spoken of as longs, which an adapter turns into what the array has.
 *
 * @param <A> the array's class
 */
abstract class SharedArrayContract<A extends SharedArray<A>> {
    private static final int PIECE = 4096;
    private final List<A> made = new ArrayList<>();

    abstract ElementType type();

    abstract A newArray(long length);

    abstract A in(Participant participant, Path file, long length);

    abstract A open(Participant participant, Path file);

    abstract A handle(ArrayCore core);

    /** The value as an element would keep it. */
    abstract long cut(long value);

    abstract long get(A array, long index);

    abstract void set(A array, long index, long value);

    abstract long getAcquire(A array, long index);

    abstract void setRelease(A array, long index, long value);

    abstract long getVolatile(A array, long index);

    abstract void setVolatile(A array, long index, long value);

    abstract boolean compareAndSet(A array, long index, long expected, long update);

    abstract long getAndSet(A array, long index, long value);

    abstract long getAndAdd(A array, long index, long delta);

    abstract long addAndGet(A array, long index, long delta);

    abstract long updateAndGet(A array, long index, LongUnaryOperator function);

    abstract long accumulateAndGet(A array, long index, long value, LongBinaryOperator function);

    /** A Java array of the elements' type. */
    abstract Object plain(int length);

    abstract void put(Object plain, int index, long value);

    abstract void getAll(A array, long index, Object target);

    abstract void get(A array, long index, Object target, int from, int count);

    abstract void setAll(A array, long index, Object values);

    abstract void set(A array, long index, Object values, int from, int count);

    abstract void fill(A array, long value);

    abstract void fill(A array, long from, long count, long value);

    abstract long[] stream(A array);

    abstract Buffer asBuffer(A array);

    abstract Buffer asBuffer(A array, long from, int count);

    abstract long get(Buffer buffer, int index);

    private A create(long length) {
        A array = newArray(length);
        made.add(array);
        return array;
    }

    @AfterEach
    void nothingStaysBehind() {
        made.forEach(SharedArray::close);
        String[] files = Participants.ofSession()
                .directory()
                .toFile()
                .list((dir, name) -> name.startsWith(type().filePrefix() + "-"));
        assertArrayEquals(new String[0], files);
    }

    private static long read(Object plain, int index) {
        return plain instanceof char[] chars ? chars[index] : (long) Array.getDouble(plain, index);
    }

    private static long[] longs(Object plain) {
        return LongStream.range(0, Array.getLength(plain))
                .map(i -> read(plain, (int) i))
                .toArray();
    }

    private static long[] longs(long... values) {
        return values;
    }

    private void assertElements(long[] expected, A array) {
        assertEquals(expected.length, array.length());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], get(array, i), "element " + i);
        }
    }

    @Test
    void beginsWithZerosAndKeepsWhatIsStored() {
        A array = create(1_001);
        assertElements(new long[1_001], array);
        for (int i = 0; i < array.length(); i++) {
            set(array, i, i * 7 - 3_000);
        }
        for (int i = 0; i < array.length(); i++) {
            assertEquals(cut(i * 7 - 3_000), get(array, i));
        }
    }

    @Test
    void everyOrderReadsWhatEveryOrderWrote() {
        A array = create(5);
        for (long at = 0; at < 5; at++) {
            set(array, at, 1);
            assertEquals(1, getAcquire(array, at));
            setRelease(array, at, 2);
            assertEquals(2, getVolatile(array, at));
            setVolatile(array, at, 3);
            assertEquals(3, get(array, at));
        }
        assertElements(longs(3, 3, 3, 3, 3), array);
    }

    @Test
    void atomicOperationsReturnWhatTheirNamesSayAndLeaveTheNeighboursAlone() {
        A array = create(7);
        for (long at = 0; at < 7; at++) {
            assertFalse(compareAndSet(array, at, 1, 2));
            assertTrue(compareAndSet(array, at, 0, 2));
            assertEquals(2, getAndSet(array, at, 5));
            assertEquals(5, getAndAdd(array, at, 3));
            assertEquals(7, addAndGet(array, at, -1));
            assertEquals(14, updateAndGet(array, at, x -> x * 2));
            assertEquals(11, accumulateAndGet(array, at, 3, (x, y) -> x - y));
            assertEquals(11, get(array, at));
            assertEquals(0, addAndGet(array, at, -11));
            assertElements(new long[7], array);
        }
    }

    @Test
    void atomicAddsOfManyThreadsAreNeverLostNorThoseToTheNeighbours() throws Exception {
        A array = create(9);
        int threads = 3;
        int rounds = 3_000;
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int mine = t;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    getAndAdd(array, 4, 1);
                    updateAndGet(array, 5, x -> x + 1);
                    addAndGet(array, mine, 1);
                }
            });
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        long own = cut(rounds);
        long common = cut(threads * (long) rounds);
        assertElements(longs(own, own, own, 0, common, common, 0, 0, 0), array);
    }

    @Test
    void bulkCopiesMoveExactlyWhatTheySay() {
        A array = create(8);
        Object values = plain(5);
        for (int i = 0; i < 5; i++) {
            put(values, i, i + 1);
        }
        set(array, 2, values, 1, 3);
        assertElements(longs(0, 0, 2, 3, 4, 0, 0, 0), array);
        setAll(array, 3, values);
        assertElements(longs(0, 0, 2, 1, 2, 3, 4, 5), array);
        Object target = plain(4);
        get(array, 6, target, 1, 2);
        assertArrayEquals(longs(0, 4, 5, 0), longs(target));
        getAll(array, 2, target);
        assertArrayEquals(longs(2, 1, 2, 3), longs(target));
        getAll(array, 8, plain(0));
    }

    @Test
    void fillsAllOrSome() {
        A array = create(6);
        fill(array, 7);
        assertElements(longs(7, 7, 7, 7, 7, 7), array);
        fill(array, 1, 3, 9);
        assertElements(longs(7, 9, 9, 9, 7, 7), array);
        fill(array, 6, 0, 1);
        assertThrows(IndexOutOfBoundsException.class, () -> fill(array, 4, 3, 1));
    }

    @Test
    void streamsItsElementsInOrder() {
        A array = create(100);
        for (int i = 0; i < 100; i++) {
            set(array, i, i);
        }
        assertArrayEquals(LongStream.range(0, 100).toArray(), stream(array));
        assertEquals(0, stream(create(0)).length);
    }

    @Test
    void refusesPlacesOutsideOfItAndWritesNothing() {
        A array = create(3);
        A empty = create(0);
        for (long index : longs(-1, 3, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE)) {
            assertThrows(IndexOutOfBoundsException.class, () -> get(array, index));
            assertThrows(IndexOutOfBoundsException.class, () -> set(array, index, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> setRelease(array, index, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> getVolatile(array, index));
            assertThrows(IndexOutOfBoundsException.class, () -> compareAndSet(array, index, 0, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> getAndAdd(array, index, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> updateAndGet(array, index, x -> 1));
            assertThrows(IndexOutOfBoundsException.class, () -> setAll(array, index, plain(1)));
            assertThrows(IndexOutOfBoundsException.class, () -> getAll(array, index, plain(1)));
            assertThrows(IndexOutOfBoundsException.class, () -> fill(array, index, 1, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> array.slice(index, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> asBuffer(array, index, 1));
        }
        assertThrows(IndexOutOfBoundsException.class, () -> setAll(array, 2, plain(2)));
        assertThrows(IndexOutOfBoundsException.class, () -> set(array, 0, plain(2), 1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> get(array, 0, plain(2), -1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> get(empty, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> array.asByteBuffer(0, 4));
        assertThrows(IllegalArgumentException.class, () -> newArray(-1));
        assertThrows(IllegalArgumentException.class, () -> newArray(Long.MAX_VALUE));
        assertElements(new long[3], array);
    }

    @Test
    void refusesNull() {
        A array = create(3);
        assertThrows(NullPointerException.class, () -> setAll(array, 0, null));
        assertThrows(NullPointerException.class, () -> getAll(array, 0, null));
        assertThrows(NullPointerException.class, () -> updateAndGet(array, 0, null));
        assertThrows(NullPointerException.class, () -> accumulateAndGet(array, 0, 1, null));
        assertThrows(NullPointerException.class, () -> array.synchronizedWith((TravellingLock) null));
    }

    @Test
    void aSliceSharesTheElementsAndKnowsNoOthers() {
        A array = create(10);
        A slice = array.slice(3, 4);
        A inner = slice.slice(1, 2);
        set(slice, 0, 30);
        set(array, 6, 60);
        addAndGet(inner, 0, 40);
        assertElements(longs(30, 40, 0, 60), slice);
        assertElements(longs(40, 0), inner);
        fill(inner, 1);
        setAll(slice, 3, plain(1));
        assertElements(longs(0, 0, 0, 30, 1, 1, 0, 0, 0, 0), array);
        assertThrows(IndexOutOfBoundsException.class, () -> get(slice, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> getAll(slice, 3, plain(2)));
        assertThrows(IndexOutOfBoundsException.class, () -> inner.slice(1, 2));
        inner.close();
        assertThrows(ClosedObjectException.class, () -> get(inner, 0));
        assertEquals(30, get(slice, 0));
        array.close();
        assertThrows(ClosedObjectException.class, () -> get(slice, 0));
    }

    @Test
    void aBufferShowsTheSameBytes() {
        A array = create(10);
        Buffer all = asBuffer(array);
        Buffer some = asBuffer(array, 4, 3);
        assertEquals(10, all.limit());
        assertEquals(3, some.limit());
        set(array, 5, 55);
        assertEquals(55, get(all, 5));
        assertEquals(55, get(some, 1));
        array.asByteBuffer(5, 1).put(type().bytes() - 1, (byte) 1);
        assertNotEquals(55, get(array, 5));
        assertEquals(0, get(array, 4));
        assertEquals(0, get(array, 6));
        assertEquals(ByteOrder.LITTLE_ENDIAN, array.asByteBuffer(0, 1).order());
        assertTrue(all.isDirect() && !all.isReadOnly());
        set(array, 5, 77);
        array.close();
        assertEquals(77, get(all, 5), "a buffer outlives its array");
        assertThrows(ClosedObjectException.class, () -> asBuffer(array));
    }

    @Test
    void useAfterCloseIsAnException() {
        A array = create(3);
        byte[] handle = Travel.bytes(array);
        array.close();
        array.close();
        assertThrows(ClosedObjectException.class, () -> get(array, 0));
        assertThrows(ClosedObjectException.class, () -> set(array, 0, 1));
        assertThrows(ClosedObjectException.class, () -> getAndAdd(array, 0, 1));
        assertThrows(ClosedObjectException.class, () -> setAll(array, 0, plain(1)));
        assertThrows(ClosedObjectException.class, () -> stream(array));
        assertThrows(ClosedObjectException.class, () -> array.slice(0, 1));
        assertThrows(ClosedObjectException.class, () -> Travel.bytes(array));
        assertThrows(ClosedObjectException.class, () -> Travel.object(handle));
        assertTrue(array.toString().endsWith("(closed)"), array.toString());
    }

    @Test
    void itsHandleTravelsAndMeansTheSameElements() {
        A array = create(3);
        A copy = Travel.copy(array);
        assertNotSame(array, copy);
        assertEquals(array, copy);
        assertEquals(array.hashCode(), copy.hashCode());
        set(copy, 1, 42);
        assertEquals(42, get(array, 1));
        copy.close();
        assertEquals(42, get(array, 1), "only the maker's handle ends the array");
        A slice = Travel.copy(array.slice(1, 2));
        assertElements(longs(42, 0), slice);
        assertNotEquals(array, slice);
    }

    @Test
    void anArrayMayHaveALockThatTravelsWithIt() {
        A raw = create(3);
        assertThrows(IllegalStateException.class, raw::lock);
        TravellingLock lock = new TravellingLock("till");
        A array = raw.synchronizedWith(lock);
        assertSame(lock, array.lock());
        assertEquals(raw, array);
        A slice = Travel.copy(array.slice(1, 1));
        assertEquals("till", ((TravellingLock) slice.lock()).name);
        slice.lock().lock();
        try {
            set(slice, 0, get(slice, 0) + 1);
        } finally {
            slice.lock().unlock();
        }
        assertEquals(1, get(raw, 1));
    }

    @Test
    void bulkCopiesCrossThePiecesThatLargeArraysAreMadeOf() {
        Participant participant = Participants.ofSession();
        int length = 3 * PIECE / type().bytes() + 5;
        Path file = participant.newFile(type().filePrefix());
        Segment segment =
                Segment.create(file, type().kind(), ArrayLayout.VERSION, ArrayLayout.bodyBytes(length, type().bytes()));
        A array = handle(new ArrayCore(participant, segment, type(), PIECE));
        Object values = plain(length - 2);
        for (int i = 0; i < length - 2; i++) {
            put(values, i, i % 100 + 1);
        }
        setAll(array, 1, values);
        assertEquals(0, get(array, 0));
        assertEquals(0, get(array, length - 1));
        for (int i = 0; i < length - 2; i++) {
            assertEquals(i % 100 + 1, get(array, i + 1), "element " + (i + 1));
        }
        Object back = plain(length);
        getAll(array, 0, back);
        for (int i = 0; i < length; i++) {
            assertEquals(get(array, i), read(back, i), "element " + i);
        }
        segment.unlink();
    }

    @Test
    void namedOnesAreFoundByTheirFileAndStayWhenTheirHandlesAreClosed() {
        Participant participant = Participants.ofSession();
        Path file = participant.newFile("named");
        try (A array = in(participant, file, 11)) {
            set(array, 10, 5);
        }
        A again = open(participant, file);
        assertElements(longs(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5), again);
        Attachments.of(participant).forget(file, again.core);
        A other = open(participant, file);
        assertNotEquals(again, other, "mapped twice, as by two processes");
        assertEquals(11, other.length());
        addAndGet(other, 10, 1);
        assertEquals(6, get(again, 10));
        again.core.closeForAll();
        assertThrows(ClosedObjectException.class, () -> get(other, 10));
        assertTrue(other.toString().contains("closed"), other.toString());
        assertFalse(Files.exists(file));
    }

    @Test
    void anyLengthIsKeptByTheSizeOfTheFile() {
        Participant participant = Participants.ofSession();
        for (int length = 0; length < 20; length++) {
            Path file = participant.newFile("named");
            A array = in(participant, file, length);
            Attachments.of(participant).forget(file, array.core);
            A again = open(participant, file);
            assertEquals(length, again.length());
            if (length > 0) {
                assertTrue(compareAndSet(again, length - 1, 0, 1));
            }
            again.core.closeForAll();
        }
    }

    @Test
    void aSegmentOfAnotherKindOrVersionOrCutShortIsRefused() throws IOException {
        Participant participant = Participants.ofSession();
        Path file = participant.newFile("named");
        Segment other = Segment.create(file, SegmentKind.of("OTHR"), ArrayLayout.VERSION, 128);
        assertThrows(CorruptSegmentException.class, () -> open(participant, file));
        other.unlink();
        other = Segment.create(file, type().kind(), ArrayLayout.VERSION + 1, 128);
        assertThrows(CorruptSegmentException.class, () -> open(participant, file));
        other.unlink();
        Segment.create(file, type().kind(), ArrayLayout.VERSION, 128);
        truncate(file, 100);
        assertThrows(CorruptSegmentException.class, () -> open(participant, file));
        Files.delete(file);
        assertThrows(ClosedObjectException.class, () -> open(participant, file));
    }

    @Test
    void oneThatDoesNotFitIsRefusedWithTheNumbersAndTheOthersGoOn() {
        A array = create(10);
        NoSpaceException full = assertThrows(NoSpaceException.class, () -> newArray(1L << 50));
        assertTrue(full.askedBytes() >= type().bytes() * (1L << 50), full.getMessage());
        set(array, 9, 1);
        assertEquals(1, get(array, 9));
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(bytes);
        }
    }

    @Test
    void memoryThatIsLostIsAnExceptionWithTheArraysName() throws IOException {
        A array = create(100_000);
        fill(array, 1);
        Path file = array.core.path();
        truncate(file, 4096);
        String name = file.getFileName().toString();
        SegmentException lost = lost(name, () -> {
            for (int i = 0; i < 100_000; i++) {
                get(array, i);
            }
        });
        assertTrue(lost.getMessage().contains(name), lost.getMessage());
        lost(name, () -> fill(array, 2));
        array.close();
    }

    private static SegmentException lost(String name, Runnable use) {
        try {
            use.run();
        } catch (SegmentException e) {
            return e;
        } catch (InternalError late) {
            // JDK 17 may deliver it when the method that met it has returned.
            assertTrue(Runtime.version().feature() < 21, () -> "late on a newer JDK: " + late);
            return MemoryFault.translate(late, name);
        }
        throw new AssertionError(name + " was truncated, and nothing happened");
    }

    @Test
    void randomOperationsDoWhatTheyDoToAPlainArray() {
        Random random = new Random(20_26);
        for (int run = 0; run < 20; run++) {
            int length = 1 + random.nextInt(40);
            A array = create(length);
            long[] model = new long[length];
            int from = random.nextInt(length);
            A slice = array.slice(from, length - from);
            for (int step = 0; step < 500; step++) {
                boolean whole = random.nextBoolean();
                randomStep(random, whole ? array : slice, model, whole ? 0 : from);
            }
            assertElements(model, array);
            assertArrayEquals(model, stream(array));
        }
    }

    private void randomStep(Random random, A array, long[] model, int from) {
        int index = random.nextInt((int) array.length());
        int at = from + index;
        long value = cut(random.nextInt(2_001) - 1_000);
        long old = model[at];
        switch (random.nextInt(9)) {
            case 0 -> {
                set(array, index, value);
                model[at] = value;
            }
            case 1 -> assertEquals(old, get(array, index));
            case 2 -> {
                assertEquals(old, getAndAdd(array, index, value));
                model[at] = cut(old + value);
            }
            case 3 -> {
                model[at] = cut(old + value);
                assertEquals(model[at], addAndGet(array, index, value));
            }
            case 4 -> {
                long expected = random.nextBoolean() ? old : value;
                assertEquals(expected == old, compareAndSet(array, index, expected, value));
                model[at] = expected == old ? value : old;
            }
            case 5 -> {
                assertEquals(old, getAndSet(array, index, value));
                model[at] = value;
            }
            case 6 -> {
                model[at] = cut(Math.max(old, value));
                assertEquals(model[at], accumulateAndGet(array, index, value, Math::max));
            }
            case 7 -> {
                int count = random.nextInt((int) array.length() - index + 1);
                fill(array, index, count, value);
                Arrays.fill(model, at, at + count, value);
            }
            default -> {
                int count = random.nextInt((int) array.length() - index + 1);
                Object values = plain(count);
                get(array, index, values, 0, count);
                for (int i = 0; i < count; i++) {
                    assertEquals(model[at + i], read(values, i));
                    put(values, i, i);
                    model[at + i] = cut(i);
                }
                setAll(array, index, values);
            }
        }
    }
}
