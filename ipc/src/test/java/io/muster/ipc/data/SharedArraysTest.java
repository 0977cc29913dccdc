package io.muster.ipc.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** {@link SharedArrayContract} for each kind of array, and what only some of them have. */
class SharedArraysTest {
    @Test
    void comparingGoesByTheBitsOfANumber() {
        try (SharedDoubleArray doubles = SharedDoubleArray.create(1);
                SharedFloatArray floats = SharedFloatArray.create(1)) {
            assertFalse(doubles.compareAndSet(0, -0.0, 1));
            assertTrue(doubles.compareAndSet(0, 0.0, Double.NaN));
            assertTrue(doubles.compareAndSet(0, Double.NaN, 0.1));
            assertEquals(0.1 + 0.2, doubles.addAndGet(0, 0.2));
            assertFalse(floats.compareAndSet(0, -0.0f, 1));
            assertTrue(floats.compareAndSet(0, 0.0f, Float.NaN));
            assertTrue(Float.isNaN(floats.getAndAdd(0, 1)));
            assertTrue(floats.compareAndSet(0, Float.NaN, 0.1f));
            assertEquals(0.1f + 0.2f, floats.addAndGet(0, 0.2f));
        }
    }

    @Test
    void charsHaveNoSign() {
        try (SharedCharArray chars = SharedCharArray.create(2)) {
            chars.set(0, '\uFFFF');
            assertEquals('\uFFFF', chars.getVolatile(0));
            assertEquals(0xFFFF, chars.stream().max().orElseThrow());
            assertEquals('\0', chars.addAndGet(0, 1));
            assertEquals('\0', chars.get(1));
            assertEquals('\uFFFF', chars.addAndGet(1, -1));
        }
    }

    @Nested
    class Bytes extends SharedArrayContract<SharedByteArray> {
        @Override
        ElementType type() {
            return ElementType.BYTE;
        }

        @Override
        SharedByteArray newArray(long length) {
            return SharedByteArray.create(length);
        }

        @Override
        SharedByteArray in(Participant participant, Path file, long length) {
            return SharedByteArray.in(participant, file, length);
        }

        @Override
        SharedByteArray open(Participant participant, Path file) {
            return SharedByteArray.open(participant, file);
        }

        @Override
        SharedByteArray handle(ArrayCore core) {
            return new SharedByteArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return (byte) value;
        }

        @Override
        long get(SharedByteArray array, long index) {
            return array.get(index);
        }

        @Override
        void set(SharedByteArray array, long index, long value) {
            array.set(index, (byte) value);
        }

        @Override
        long getAcquire(SharedByteArray array, long index) {
            return array.getAcquire(index);
        }

        @Override
        void setRelease(SharedByteArray array, long index, long value) {
            array.setRelease(index, (byte) value);
        }

        @Override
        long getVolatile(SharedByteArray array, long index) {
            return array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedByteArray array, long index, long value) {
            array.setVolatile(index, (byte) value);
        }

        @Override
        boolean compareAndSet(SharedByteArray array, long index, long expected, long update) {
            return array.compareAndSet(index, (byte) expected, (byte) update);
        }

        @Override
        long getAndSet(SharedByteArray array, long index, long value) {
            return array.getAndSet(index, (byte) value);
        }

        @Override
        long getAndAdd(SharedByteArray array, long index, long delta) {
            return array.getAndAdd(index, (int) delta);
        }

        @Override
        long addAndGet(SharedByteArray array, long index, long delta) {
            return array.addAndGet(index, (int) delta);
        }

        @Override
        long updateAndGet(SharedByteArray array, long index, LongUnaryOperator function) {
            return array.updateAndGet(index, function == null ? null : x -> (int) function.applyAsLong(x));
        }

        @Override
        long accumulateAndGet(SharedByteArray array, long index, long value, LongBinaryOperator function) {
            return array.accumulateAndGet(
                    index, (int) value, function == null ? null : (x, y) -> (int) function.applyAsLong(x, y));
        }

