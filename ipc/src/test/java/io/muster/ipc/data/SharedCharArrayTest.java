package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedCharArrayTest extends SharedArrayContract<SharedCharArray> {
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
