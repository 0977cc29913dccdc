package io.muster.ipc.memory;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * One contiguous piece of bytes, usually shared with other processes: everything above reads and writes through this.
 *
 * <p>All numbers are little-endian. Offsets are in bytes from the start and bounds-checked: a corrupt offset is an
 * {@link IndexOutOfBoundsException}, never a crash of the JVM.
 *
 * <p>The memory order is named at the call. A plain access ({@code getInt}, {@code putLong}) may be reordered, merged
 * or half done when the process is killed; a <em>publish</em> ({@code Release}, {@code Volatile}, {@code
 * compareAndSet}, {@code getAndAdd}) happens wholly or not at all, and whoever sees it sees all plain stores before
 * it. Ordered accesses, opaque ones included, need an offset that is a multiple of their width; plain ones do not,
 * but no number may lie across a multiple of 1 GiB.
 *
 * <p>Thread-safety: any number of threads of any number of processes, as far as the memory order goes. Death: a killed
 * process leaves each aligned number either old or new; what else it leaves is the business of the structure above.
 *
 * <p>There is exactly one production subclass, so that the JIT calls it directly. The other one, a twin for tests,
 * dies on command at any publish.
 */
public abstract class Memory {

    /** Only this package makes memories: a second production subclass would slow every access down. */
    Memory() {}

    /**
     * Private memory over a direct buffer, from its position to its limit: for one process only, such as tests and
     * in-process twins.
     *
     * @param direct its content stays shared with the returned memory; position and limit are not touched
     * @throws IllegalArgumentException if the buffer is not direct, is read-only or does not start 8-aligned
     */
    public static Memory wrap(ByteBuffer direct) {
        Objects.requireNonNull(direct, "direct");
        if (!direct.isDirect() || direct.isReadOnly() || direct.alignmentOffset(direct.position(), 8) != 0) {
            throw new IllegalArgumentException("want a direct, writable buffer whose position is 8-aligned: " + direct);
        }
        return MappedMemory.of(direct.slice());
    }

    /** How many bytes there are; constant. */
    public abstract long size();

    public abstract byte getByte(long offset);

    public abstract void putByte(long offset, byte value);

    public abstract short getShort(long offset);

    public abstract void putShort(long offset, short value);

    public abstract int getInt(long offset);

    public abstract int getIntOpaque(long offset);

    public abstract int getIntAcquire(long offset);

    public abstract int getIntVolatile(long offset);

    public abstract void putInt(long offset, int value);

    public abstract void putIntOpaque(long offset, int value);

    public abstract void putIntRelease(long offset, int value);

    public abstract void putIntVolatile(long offset, int value);

    /** Stores {@code update} if {@code expected} is there, with volatile effect; true if it did. */
    public abstract boolean compareAndSetInt(long offset, int expected, int update);

    /** Adds with volatile effect, wrapping around; returns what was there before. */
    public abstract int getAndAddInt(long offset, int delta);

    public abstract long getLong(long offset);

    public abstract long getLongOpaque(long offset);

    public abstract long getLongAcquire(long offset);

    public abstract long getLongVolatile(long offset);

    public abstract void putLong(long offset, long value);

    public abstract void putLongOpaque(long offset, long value);

    public abstract void putLongRelease(long offset, long value);

    public abstract void putLongVolatile(long offset, long value);

    /** Stores {@code update} if {@code expected} is there, with volatile effect; true if it did. */
    public abstract boolean compareAndSetLong(long offset, long expected, long update);

    /** Adds with volatile effect, wrapping around; returns what was there before. */
    public abstract long getAndAddLong(long offset, long delta);

    public double getDouble(long offset) {
        return Double.longBitsToDouble(getLong(offset));
    }

    public void putDouble(long offset, double value) {
        putLong(offset, Double.doubleToRawLongBits(value));
    }

    public float getFloat(long offset) {
        return Float.intBitsToFloat(getInt(offset));
    }

    public void putFloat(long offset, float value) {
        putInt(offset, Float.floatToRawIntBits(value));
    }

    /** Copies {@code length} bytes from here into {@code target}; plain, in no particular order. */
    public abstract void getBytes(long offset, byte[] target, int targetOffset, int length);

    /** Copies {@code length} bytes of {@code source} to here; plain, in no particular order. */
    public abstract void putBytes(long offset, byte[] source, int sourceOffset, int length);

    /** Copies bytes from here until {@code target} is full, moving its position to its limit. */
    public abstract void getBytes(long offset, ByteBuffer target);

    /** Copies what remains in {@code source} to here, moving its position to its limit. */
    public abstract void putBytes(long offset, ByteBuffer source);

    /** Overwrites with zeros; plain, in no particular order. */
    public abstract void setZero(long offset, long length);

    /**
     * The same bytes as a direct buffer that begins exactly at {@code offset}: for native calls that want an address.
     * Keep this memory reachable for as long as the address is in use.
     *
     * @throws UnsupportedOperationException if these bytes have no address
     * @throws IndexOutOfBoundsException if they lie across a multiple of 1 GiB
     */
    public abstract ByteBuffer directSlice(long offset, int length);
}