        @Override
        Object plain(int length) {
            return new byte[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((byte[]) plain)[index] = (byte) value;
        }

        @Override
        void getAll(SharedByteArray array, long index, Object target) {
            array.get(index, (byte[]) target);
        }

        @Override
        void get(SharedByteArray array, long index, Object target, int from, int count) {
            array.get(index, (byte[]) target, from, count);
        }

        @Override
        void setAll(SharedByteArray array, long index, Object values) {
            array.set(index, (byte[]) values);
        }

        @Override
        void set(SharedByteArray array, long index, Object values, int from, int count) {
            array.set(index, (byte[]) values, from, count);
        }

        @Override
        void fill(SharedByteArray array, long value) {
            array.fill((byte) value);
        }

        @Override
        void fill(SharedByteArray array, long from, long count, long value) {
            array.fill(from, count, (byte) value);
        }

        @Override
        long[] stream(SharedByteArray array) {
            return array.stream().asLongStream().toArray();
        }

        @Override
        Buffer asBuffer(SharedByteArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedByteArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return ((ByteBuffer) buffer).get(index);
        }
    }

    @Nested
    class Shorts extends SharedArrayContract<SharedShortArray> {
        @Override
        ElementType type() {
            return ElementType.SHORT;
        }

        @Override
        SharedShortArray newArray(long length) {
            return SharedShortArray.create(length);
        }

        @Override
        SharedShortArray in(Participant participant, Path file, long length) {
            return SharedShortArray.in(participant, file, length);
        }

        @Override
        SharedShortArray open(Participant participant, Path file) {
            return SharedShortArray.open(participant, file);
        }

        @Override
        SharedShortArray handle(ArrayCore core) {
            return new SharedShortArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return (short) value;
        }

        @Override
        long get(SharedShortArray array, long index) {
            return array.get(index);
        }

        @Override
        void set(SharedShortArray array, long index, long value) {
            array.set(index, (short) value);
        }

        @Override
        long getAcquire(SharedShortArray array, long index) {
            return array.getAcquire(index);
        }

        @Override
        void setRelease(SharedShortArray array, long index, long value) {
            array.setRelease(index, (short) value);
        }

        @Override
        long getVolatile(SharedShortArray array, long index) {
            return array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedShortArray array, long index, long value) {
            array.setVolatile(index, (short) value);
        }

        @Override
        boolean compareAndSet(SharedShortArray array, long index, long expected, long update) {
            return array.compareAndSet(index, (short) expected, (short) update);
        }

        @Override
        long getAndSet(SharedShortArray array, long index, long value) {
            return array.getAndSet(index, (short) value);
        }

        @Override
        long getAndAdd(SharedShortArray array, long index, long delta) {
            return array.getAndAdd(index, (int) delta);
        }

        @Override
        long addAndGet(SharedShortArray array, long index, long delta) {
            return array.addAndGet(index, (int) delta);
        }

        @Override
        long updateAndGet(SharedShortArray array, long index, LongUnaryOperator function) {
            return array.updateAndGet(index, function == null ? null : x -> (int) function.applyAsLong(x));
        }

        @Override
        long accumulateAndGet(SharedShortArray array, long index, long value, LongBinaryOperator function) {
            return array.accumulateAndGet(
                    index, (int) value, function == null ? null : (x, y) -> (int) function.applyAsLong(x, y));
        }

        @Override
        Object plain(int length) {
            return new short[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((short[]) plain)[index] = (short) value;
        }

        @Override
        void getAll(SharedShortArray array, long index, Object target) {
            array.get(index, (short[]) target);
        }

        @Override
        void get(SharedShortArray array, long index, Object target, int from, int count) {
            array.get(index, (short[]) target, from, count);
        }

        @Override
        void setAll(SharedShortArray array, long index, Object values) {
            array.set(index, (short[]) values);
        }

        @Override
        void set(SharedShortArray array, long index, Object values, int from, int count) {
            array.set(index, (short[]) values, from, count);
        }

        @Override
        void fill(SharedShortArray array, long value) {
            array.fill((short) value);
        }

        @Override
        void fill(SharedShortArray array, long from, long count, long value) {
            array.fill(from, count, (short) value);
        }

        @Override
        long[] stream(SharedShortArray array) {
            return array.stream().asLongStream().toArray();
        }

        @Override
        Buffer asBuffer(SharedShortArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedShortArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return ((ShortBuffer) buffer).get(index);
        }
    }

    @Nested
    class Chars extends SharedArrayContract<SharedCharArray> {
        @Override
        ElementType type() {
            return ElementType.CHAR;
        }

