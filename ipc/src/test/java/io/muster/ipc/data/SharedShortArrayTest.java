package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedShortArrayTest extends SharedArrayContract<SharedShortArray> {
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
