package io.muster.ipc.memory;

import io.muster.ipc.memory.CrashPoint.Unpublished;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * One party's view of memory that it shares with others in the same JVM, and its death at any publish.
 *
 * <p>Plain stores stay private until the party's next publish, which is the latest that a JIT and a CPU may leave it to.
 * At its death none, all, or a random subset of those that wait is applied. Afterwards every access throws {@link Died}.
 */
public final class CrashingMemory extends Memory {
    private final Memory shared;
    private final CrashPoint point;
    private final List<Store> waiting = new ArrayList<>();

    /** A plain store of at most 8 bytes, as such it is applied whole or not at all. */
    private record Store(long offset, byte[] bytes) {}

    public CrashingMemory(Memory shared, CrashPoint point) {
        this.shared = shared;
        this.point = point;
        point.beforeDeath(this::applySome);
        point.onPublish(this::applyAll);
    }

    private synchronized void applySome() {
        SplittableRandom random = new SplittableRandom(point.seed());
        for (Store store : waiting) {
            boolean applied = point.unpublished() == Unpublished.ALL
                    || point.unpublished() == Unpublished.RANDOM && random.nextBoolean();
            if (applied) {
                shared.putBytes(store.offset, store.bytes, 0, store.bytes.length);
            }
        }
        waiting.clear();
    }

    private synchronized void applyAll() {
        for (Store store : waiting) {
            shared.putBytes(store.offset, store.bytes, 0, store.bytes.length);
        }
        waiting.clear();
    }

    /** Before an ordered write: the party may die here; if not, all that it stored before is seen now. */
    private void publishing(String what, long offset) {
        point.before(what + " at " + offset);
        point.published();
    }

    private void store(long offset, byte[] bytes) {
        point.checkAlive();
        Objects.checkFromIndexSize(offset, bytes.length, shared.size());
        waiting.add(new Store(offset, bytes));
    }