        @Override
        SharedCharArray newArray(long length) {
            return SharedCharArray.create(length);
        }

        @Override
        SharedCharArray in(Participant participant, Path file, long length) {
            return SharedCharArray.in(participant, file, length);
        }

        @Override
        SharedCharArray open(Participant participant, Path file) {
            return SharedCharArray.open(participant, file);
        }

        @Override
        SharedCharArray handle(ArrayCore core) {
            return new SharedCharArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return (char) value;
        }

        @Override
        long get(SharedCharArray array, long index) {
            return array.get(index);
        }

        @Override
        void set(SharedCharArray array, long index, long value) {
            array.set(index, (char) value);
        }

        @Override
        long getAcquire(SharedCharArray array, long index) {
            return array.getAcquire(index);
        }

        @Override
        void setRelease(SharedCharArray array, long index, long value) {
            array.setRelease(index, (char) value);
        }

        @Override
        long getVolatile(SharedCharArray array, long index) {
            return array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedCharArray array, long index, long value) {
            array.setVolatile(index, (char) value);
        }

        @Override
        boolean compareAndSet(SharedCharArray array, long index, long expected, long update) {
            return array.compareAndSet(index, (char) expected, (char) update);
        }

        @Override
        long getAndSet(SharedCharArray array, long index, long value) {
            return array.getAndSet(index, (char) value);
        }

        @Override
        long getAndAdd(SharedCharArray array, long index, long delta) {
            return array.getAndAdd(index, (int) delta);
        }

        @Override
        long addAndGet(SharedCharArray array, long index, long delta) {
            return array.addAndGet(index, (int) delta);
        }

        @Override
        long updateAndGet(SharedCharArray array, long index, LongUnaryOperator function) {
            return array.updateAndGet(index, function == null ? null : x -> (int) function.applyAsLong(x));
        }

        @Override
        long accumulateAndGet(SharedCharArray array, long index, long value, LongBinaryOperator function) {
            return array.accumulateAndGet(
                    index, (int) value, function == null ? null : (x, y) -> (int) function.applyAsLong(x, y));
        }

        @Override
        Object plain(int length) {
            return new char[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((char[]) plain)[index] = (char) value;
        }

        @Override
        void getAll(SharedCharArray array, long index, Object target) {
            array.get(index, (char[]) target);
        }

        @Override
        void get(SharedCharArray array, long index, Object target, int from, int count) {
            array.get(index, (char[]) target, from, count);
        }

        @Override
        void setAll(SharedCharArray array, long index, Object values) {
            array.set(index, (char[]) values);
        }

        @Override
        void set(SharedCharArray array, long index, Object values, int from, int count) {
            array.set(index, (char[]) values, from, count);
        }

        @Override
        void fill(SharedCharArray array, long value) {
            array.fill((char) value);
        }

        @Override
        void fill(SharedCharArray array, long from, long count, long value) {
            array.fill(from, count, (char) value);
        }

        @Override
        long[] stream(SharedCharArray array) {
            return array.stream().asLongStream().toArray();
        }

        @Override
        Buffer asBuffer(SharedCharArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedCharArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return ((CharBuffer) buffer).get(index);
        }
    }

    @Nested
    class Ints extends SharedArrayContract<SharedIntArray> {
        @Override
        ElementType type() {
            return ElementType.INT;
        }

        @Override
        SharedIntArray newArray(long length) {
            return SharedIntArray.create(length);
        }

        @Override
        SharedIntArray in(Participant participant, Path file, long length) {
            return SharedIntArray.in(participant, file, length);
        }

        @Override
        SharedIntArray open(Participant participant, Path file) {
            return SharedIntArray.open(participant, file);
        }

        @Override
        SharedIntArray handle(ArrayCore core) {
            return new SharedIntArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return (int) value;
        }

        @Override
        long get(SharedIntArray array, long index) {
            return array.get(index);
        }

        @Override
        void set(SharedIntArray array, long index, long value) {
            array.set(index, (int) value);
        }

        @Override
        long getAcquire(SharedIntArray array, long index) {
            return array.getAcquire(index);
        }

        @Override
        void setRelease(SharedIntArray array, long index, long value) {
            array.setRelease(index, (int) value);
        }

