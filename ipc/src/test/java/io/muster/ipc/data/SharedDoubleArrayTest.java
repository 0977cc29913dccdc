package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedDoubleArrayTest extends SharedArrayContract<SharedDoubleArray> {
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
                index, (double) value, function == null ? null : (x, y) -> function.applyAsLong((long) x, (long) y));
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
