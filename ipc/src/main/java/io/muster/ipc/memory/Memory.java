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

    /** No number and no {@link #directSlice} may lie across a multiple of this many bytes. */
    public static final int PIECE_BYTES = 1 << 30;

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

    /** The 4-aligned int around it must lie within this memory too. */
    public final byte getByteAcquire(long offset) {
        return (byte) (getIntAcquire(wordOf(offset)) >>> shiftOf(offset));
    }

    /** The 4-aligned int around it must lie within this memory too. */
    public final byte getByteVolatile(long offset) {
        return (byte) (getIntVolatile(wordOf(offset)) >>> shiftOf(offset));
    }

    public abstract void putByte(long offset, byte value);

    public abstract void putByteRelease(long offset, byte value);

    public abstract void putByteVolatile(long offset, byte value);

    /**
     * Stores {@code update} if {@code expected} is there, with volatile effect; true if it did. What others do to the bytes
     * beside it does no harm; the 4-aligned int around it must lie within this memory too.
     */
    public final boolean compareAndSetByte(long offset, byte expected, byte update) {
        return compareAndSetPart(offset, 0xFF, Byte.toUnsignedInt(expected), Byte.toUnsignedInt(update));
    }

    public abstract short getShort(long offset);

    public abstract short getShortAcquire(long offset);

    public abstract short getShortVolatile(long offset);

    public abstract void putShort(long offset, short value);

    public abstract void putShortRelease(long offset, short value);

    public abstract void putShortVolatile(long offset, short value);

    /** As {@link #compareAndSetByte}, for an offset that is a multiple of 2. */
    public final boolean compareAndSetShort(long offset, short expected, short update) {
        return compareAndSetPart(offset, 0xFFFF, Short.toUnsignedInt(expected), Short.toUnsignedInt(update));
    }

    private static long wordOf(long offset) {
        return offset & -Integer.BYTES;
    }

    private static int shiftOf(long offset) {
        return ((int) offset & Integer.BYTES - 1) * Byte.SIZE;
    }

    /** Processors have it for these widths, byte buffers have not: by way of the int around it. */
    private boolean compareAndSetPart(long offset, int mask, int expected, int update) {
        long word = wordOf(offset);
        int shift = shiftOf(offset);
        while (true) {
            int seen = getIntVolatile(word);
            if ((seen >>> shift & mask) != expected) {
                return false;
            }
            if (compareAndSetInt(word, seen, seen & ~(mask << shift) | update << shift)) {
                return true;
            }
        }
    }

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

    /** Stores with volatile effect; returns what was there before. */
    public abstract int getAndSetInt(long offset, int value);

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

    /** Stores with volatile effect; returns what was there before. */
    public abstract long getAndSetLong(long offset, long value);

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