        @Override
        long getVolatile(SharedIntArray array, long index) {
            return array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedIntArray array, long index, long value) {
            array.setVolatile(index, (int) value);
        }

        @Override
        boolean compareAndSet(SharedIntArray array, long index, long expected, long update) {
            return array.compareAndSet(index, (int) expected, (int) update);
        }

        @Override
        long getAndSet(SharedIntArray array, long index, long value) {
            return array.getAndSet(index, (int) value);
        }

        @Override
        long getAndAdd(SharedIntArray array, long index, long delta) {
            return array.getAndAdd(index, (int) delta);
        }

        @Override
        long addAndGet(SharedIntArray array, long index, long delta) {
            return array.addAndGet(index, (int) delta);
        }

        @Override
        long updateAndGet(SharedIntArray array, long index, LongUnaryOperator function) {
            return array.updateAndGet(index, function == null ? null : x -> (int) function.applyAsLong(x));
        }

        @Override
        long accumulateAndGet(SharedIntArray array, long index, long value, LongBinaryOperator function) {
            return array.accumulateAndGet(
                    index, (int) value, function == null ? null : (x, y) -> (int) function.applyAsLong(x, y));
        }

        @Override
        Object plain(int length) {
            return new int[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((int[]) plain)[index] = (int) value;
        }

        @Override
        void getAll(SharedIntArray array, long index, Object target) {
            array.get(index, (int[]) target);
        }

        @Override
        void get(SharedIntArray array, long index, Object target, int from, int count) {
            array.get(index, (int[]) target, from, count);
        }

        @Override
        void setAll(SharedIntArray array, long index, Object values) {
            array.set(index, (int[]) values);
        }

        @Override
        void set(SharedIntArray array, long index, Object values, int from, int count) {
            array.set(index, (int[]) values, from, count);
        }

        @Override
        void fill(SharedIntArray array, long value) {
            array.fill((int) value);
        }

        @Override
        void fill(SharedIntArray array, long from, long count, long value) {
            array.fill(from, count, (int) value);
        }

        @Override
        long[] stream(SharedIntArray array) {
            return array.stream().asLongStream().toArray();
        }

        @Override
        Buffer asBuffer(SharedIntArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedIntArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return ((IntBuffer) buffer).get(index);
        }
    }

    @Nested
    class Longs extends SharedArrayContract<SharedLongArray> {
        @Override
        ElementType type() {
            return ElementType.LONG;
        }

        @Override
        SharedLongArray newArray(long length) {
            return SharedLongArray.create(length);
        }

        @Override
        SharedLongArray in(Participant participant, Path file, long length) {
            return SharedLongArray.in(participant, file, length);
        }

        @Override
        SharedLongArray open(Participant participant, Path file) {
            return SharedLongArray.open(participant, file);
        }

        @Override
        SharedLongArray handle(ArrayCore core) {
            return new SharedLongArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return value;
        }

        @Override
        long get(SharedLongArray array, long index) {
            return array.get(index);
        }

        @Override
        void set(SharedLongArray array, long index, long value) {
            array.set(index, value);
        }

        @Override
        long getAcquire(SharedLongArray array, long index) {
            return array.getAcquire(index);
        }

        @Override
        void setRelease(SharedLongArray array, long index, long value) {
            array.setRelease(index, value);
        }

        @Override
        long getVolatile(SharedLongArray array, long index) {
            return array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedLongArray array, long index, long value) {
            array.setVolatile(index, value);
        }

        @Override
        boolean compareAndSet(SharedLongArray array, long index, long expected, long update) {
            return array.compareAndSet(index, expected, update);
        }

        @Override
        long getAndSet(SharedLongArray array, long index, long value) {
            return array.getAndSet(index, value);
        }

        @Override
        long getAndAdd(SharedLongArray array, long index, long delta) {
            return array.getAndAdd(index, delta);
        }

        @Override
        long addAndGet(SharedLongArray array, long index, long delta) {
            return array.addAndGet(index, delta);
        }

        @Override
        long updateAndGet(SharedLongArray array, long index, LongUnaryOperator function) {
            return array.updateAndGet(index, function);
        }

        @Override
        long accumulateAndGet(SharedLongArray array, long index, long value, LongBinaryOperator function) {
            return array.accumulateAndGet(index, value, function);
        }

