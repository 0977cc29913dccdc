package io.muster.ipc.data;

import io.muster.ipc.codec.CodecInput;
import io.muster.ipc.codec.CodecOutput;
import io.muster.ipc.codec.ObjectCodec;
import java.util.Arrays;

/**
 * What one operation of a map works with: the encoded key, the value that was found, the value to be stored. Each thread keeps
 * one for each depth of operations inside operations, so that operations allocate nothing. For one thread.
 */
final class MapScratch {
    private static final ThreadLocal<MapScratch> OF_THREAD = ThreadLocal.withInitial(MapScratch::new);
    /** Larger buffers are not kept for the next operation. */
    private static final int MOST_KEPT_BYTES = 64 * 1024;

    // The key.
    byte[] keyBytes;
    int keyLength;
    long hash;

    // Where it is: filled in under the stripe's lock.
    int slot;
    long entry;

    // The value that was found.
    int foundKind;
    long foundVersion;
    long foundExpiry;
    long foundNumber;
    private byte[] foundFile;
    private CodecInput in = new CodecInput();

    // The value to be stored.
    int newKind;
    long newNumber;
    long newExpiry;
    byte[] newBytes;
    int newLength;

    private CodecOutput keyOutput = new CodecOutput();
    private CodecOutput valueOutput = new CodecOutput();
    private boolean busy;
    private MapCore computing;
    private MapScratch inner;

    /** For an operation that only reads. {@link #giveBack} belongs into a finally block. */
    static MapScratch take() {
        MapScratch scratch = OF_THREAD.get();
        while (scratch.busy) {
            scratch = scratch.inner();
        }
        scratch.busy = true;
        return scratch;
    }

    /**
     * For an operation that may change {@code map}.
     *
     * @throws IllegalStateException if this thread is inside a function that the map called
     */
    static MapScratch takeToWrite(MapCore map) {
        MapScratch scratch = OF_THREAD.get();
        while (scratch.busy) {
            if (scratch.computing == map) {
                throw new IllegalStateException(
                        "a function that " + map + " has called wants to change that same map: it"
                                + " holds a lock of it, so nothing was changed. Return the new value, or do it afterwards.");
            }
            scratch = scratch.inner();
        }
        scratch.busy = true;
        return scratch;
    }

    /** Whether this thread is inside a function that the map called, so that it holds one of its locks. */
    static boolean isComputing(MapCore map) {
        for (MapScratch scratch = OF_THREAD.get(); scratch != null && scratch.busy; scratch = scratch.inner) {
            if (scratch.computing == map) {
                return true;
            }
        }
        return false;
    }

    private MapScratch inner() {
        if (inner == null) {
            inner = new MapScratch();
        }
        return inner;
    }

    /** Code of the user runs from here, under a lock of that map; null: until here. */
    void setComputing(MapCore map) {
        computing = map;
    }

    void giveBack() {
        if (keyOutput.array().length > MOST_KEPT_BYTES) {
            keyOutput = new CodecOutput();
        }
        if (valueOutput.array().length > 2 * MOST_KEPT_BYTES) {
            valueOutput = new CodecOutput();
        }
        if (foundFile != null) {
            foundFile = null;
            in = new CodecInput();
        }
        computing = null;
        busy = false;
    }

    void encodeKey(ObjectCodec codec, Object key, long seed) {
        CodecOutput out = keyOutput;
        out.reset();
        codec.write(out, key);
        keyLength = out.position();
        out.writeLong(0); // so that it can be read in words
        keyBytes = out.array();
        hash = MapHash.of(keyBytes, keyLength, seed);
    }

    /** A key that is encoded already, with 8 zeros behind it. */
    void setKey(byte[] bytes, int length, long seed) {
        keyBytes = bytes;
        keyLength = length;
        hash = MapHash.of(bytes, length, seed);
    }

    void encodeValue(ObjectCodec codec, Object value) {
        newBytes = null;
        newLength = 0;
        if (value instanceof Long number) {
            newKind = StripeLayout.LONG;
            newNumber = number;
        } else if (value instanceof Integer number) {
            newKind = StripeLayout.INTEGER;
            newNumber = number;
        } else if (value instanceof Double number) {
            newKind = StripeLayout.DOUBLE;
            newNumber = Double.doubleToLongBits(number);
        } else {
            CodecOutput out = valueOutput;
            out.reset();
            codec.write(out, value);
            newLength = out.position();
            newKind = newLength > StripeLayout.LONGEST_INLINE ? StripeLayout.FILE : StripeLayout.BYTES;
            out.writeLong(0); // padding
            newBytes = out.array();
        }
    }

    void setLong(long number) {
        newBytes = null;
        newLength = 0;
        newKind = StripeLayout.LONG;
        newNumber = number;
    }

    /** To be called behind one of the two above. */
    void setExpiry(boolean expires, long at) {
        newKind = expires ? newKind | StripeLayout.EXPIRES : newKind & ~StripeLayout.EXPIRES;
        newExpiry = at;
    }

    int newInlineLength() {
        return StripeLayout.typeOf(newKind) == StripeLayout.BYTES ? newLength : 0;
    }

    CodecInput in() {
        return in;
    }

    void setFoundFile(byte[] bytes) {
        foundFile = bytes;
        in.wrap(bytes, 0, bytes.length);
    }

    /** A copy of the encoding that was found; not for numbers. */
    byte[] foundBytes() {
        if (foundFile != null) {
            return foundFile;
        }
        byte[] bytes = new byte[in.remaining()];
        in.readBytes(bytes, 0, bytes.length);
        return bytes;
    }

    /** Whether the large value that was found has the bytes of the new one. */
    boolean isFoundFileNew() {
        return Arrays.equals(foundFile, 0, foundFile.length, newBytes, 0, newLength);
    }

    /** The value that was found, as an object: code of the user may run. */
    Object decodeFound(ObjectCodec codec) {
        return switch (StripeLayout.typeOf(foundKind)) {
            case StripeLayout.LONG -> Long.valueOf(foundNumber);
            case StripeLayout.INTEGER -> Integer.valueOf((int) foundNumber);
            case StripeLayout.DOUBLE -> Double.valueOf(Double.longBitsToDouble(foundNumber));
            default -> codec.readLast(in);
        };
    }
}
