package io.muster.ipc.data;

import io.muster.ipc.memory.Memory;

/** The words of one stripe in the map's header, besides its lock; {@link MapLayout} draws them. */
final class StripeHeader {
    private final Memory memory;
    private final long base;

    StripeHeader(Memory memory, int stripe) {
        this.memory = memory;
        this.base = MapLayout.stripe(stripe);
    }

    long cur() {
        return memory.getLongVolatile(base + MapLayout.CUR);
    }

    boolean replaceCur(long expected, long update) {
        return memory.compareAndSetLong(base + MapLayout.CUR, expected, update);
    }

    long count() {
        return memory.getLongVolatile(base + MapLayout.COUNT);
    }

    void setCount(long entries) {
        memory.putLong(base + MapLayout.COUNT, entries);
        if (entries > memory.getLong(base + MapLayout.MOST)) {
            memory.putLong(base + MapLayout.MOST, entries);
        }
    }

    long version() {
        return memory.getLongOpaque(base + MapLayout.VERSION);
    }

    void setVersion(long version) {
        memory.putLong(base + MapLayout.VERSION, version);
    }

    long nextExpiry() {
        return memory.getLongOpaque(base + MapLayout.NEXT_EXPIRY);
    }

    void setNextExpiry(long at) {
        memory.putLong(base + MapLayout.NEXT_EXPIRY, at);
    }

    long fileBytes() {
        return memory.getLong(base + MapLayout.FILE_BYTES);
    }

    void setFileBytes(long bytes) {
        memory.putLong(base + MapLayout.FILE_BYTES, bytes);
    }

    int hand() {
        return memory.getInt(base + MapLayout.HAND);
    }

    void setHand(int slot) {
        memory.putInt(base + MapLayout.HAND, slot);
    }

    int spare() {
        return memory.getInt(base + MapLayout.SPARE);
    }

    void setSpare(int file) {
        memory.putInt(base + MapLayout.SPARE, file);
    }
}