        @Override
        Object plain(int length) {
            return new long[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((long[]) plain)[index] = value;
        }

        @Override
        void getAll(SharedLongArray array, long index, Object target) {
            array.get(index, (long[]) target);
        }

        @Override
        void get(SharedLongArray array, long index, Object target, int from, int count) {
            array.get(index, (long[]) target, from, count);
        }

        @Override
        void setAll(SharedLongArray array, long index, Object values) {
            array.set(index, (long[]) values);
        }

        @Override
        void set(SharedLongArray array, long index, Object values, int from, int count) {
            array.set(index, (long[]) values, from, count);
        }

        @Override
        void fill(SharedLongArray array, long value) {
            array.fill(value);
        }

        @Override
        void fill(SharedLongArray array, long from, long count, long value) {
            array.fill(from, count, value);
        }

        @Override
        long[] stream(SharedLongArray array) {
            return array.stream().toArray();
        }

        @Override
        Buffer asBuffer(SharedLongArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedLongArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return ((LongBuffer) buffer).get(index);
        }
    }

    @Nested
    class Floats extends SharedArrayContract<SharedFloatArray> {
        @Override
        ElementType type() {
            return ElementType.FLOAT;
        }

        @Override
        SharedFloatArray newArray(long length) {
            return SharedFloatArray.create(length);
        }

        @Override
        SharedFloatArray in(Participant participant, Path file, long length) {
            return SharedFloatArray.in(participant, file, length);
        }

        @Override
        SharedFloatArray open(Participant participant, Path file) {
            return SharedFloatArray.open(participant, file);
        }

        @Override
        SharedFloatArray handle(ArrayCore core) {
            return new SharedFloatArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return (long) (float) value;
        }

        @Override
        long get(SharedFloatArray array, long index) {
            return (long) array.get(index);
        }

        @Override
        void set(SharedFloatArray array, long index, long value) {
            array.set(index, (float) value);
        }

        @Override
        long getAcquire(SharedFloatArray array, long index) {
            return (long) array.getAcquire(index);
        }

        @Override
        void setRelease(SharedFloatArray array, long index, long value) {
            array.setRelease(index, (float) value);
        }

        @Override
        long getVolatile(SharedFloatArray array, long index) {
            return (long) array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedFloatArray array, long index, long value) {
            array.setVolatile(index, (float) value);
        }

        @Override
        boolean compareAndSet(SharedFloatArray array, long index, long expected, long update) {
            return array.compareAndSet(index, (float) expected, (float) update);
        }

        @Override
        long getAndSet(SharedFloatArray array, long index, long value) {
            return (long) array.getAndSet(index, (float) value);
        }

        @Override
        long getAndAdd(SharedFloatArray array, long index, long delta) {
            return (long) array.getAndAdd(index, (float) delta);
        }

        @Override
        long addAndGet(SharedFloatArray array, long index, long delta) {
            return (long) array.addAndGet(index, (float) delta);
        }

        @Override
        long updateAndGet(SharedFloatArray array, long index, LongUnaryOperator function) {
            return (long) array.updateAndGet(index, function == null ? null : x -> function.applyAsLong((long) x));
        }

        @Override
        long accumulateAndGet(SharedFloatArray array, long index, long value, LongBinaryOperator function) {
            return (long) array.accumulateAndGet(
                    index, (float) value, function == null ? null : (x, y) -> function.applyAsLong((long) x, (long) y));
        }

        @Override
        Object plain(int length) {
            return new float[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((float[]) plain)[index] = (float) value;
        }

        @Override
        void getAll(SharedFloatArray array, long index, Object target) {
            array.get(index, (float[]) target);
        }

        @Override
        void get(SharedFloatArray array, long index, Object target, int from, int count) {
            array.get(index, (float[]) target, from, count);
        }

        @Override
        void setAll(SharedFloatArray array, long index, Object values) {
            array.set(index, (float[]) values);
        }

        @Override
        void set(SharedFloatArray array, long index, Object values, int from, int count) {
            array.set(index, (float[]) values, from, count);
        }

        @Override
        void fill(SharedFloatArray array, long value) {
            array.fill((float) value);
        }

        @Override
        void fill(SharedFloatArray array, long from, long count, long value) {
            array.fill(from, count, (float) value);
        }

        @Override
        long[] stream(SharedFloatArray array) {
            return array.stream().mapToLong(x -> (long) x).toArray();
        }

        @Override
        Buffer asBuffer(SharedFloatArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedFloatArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return (long) ((FloatBuffer) buffer).get(index);
        }
    }

