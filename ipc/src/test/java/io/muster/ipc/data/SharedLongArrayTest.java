package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedLongArrayTest extends SharedArrayContract<SharedLongArray> {
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
