package io.muster.ipc.data;

import io.muster.ipc.internal.cell.Participant;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;

class SharedByteArrayTest extends SharedArrayContract<SharedByteArray> {
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