    @Nested
    class Doubles extends SharedArrayContract<SharedDoubleArray> {
        @Override
        ElementType type() {
            return ElementType.DOUBLE;
        }

        @Override
        SharedDoubleArray newArray(long length) {
            return SharedDoubleArray.create(length);
        }

        @Override
        SharedDoubleArray in(Participant participant, Path file, long length) {
            return SharedDoubleArray.in(participant, file, length);
        }

        @Override
        SharedDoubleArray open(Participant participant, Path file) {
            return SharedDoubleArray.open(participant, file);
        }

        @Override
        SharedDoubleArray handle(ArrayCore core) {
            return new SharedDoubleArray(core, 0, core.length(), false, null);
        }

        @Override
        long cut(long value) {
            return (long) (double) value;
        }

        @Override
        long get(SharedDoubleArray array, long index) {
            return (long) array.get(index);
        }

        @Override
        void set(SharedDoubleArray array, long index, long value) {
            array.set(index, (double) value);
        }

        @Override
        long getAcquire(SharedDoubleArray array, long index) {
            return (long) array.getAcquire(index);
        }

        @Override
        void setRelease(SharedDoubleArray array, long index, long value) {
            array.setRelease(index, (double) value);
        }

        @Override
        long getVolatile(SharedDoubleArray array, long index) {
            return (long) array.getVolatile(index);
        }

        @Override
        void setVolatile(SharedDoubleArray array, long index, long value) {
            array.setVolatile(index, (double) value);
        }

        @Override
        boolean compareAndSet(SharedDoubleArray array, long index, long expected, long update) {
            return array.compareAndSet(index, (double) expected, (double) update);
        }

        @Override
        long getAndSet(SharedDoubleArray array, long index, long value) {
            return (long) array.getAndSet(index, (double) value);
        }

        @Override
        long getAndAdd(SharedDoubleArray array, long index, long delta) {
            return (long) array.getAndAdd(index, (double) delta);
        }

        @Override
        long addAndGet(SharedDoubleArray array, long index, long delta) {
            return (long) array.addAndGet(index, (double) delta);
        }

        @Override
        long updateAndGet(SharedDoubleArray array, long index, LongUnaryOperator function) {
            return (long) array.updateAndGet(index, function == null ? null : x -> function.applyAsLong((long) x));
        }

        @Override
        long accumulateAndGet(SharedDoubleArray array, long index, long value, LongBinaryOperator function) {
            return (long) array.accumulateAndGet(
                    index,
                    (double) value,
                    function == null ? null : (x, y) -> function.applyAsLong((long) x, (long) y));
        }

        @Override
        Object plain(int length) {
            return new double[length];
        }

        @Override
        void put(Object plain, int index, long value) {
            ((double[]) plain)[index] = (double) value;
        }

        @Override
        void getAll(SharedDoubleArray array, long index, Object target) {
            array.get(index, (double[]) target);
        }

        @Override
        void get(SharedDoubleArray array, long index, Object target, int from, int count) {
            array.get(index, (double[]) target, from, count);
        }

        @Override
        void setAll(SharedDoubleArray array, long index, Object values) {
            array.set(index, (double[]) values);
        }

        @Override
        void set(SharedDoubleArray array, long index, Object values, int from, int count) {
            array.set(index, (double[]) values, from, count);
        }

        @Override
        void fill(SharedDoubleArray array, long value) {
            array.fill((double) value);
        }

        @Override
        void fill(SharedDoubleArray array, long from, long count, long value) {
            array.fill(from, count, (double) value);
        }

        @Override
        long[] stream(SharedDoubleArray array) {
            return array.stream().mapToLong(x -> (long) x).toArray();
        }

        @Override
        Buffer asBuffer(SharedDoubleArray array) {
            return array.asBuffer();
        }

        @Override
        Buffer asBuffer(SharedDoubleArray array, long from, int count) {
            return array.asBuffer(from, count);
        }

        @Override
        long get(Buffer buffer, int index) {
            return (long) ((DoubleBuffer) buffer).get(index);
        }
    }
}
