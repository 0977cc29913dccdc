package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedFloatArrayTest extends SharedArrayContract<SharedFloatArray> {
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
