package io.muster.ipc.data;

import io.muster.ipc.codec.ObjectCodec;
import java.util.Arrays;

/** One entry as it was copied out of a stripe, not decoded yet. Equal to another if the keys are. */
final class MapItem {
    private final byte[] key;
    private final int keyLength;
    final int type;
    final long version;
    final long number;
    private final byte[] value;

    /**
     * @param key with zeros behind it up to a multiple of 8
     * @param value null for a number, or if it lies in a file
     */
    MapItem(byte[] key, int keyLength, int type, long version, long number, byte[] value) {
        this.key = key;
        this.keyLength = keyLength;
        this.type = type;
        this.version = version;
        this.number = number;
        this.value = value;
    }

    /** Makes it the scratch's key. */
    void toScratch(MapScratch scratch, long seed) {
        scratch.setKey(key, keyLength, seed);
    }

    boolean needsFile() {
        return type == StripeLayout.FILE && value == null;
    }

    /** The same key with what the scratch has found for it. */
    MapItem with(int foundType, MapScratch scratch) {
        byte[] bytes = StripeLayout.isNumber(foundType) ? null : scratch.foundBytes();
        return new MapItem(key, keyLength, foundType, scratch.foundVersion, scratch.foundNumber, bytes);
    }

    Object decodeKey(ObjectCodec codec) {
        return codec.decode(key, 0, keyLength);
    }

    Object decodeValue(ObjectCodec codec) {
        return switch (type) {
            case StripeLayout.LONG -> Long.valueOf(number);
            case StripeLayout.INTEGER -> Integer.valueOf((int) number);
            case StripeLayout.DOUBLE -> Double.valueOf(Double.longBitsToDouble(number));
            default -> codec.decode(value);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MapItem item && Arrays.equals(key, 0, keyLength, item.key, 0, item.keyLength);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
