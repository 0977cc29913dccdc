package io.muster.ipc.codec;

import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes that encodings are appended to. Numbers are little-endian. Reusable: {@link #reset()} keeps the
 * array, so a warm output allocates nothing.
 *
 * <p>For one thread at a time.
 *
 * @see CodecInput
 */
public final class CodecOutput {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final int DEFAULT_BYTES = 256;

    private byte[] bytes;
    private ByteBuffer view;
    private int position;

    // What ObjectCodec keeps while it writes one message.
    ObjectCodec codec;
    JavaWriter javaWriter;
    int depth;
    /** Whether anything since this was last cleared needs classes or code of the user to be read. */
    boolean foreign;

    /** An output of 256 bytes at first. */
    public CodecOutput() {
        this(DEFAULT_BYTES);
    }

    /**
     * An output of {@code initialBytes} at first.
     *
     * @throws IllegalArgumentException if that is negative
     */
    public CodecOutput(int initialBytes) {
        if (initialBytes < 0) {
            throw new IllegalArgumentException("initialBytes=" + initialBytes + " < 0");
        }
        replaceArray(new byte[Math.max(initialBytes, Long.BYTES)]);
    }

    /** Returns how many bytes were written. */
    public int position() {
        return position;
    }

    /** Forgets what was written; the array stays. */
    public void reset() {
        position = 0;
        depth = 0;
        codec = null;
        javaWriter = null;
    }

    /** Returns the array that holds the bytes from 0 to {@link #position()}; not a copy, and replaced when it grows. */
    public byte[] array() {
        return bytes;
    }

    /** Returns a copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, position);
    }

    /** Appends the low 8 bits of {@code value}. */
    public void writeByte(int value) {
        ensure(1);
        bytes[position++] = (byte) value;
    }

    /** Appends one byte: 1 or 0. */
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** Appends the low 16 bits of {@code value}. */
    public void writeShort(int value) {
        ensure(Short.BYTES);
        view.putShort(position, (short) value);
        position += Short.BYTES;
    }

    /** Appends 4 bytes. */
    public void writeInt(int value) {
        ensure(Integer.BYTES);
        view.putInt(position, value);
        position += Integer.BYTES;
    }

    /** Appends 8 bytes. */
    public void writeLong(long value) {
        ensure(Long.BYTES);
        view.putLong(position, value);
        position += Long.BYTES;
    }

    /** Appends 4 bytes; every NaN becomes the same one. */
    public void writeFloat(float value) {
        writeInt(Float.floatToIntBits(value));
    }

    /** Appends 8 bytes; every NaN becomes the same one. */
    public void writeDouble(double value) {
        writeLong(Double.doubleToLongBits(value));
    }

    /** Appends 1 to 5 bytes, fewer for smaller numbers; a negative one takes 5. */
    public void writeVarInt(int value) {
        ensure(5);
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
    }

    /** Appends {@code length} bytes of {@code source}, without their number. */
    public void writeBytes(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        ensure(length);
        System.arraycopy(source, offset, bytes, position, length);
        position += length;
    }

    /** Appends all bytes of {@code source}, without their number. */
    public void writeBytes(byte[] source) {
        writeBytes(source, 0, source.length);
    }

    /** Appends a string: any, lone surrogates included. One byte a character if all are Latin-1, else two. */
    public void writeString(String value) {
        Strings.write(this, value);
    }

    /** Appends an object in the way of the {@link ObjectCodec} that called this {@link Codec}. Only for codecs. */
    public void writeObject(Object value) {
        if (codec == null) {
            throw new IllegalStateException(
                    "writeObject is for a Codec while an ObjectCodec writes; use ObjectCodec.write");
        }
        codec.writeValue(this, value);
    }

    /** Copies what was written to {@code memory}, from {@code offset} on. */
    public void writeTo(Memory memory, long offset) {
        Objects.requireNonNull(memory, "memory");
        memory.putBytes(offset, bytes, 0, position);
    }

    void writeTagged(int tag, int value) {
        ensure(1 + Integer.BYTES);
        bytes[position] = (byte) tag;
        view.putInt(position + 1, value);
        position += 1 + Integer.BYTES;
    }

    void writeTagged(int tag, long value) {
        ensure(1 + Long.BYTES);
        bytes[position] = (byte) tag;
        view.putLong(position + 1, value);
        position += 1 + Long.BYTES;
    }

    /** Notes that {@code container} is being written; {@link #leave} is its counterpart. */
    void enter(Object container) {
        if (++depth > ObjectCodec.DEEPEST) {
            throw Refusals.tooDeep(container);
        }
    }

    void leave() {
        depth--;
    }

    /** Leaves room for the length of a definition, 16 bits; the definition follows, then {@link #endDefinition}. */
    int startDefinition() {
        writeShort(0);
        return position;
    }

    void endDefinition(int start) {
        int length = position - start;
        if (length > 0xffff) {
            throw new EncodeException("names of " + length + " bytes: a definition has room for " + 0xffff, null, null);
        }
        view.putShort(start - Short.BYTES, (short) length);
    }

    /** Makes room for {@code count} times {@code bytesEach}. */
    void ensure(int count, int bytesEach) {
        if ((long) count * bytesEach > bytes.length - position) {
            grow((long) count * bytesEach);
        }
    }

    /** Makes room for {@code count} more bytes. */
    void ensure(int count) {
        if (count > bytes.length - position) {
            grow(count);
        }
    }

    /** The array as a little-endian buffer, for stores by absolute index after {@link #ensure}. */
    ByteBuffer view() {
        return view;
    }

    /** Counts {@code count} bytes, stored through {@link #view} or {@link #array}, as written. */
    void advance(int count) {
        position += count;
    }

    /** Goes back to where {@code position} was. */
    void truncate(int earlier) {
        position = earlier;
    }

    private void grow(long count) {
        long needed = position + count;
        if (needed > LARGEST_ARRAY) {
            throw new EncodeException(
                    "an encoding may have " + LARGEST_ARRAY + " bytes, this one needs at least " + needed
                            + ": send it in parts, or put the data in a file or shared array and send the handle",
                    null,
                    null);
        }
        replaceArray(Arrays.copyOf(bytes, (int) Math.min(LARGEST_ARRAY, Math.max(needed, bytes.length * 2L))));
    }

    private void replaceArray(byte[] array) {
        bytes = array;
        view = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    }
}
