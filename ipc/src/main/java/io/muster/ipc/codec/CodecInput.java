package io.muster.ipc.codec;

import io.muster.ipc.internal.cell.Arrival;
import io.muster.ipc.memory.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Reads what {@link CodecOutput} wrote. Every read is checked against the end of the encoding, and every length is checked
 * against what is left before anything is allocated; what does not fit is a {@link DecodeException}.
 *
 * <p>For one thread at a time. The bytes are not copied: they must not change while they are read.
 */
public final class CodecInput {
    private static final byte[] NOTHING = {};
    private static final ByteBuffer VIEW_OF_NOTHING = ByteBuffer.wrap(NOTHING).order(ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = NOTHING;
    private byte[] copy = NOTHING;
    private ByteBuffer view = VIEW_OF_NOTHING;
    private int position;
    private int end;

    // What ObjectCodec keeps while it reads one message.
    ObjectCodec codec;
    JavaReader javaReader;
    /** Where handles are noted that arrive in it; null until there may be any. */
    Arrival arrival;
    /** The lambda that comes next is run once, if it is of such an interface; null: none is. */
    Class<?>[] runOnce;

    int depth;
    /** Elements that open containers have still to read, each at least one byte: a nested count may not claim those. */
    private int owed;

    /** An input over nothing; {@link #wrap} comes next. */
    public CodecInput() {}

    /** An input over all of {@code bytes}. */
    public CodecInput(byte[] bytes) {
        wrap(bytes, 0, bytes.length);
    }

    /**
     * Starts over with other bytes.
     *
     * @return this
     * @throws IndexOutOfBoundsException if the range is not inside the array
     */
    public CodecInput wrap(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        if (bytes != source) {
            bytes = source;
            view = ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN);
        }
        position = offset;
        end = offset + length;
        owed = 0;
        depth = 0;
        codec = null;
        javaReader = null;
        runOnce = null;
        return this;
    }

    /**
     * Starts over with a copy of {@code length} bytes of {@code memory}, so that what another process writes there later is
     * not seen. The copy reuses this input's array if it has one of its own that is large enough.
     *
     * @return this
     */
    public CodecInput copyFrom(Memory memory, long offset, int length) {
        Objects.requireNonNull(memory, "memory");
        if (copy.length < length) {
            copy = new byte[Math.max(length, 256)];
        }
        memory.getBytes(offset, copy, 0, length);
        return wrap(copy, 0, length);
    }

    /** Returns how many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** Reads one signed byte. */
    public byte readByte() {
        require(1);
        return bytes[position++];
    }

    /** Reads one byte that must be 1 or 0. */
    public boolean readBoolean() {
        byte value = readByte();
        if (value != 0 && value != 1) {
            throw DecodeException.corrupt("expected a boolean (0 or 1) at byte " + (position - 1) + ", found " + value);
        }
        return value == 1;
    }

    /** Reads 2 bytes. */
    public short readShort() {
        return view.getShort(take(Short.BYTES));
    }

    /** Reads 4 bytes. */
    public int readInt() {
        return view.getInt(take(Integer.BYTES));
    }

    /** Reads 8 bytes. */
    public long readLong() {
        return view.getLong(take(Long.BYTES));
    }

    /** Reads 4 bytes. */
    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    /** Reads 8 bytes. */
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    /** Reads what {@link CodecOutput#writeVarInt} wrote. */
    public int readVarInt() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = readByte();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw DecodeException.corrupt("a number of more than 5 bytes ends at byte " + position);
    }

    /**
     * Reads a count that was written by {@link CodecOutput#writeVarInt} and is followed by that many things.
     *
     * @param bytesEach the least that each of them takes
     * @return the count: so many can be there, so an array of that length may be allocated
     * @throws DecodeException if fewer bytes are left
     */
    public int readCount(int bytesEach) {
        return checkCount(readVarInt(), bytesEach);
    }

    /** Returns {@code count} if that many things of at least {@code bytesEach} can be there; owed bytes are not counted. */
    int checkCount(int count, int bytesEach) {
        if (count < 0 || (long) count * bytesEach > (long) remaining() - owed) {
            throw DecodeException.corrupt(
                    "a count of " + Integer.toUnsignedString(count) + " x " + bytesEach + " bytes before byte "
                            + position + ", where " + Math.max(0, remaining() - owed) + " bytes are left");
        }
        return count;
    }

    /** Fills {@code length} bytes of {@code target}. */
    public void readBytes(byte[] target, int offset, int length) {
        System.arraycopy(bytes, take(length), target, offset, length);
    }

    /** Reads what {@link CodecOutput#writeString} wrote. */
    public String readString() {
        return Strings.read(this);
    }

    /** Reads an object in the way of the {@link ObjectCodec} that called this {@link Codec}. Only for codecs. */
    public Object readObject() {
        if (codec == null) {
            throw new IllegalStateException(
                    "readObject is for a Codec while an ObjectCodec reads; use ObjectCodec.read");
        }
        return codec.readValue(this);
    }

    /** Passes over {@code count} bytes and returns the index of the first. */
    int take(int count) {
        require(count);
        int start = position;
        position += count;
        return start;
    }

    /** The array as a little-endian buffer, for loads at indices that {@link #take} returned. */
    ByteBuffer view() {
        return view;
    }

    byte[] array() {
        return bytes;
    }

    int position() {
        return position;
    }

    void goTo(int earlier) {
        position = earlier;
    }

    void owe(int count) {
        owed += count;
    }

    void paid() {
        owed--;
    }

    int owed() {
        return owed;
    }

    void owed(int count) {
        owed = count;
    }

    /** By whoever runs code that may make handles: if this message cannot be read, they are closed. */
    void expectHandles() {
        if (arrival == null) {
            arrival = Arrival.begin();
        }
    }

    /** The reading of a message is over, well or not; that of the one around it goes on. */
    void endArrival(boolean read, Arrival around) {
        if (arrival != null) {
            if (read) {
                arrival.keep();
            }
            arrival.close();
        }
        arrival = around;
    }

    void enter() {
        if (++depth > ObjectCodec.DEEPEST) {
            throw DecodeException.corrupt("nested more than " + ObjectCodec.DEEPEST + " levels deep");
        }
    }

    void leave() {
        depth--;
    }

    /** Whether the lambda that begins here is run once; the ones that it captured are not. */
    boolean takeRunOnce(String interfaceClass) {
        Class<?>[] interfaces = runOnce;
        if (interfaces == null) {
            return false;
        }
        runOnce = null;
        for (Class<?> each : interfaces) {
            if (each.getName().replace('.', '/').equals(interfaceClass)) {
                return true;
            }
        }
        return false;
    }

    int readDefinitionLength() {
        return readShort() & 0xffff;
    }

    /** An input over bytes that were already taken from this one. */
    CodecInput definition(int start, int length) {
        return new CodecInput().wrap(bytes, start, length);
    }

    /** Sets where reading must end and returns where it had to before. */
    int limit(int newEnd) {
        int before = end;
        end = newEnd;
        return before;
    }

    private void require(int count) {
        if (count > end - position || count < 0) {
            throw DecodeException.corrupt(
                    "cut short: wanted " + count + " bytes at byte " + position + ", " + remaining() + " are left");
        }
    }
}
