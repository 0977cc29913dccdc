package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedIntArrayTest extends SharedArrayContract<SharedIntArray> {
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
