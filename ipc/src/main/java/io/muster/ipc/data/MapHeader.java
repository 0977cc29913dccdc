package io.muster.ipc.data;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** What the header file of a map says about all of it: written once, then constant. */
final class MapHeader {
    final int stripes;
    final int flags;
    final long seed;
    final long maxEntries;
    final long maxBytes;
    final long ttlNanos;
    final long firstBytes;
    final int recencyBytes;
    final String keyType;
    final String valueType;

    private MapHeader(Memory memory) {
        stripes = memory.getIntAcquire(MapLayout.STRIPES);
        flags = memory.getInt(MapLayout.FLAGS);
        seed = memory.getLong(MapLayout.SEED);
        maxEntries = memory.getLong(MapLayout.MAX_ENTRIES);
        maxBytes = memory.getLong(MapLayout.MAX_BYTES);
        ttlNanos = memory.getLong(MapLayout.TTL);
        firstBytes = memory.getLong(MapLayout.FIRST_BYTES);
        recencyBytes = memory.getInt(MapLayout.RECENCY_BYTES);
        int keyLength = memory.getInt(MapLayout.KEY_TYPE_LENGTH);
        int valueLength = memory.getInt(MapLayout.VALUE_TYPE_LENGTH);
        check(memory, keyLength, valueLength);
        keyType = text(memory, MapLayout.TYPES, keyLength);
        valueType = text(memory, MapLayout.TYPES + keyLength, valueLength);
    }

    private void check(Memory memory, int keyLength, int valueLength) {
        boolean sound = stripes > 0
                && stripes <= MapLayout.MOST_STRIPES
                && Integer.bitCount(stripes) == 1
                && Integer.bitCount(recencyBytes) <= 1
                && recencyBytes >= 0
                && MapLayout.headerBytes(stripes, recencyBytes) <= memory.size()
                && firstBytes > 0
                && maxEntries >= 0
                && maxBytes >= 0
                && keyLength >= 0
                && valueLength >= 0
                && (long) keyLength + valueLength <= MapLayout.MOST_TYPE_BYTES;
        if (!sound) {
            throw new CorruptSegmentException("the header of a map says " + stripes + " stripes in " + memory.size()
                    + " bytes: it was overwritten by somebody");
        }
    }

    static MapHeader of(Memory memory) {
        return new MapHeader(memory);
    }

    /** Into zeroed bytes that nobody knows yet. */
    static void write(Memory memory, MapOptions options, byte[] keyType, byte[] valueType) {
        int stripes = options.stripes();
        memory.putInt(
                MapLayout.FLAGS,
                (options.wallClock() ? MapLayout.WALL_CLOCK : 0) | (options.anyKeys() ? MapLayout.ANY_KEYS : 0));
        memory.putLong(MapLayout.SEED, new SplittableRandom().nextLong());
        memory.putLong(MapLayout.MAX_ENTRIES, options.maxEntriesOfStripe());
        memory.putLong(MapLayout.MAX_BYTES, options.maxBytesOfStripe());
        memory.putLong(MapLayout.TTL, options.ttlNanos());
        memory.putLong(MapLayout.FIRST_BYTES, options.firstBytesOfStripe());
        memory.putInt(MapLayout.RECENCY_BYTES, options.recencyBytes());
        memory.putInt(MapLayout.KEY_TYPE_LENGTH, keyType.length);
        memory.putInt(MapLayout.VALUE_TYPE_LENGTH, valueType.length);
        memory.putBytes(MapLayout.TYPES, keyType, 0, keyType.length);
        memory.putBytes(MapLayout.TYPES + keyType.length, valueType, 0, valueType.length);
        memory.putIntRelease(MapLayout.STRIPES, stripes);
    }

    private static String text(Memory memory, long offset, int length) {
        byte[] bytes = new byte[length];
        memory.getBytes(offset, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