    /** As this party sees it: its own waiting stores over what is shared. */
    private byte[] load(long offset, int length) {
        point.checkAlive();
        byte[] bytes = new byte[length];
        shared.getBytes(offset, bytes, 0, length);
        for (Store store : waiting) {
            long from = Math.max(offset, store.offset);
            long to = Math.min(offset + length, store.offset + store.bytes.length);
            for (long at = from; at < to; at++) {
                bytes[(int) (at - offset)] = store.bytes[(int) (at - store.offset)];
            }
        }
        return bytes;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long size() {
        return shared.size();
    }

    @Override
    public synchronized byte getByte(long offset) {
        return load(offset, 1)[0];
    }

    @Override
    public synchronized void putByte(long offset, byte value) {
        store(offset, new byte[] {value});
    }

    @Override
    public synchronized void putByteRelease(long offset, byte value) {
        publishing("put byte " + value, offset);
        shared.putByteRelease(offset, value);
    }

    @Override
    public synchronized void putByteVolatile(long offset, byte value) {
        publishing("put byte " + value, offset);
        shared.putByteVolatile(offset, value);
    }

    @Override
    public synchronized short getShort(long offset) {
        return buffer(load(offset, Short.BYTES)).getShort();
    }

    @Override
    public synchronized short getShortAcquire(long offset) {
        return getShort(offset);
    }

    @Override
    public synchronized short getShortVolatile(long offset) {
        return getShort(offset);
    }

    @Override
    public synchronized void putShortRelease(long offset, short value) {
        publishing("put short " + value, offset);
        shared.putShortRelease(offset, value);
    }

    @Override
    public synchronized void putShortVolatile(long offset, short value) {
        publishing("put short " + value, offset);
        shared.putShortVolatile(offset, value);
    }

    @Override
    public synchronized void putShort(long offset, short value) {
        store(offset, buffer(new byte[Short.BYTES]).putShort(value).array());
    }

    @Override
    public synchronized int getInt(long offset) {
        return buffer(load(offset, Integer.BYTES)).getInt();
    }

    @Override
    public synchronized int getIntOpaque(long offset) {
        return getInt(offset);
    }

    @Override
    public synchronized int getIntAcquire(long offset) {
        return getInt(offset);
    }

    @Override
    public synchronized int getIntVolatile(long offset) {
        return getInt(offset);
    }

    @Override
    public synchronized void putInt(long offset, int value) {
        store(offset, buffer(new byte[Integer.BYTES]).putInt(value).array());
    }

    @Override
    public synchronized void putIntOpaque(long offset, int value) {
        putInt(offset, value);
    }

    @Override
    public synchronized void putIntRelease(long offset, int value) {
        publishing("put int " + value, offset);
        shared.putIntRelease(offset, value);
    }

    @Override
    public synchronized void putIntVolatile(long offset, int value) {
        publishing("put int " + value, offset);
        shared.putIntVolatile(offset, value);
    }

    @Override
    public synchronized boolean compareAndSetInt(long offset, int expected, int update) {
        publishing("CAS int " + expected + " -> " + update, offset);
        return shared.compareAndSetInt(offset, expected, update);
    }

    @Override
    public synchronized int getAndSetInt(long offset, int value) {
        publishing("swap int " + value, offset);
        return shared.getAndSetInt(offset, value);
    }

    @Override
    public synchronized int getAndAddInt(long offset, int delta) {
        publishing("add int " + delta, offset);
        return shared.getAndAddInt(offset, delta);
    }

    @Override
    public synchronized long getLong(long offset) {
        return buffer(load(offset, Long.BYTES)).getLong();
    }

    @Override
    public synchronized long getLongOpaque(long offset) {
        return getLong(offset);
    }

    @Override
    public synchronized long getLongAcquire(long offset) {
        return getLong(offset);
    }

    @Override
    public synchronized long getLongVolatile(long offset) {
        return getLong(offset);
    }

    @Override
    public synchronized void putLong(long offset, long value) {
        store(offset, buffer(new byte[Long.BYTES]).putLong(value).array());
    }

    @Override
    public synchronized void putLongOpaque(long offset, long value) {
        putLong(offset, value);
    }

    @Override
    public synchronized void putLongRelease(long offset, long value) {
        publishing("put long 0x" + Long.toHexString(value), offset);
        shared.putLongRelease(offset, value);
    }

    @Override
    public synchronized void putLongVolatile(long offset, long value) {
        publishing("put long 0x" + Long.toHexString(value), offset);
        shared.putLongVolatile(offset, value);
    }

    @Override
    public synchronized boolean compareAndSetLong(long offset, long expected, long update) {
        publishing("CAS long 0x" + Long.toHexString(expected) + " -> 0x" + Long.toHexString(update), offset);
        return shared.compareAndSetLong(offset, expected, update);
    }

    @Override
    public synchronized long getAndSetLong(long offset, long value) {
        publishing("swap long " + value, offset);
        return shared.getAndSetLong(offset, value);
    }

    @Override
    public synchronized long getAndAddLong(long offset, long delta) {
        publishing("add long " + delta, offset);
        return shared.getAndAddLong(offset, delta);
    }

    @Override
    public synchronized void getBytes(long offset, byte[] target, int targetOffset, int length) {
        System.arraycopy(load(offset, length), 0, target, targetOffset, length);
    }

    @Override
    public synchronized void putBytes(long offset, byte[] source, int sourceOffset, int length) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(offset, length, shared.size());
        for (int done = 0; done < length; ) {
            int n = (int) Math.min(Long.BYTES - (offset + done) % Long.BYTES, length - done);
            int from = sourceOffset + done;
            store(offset + done, Arrays.copyOfRange(source, from, from + n));
            done += n;
        }
    }

    @Override
    public synchronized void getBytes(long offset, ByteBuffer target) {
        target.put(load(offset, target.remaining()));
    }

    @Override
    public synchronized void putBytes(long offset, ByteBuffer source) {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        putBytes(offset, bytes, 0, bytes.length);
    }

    @Override
    public synchronized void setZero(long offset, long length) {
        putBytes(offset, new byte[Math.toIntExact(length)], 0, (int) length);
    }

    /** There is no address at which this party's waiting stores could be seen. */
    @Override
    public ByteBuffer directSlice(long offset, int length) {
        throw new UnsupportedOperationException("a crashing memory has no address");
    }
}
