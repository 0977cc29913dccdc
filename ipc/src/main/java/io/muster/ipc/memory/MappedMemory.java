package io.muster.ipc.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Memory made of direct buffers: the one that production code uses, mapped or not.
 *
 * <p>A buffer holds less than 2 GiB, so a large memory is cut into pieces of 1 GiB. The first
 * piece has a field of its own: nearly all memories consist of it alone.
 */
final class MappedMemory extends Memory {

    private static final int PIECE_BITS = Integer.numberOfTrailingZeros(PIECE_BYTES);

    // Exact behaviour: a call whose types do not fit throws, where it would otherwise box and cost 100 times as much.
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final ByteBuffer first;
    private final ByteBuffer[] pieces;
    private final long size;

    private MappedMemory(ByteBuffer[] pieces) {
        this.first = pieces[0];
        this.pieces = pieces;
        this.size = (long) (pieces.length - 1) * PIECE_BYTES + pieces[pieces.length - 1].capacity();
    }

    /** Over buffers from 0 to capacity; all but the last have {@link #PIECE_BYTES} bytes. */
    static MappedMemory of(ByteBuffer... pieces) {
        return new MappedMemory(pieces);
    }

    private static VarHandle view(Class<?> arrayClass) {
        return MethodHandles.byteBufferViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN)
                .withInvokeExactBehavior();
    }

    private ByteBuffer piece(long offset) {
        long index = offset >>> PIECE_BITS;
        return index == 0 ? first : pieces[(int) Objects.checkIndex(index, (long) pieces.length)];
    }

    private static int inPiece(long offset) {
        return (int) offset & (PIECE_BYTES - 1);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public byte getByte(long offset) {
        return piece(offset).get(inPiece(offset));
    }

    @Override
    public void putByte(long offset, byte value) {
        piece(offset).put(inPiece(offset), value);
    }

    @Override
    public void putByteRelease(long offset, byte value) {
        VarHandle.releaseFence();
        putByte(offset, value);
    }

    @Override
    public void putByteVolatile(long offset, byte value) {
        putByteRelease(offset, value);
        VarHandle.fullFence();
    }

    @Override
    public short getShort(long offset) {
        return (short) SHORT.get(piece(offset), inPiece(offset));
    }

    @Override
    public short getShortAcquire(long offset) {
        return (short) SHORT.getAcquire(piece(offset), inPiece(offset));
    }

    @Override
    public short getShortVolatile(long offset) {
        return (short) SHORT.getVolatile(piece(offset), inPiece(offset));
    }

    @Override
    public void putShortRelease(long offset, short value) {
        SHORT.setRelease(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putShortVolatile(long offset, short value) {
        SHORT.setVolatile(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putShort(long offset, short value) {
        SHORT.set(piece(offset), inPiece(offset), value);
    }

    @Override
    public int getInt(long offset) {
        return (int) INT.get(piece(offset), inPiece(offset));
    }

    @Override
    public int getIntOpaque(long offset) {
        return (int) INT.getOpaque(piece(offset), inPiece(offset));
    }

    @Override
    public int getIntAcquire(long offset) {
        return (int) INT.getAcquire(piece(offset), inPiece(offset));
    }

    @Override
    public int getIntVolatile(long offset) {
        return (int) INT.getVolatile(piece(offset), inPiece(offset));
    }

    @Override
    public void putInt(long offset, int value) {
        INT.set(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putIntOpaque(long offset, int value) {
        INT.setOpaque(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putIntRelease(long offset, int value) {
        INT.setRelease(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putIntVolatile(long offset, int value) {
        INT.setVolatile(piece(offset), inPiece(offset), value);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int update) {
        return INT.compareAndSet(piece(offset), inPiece(offset), expected, update);
    }

    @Override
    public int getAndSetInt(long offset, int value) {
        return (int) INT.getAndSet(piece(offset), inPiece(offset), value);
    }

    @Override
    public int getAndAddInt(long offset, int delta) {
        return (int) INT.getAndAdd(piece(offset), inPiece(offset), delta);
    }

    @Override
    public long getLong(long offset) {
        return (long) LONG.get(piece(offset), inPiece(offset));
    }

    @Override
    public long getLongOpaque(long offset) {
        return (long) LONG.getOpaque(piece(offset), inPiece(offset));
    }

    @Override
    public long getLongAcquire(long offset) {
        return (long) LONG.getAcquire(piece(offset), inPiece(offset));
    }

    @Override
    public long getLongVolatile(long offset) {
        return (long) LONG.getVolatile(piece(offset), inPiece(offset));
    }

    @Override
    public void putLong(long offset, long value) {
        LONG.set(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putLongOpaque(long offset, long value) {
        LONG.setOpaque(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putLongRelease(long offset, long value) {
        LONG.setRelease(piece(offset), inPiece(offset), value);
    }

    @Override
    public void putLongVolatile(long offset, long value) {
        LONG.setVolatile(piece(offset), inPiece(offset), value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long update) {
        return LONG.compareAndSet(piece(offset), inPiece(offset), expected, update);
    }

    @Override
    public long getAndSetLong(long offset, long value) {
        return (long) LONG.getAndSet(piece(offset), inPiece(offset), value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        return (long) LONG.getAndAdd(piece(offset), inPiece(offset), delta);
    }

    @Override
    public void getBytes(long offset, byte[] target, int targetOffset, int length) {
        Objects.checkFromIndexSize(targetOffset, length, target.length);
        Objects.checkFromIndexSize(offset, length, size);
        for (int done = 0; done < length; ) {
            int n = untilPieceEnds(offset + done, length - done);
            piece(offset + done).get(inPiece(offset + done), target, targetOffset + done, n);
            done += n;
        }
    }

    @Override
    public void putBytes(long offset, byte[] source, int sourceOffset, int length) {
        Objects.checkFromIndexSize(sourceOffset, length, source.length);
        Objects.checkFromIndexSize(offset, length, size);
        for (int done = 0; done < length; ) {
            int n = untilPieceEnds(offset + done, length - done);
            piece(offset + done).put(inPiece(offset + done), source, sourceOffset + done, n);
            done += n;
        }
    }

    @Override
    public void getBytes(long offset, ByteBuffer target) {
        Objects.checkFromIndexSize(offset, target.remaining(), size);
        for (long at = offset; target.hasRemaining(); ) {
            int n = untilPieceEnds(at, target.remaining());
            target.put(target.position(), piece(at), inPiece(at), n);
            target.position(target.position() + n);
            at += n;
        }
    }

    @Override
    public void putBytes(long offset, ByteBuffer source) {
        Objects.checkFromIndexSize(offset, source.remaining(), size);
        for (long at = offset; source.hasRemaining(); ) {
            int n = untilPieceEnds(at, source.remaining());
            piece(at).put(inPiece(at), source, source.position(), n);
            source.position(source.position() + n);
            at += n;
        }
    }

    @Override
    public void setZero(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, size);
        byte[] zeros = new byte[(int) Math.min(length, 8192)];
        for (long done = 0; done < length; ) {
            int n = (int) Math.min(zeros.length, length - done);
            putBytes(offset + done, zeros, 0, n);
            done += n;
        }
    }

    @Override
    public ByteBuffer directSlice(long offset, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        return piece(offset).slice(inPiece(offset), length);
    }

    private static int untilPieceEnds(long offset, int wanted) {
        return Math.min(wanted, PIECE_BYTES - inPiece(offset));
    }
}
