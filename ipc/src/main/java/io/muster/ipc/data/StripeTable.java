package io.muster.ipc.data;

import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.Memory;

/**
 * One generation of a stripe as this process sees it: its slots and entries. Immutable; the bytes it looks at are good for as
 * long as the stripe's CUR is what it was when this was made, which a reader without the lock finds out afterwards.
 */
final class StripeTable {
    final long cur;
    final StripeSegment segment;
    final Memory memory;
    private final int mask;

    private StripeTable(long cur, StripeSegment segment, long slots) {
        this.cur = cur;
        this.segment = segment;
        this.memory = segment.memory();
        this.mask = (int) slots - 1;
    }

    /** Over a segment whose slot count is written. */
    static StripeTable over(long cur, StripeSegment segment) {
        long slots = segment.memory().getLongAcquire(StripeLayout.SLOTS);
        long most = (segment.memory().size() - StripeLayout.FIRST_SLOT) / Long.BYTES;
        if (slots <= 0 || slots > most || slots > 1 << 30 || Long.bitCount(slots) != 1) {
            throw new CorruptSegmentException(segment.segment().path() + ": " + slots + " slots in "
                    + segment.memory().size() + " bytes; it was overwritten");
        }
        return new StripeTable(cur, segment, slots);
    }

    int slots() {
        return mask + 1;
    }

    int startOf(long hash) {
        return (int) hash & mask;
    }

    int after(int slot) {
        return slot + 1 & mask;
    }

    long slotWord(int slot) {
        return memory.getLongAcquire(StripeLayout.slot(slot));
    }

    /** The store that publishes: an entry, a tombstone. */
    void publishSlot(int slot, long word) {
        memory.putLongRelease(StripeLayout.slot(slot), word);
    }

    /** Offset of the entry of the scratch's key, or 0; notes its slot in the scratch. */
    long find(MapScratch scratch) {
        long hash = scratch.hash;
        for (int slot = (int) hash & mask, left = mask; ; slot = slot + 1 & mask, left--) {
            long word = memory.getLongAcquire(StripeLayout.slot(slot));
            if (word == StripeLayout.EMPTY || left < 0) {
                return 0;
            }
            if (((word ^ hash) & StripeLayout.TAG_MASK) == 0 && word != StripeLayout.TOMBSTONE) {
                long entry = StripeLayout.entryOf(word);
                if (holdsKey(entry, scratch)) {
                    scratch.slot = slot;
                    return entry;
                }
            }
        }
    }

    boolean holdsKey(long entry, MapScratch scratch) {
        int length = scratch.keyLength;
        return memory.getInt(entry + StripeLayout.KEY_LENGTH) == length
                && MapHash.equal(
                        scratch.keyBytes,
                        length,
                        memory,
                        entry + StripeLayout.key(StripeLayout.kindOf(valueWord(entry))));
    }

    /** By the lock's holder: where the scratch's key is, or where it should go. */
    void locate(MapScratch scratch) {
        scratch.entry = 0;
        scratch.slot = -1;
        int slot = startOf(scratch.hash);
        for (int left = mask; left >= 0; left--, slot = after(slot)) {
            long word = slotWord(slot);
            if (word == StripeLayout.EMPTY || word == StripeLayout.TOMBSTONE) {
                scratch.slot = scratch.slot < 0 ? slot : scratch.slot;
                if (word == StripeLayout.EMPTY) {
                    return;
                }
            } else if (((word ^ scratch.hash) & StripeLayout.TAG_MASK) == 0) {
                long entry = StripeLayout.entryOf(word);
                if (holdsKey(entry, scratch)) {
                    scratch.entry = entry;
                    scratch.slot = slot;
                    return;
                }
            }
        }
    }

    int keyLength(long entry) {
        return memory.getInt(entry + StripeLayout.KEY_LENGTH);
    }

    int valueWord(long entry) {
        return memory.getInt(entry + StripeLayout.VALUE);
    }

    int kind(long entry) {
        return StripeLayout.kindOf(valueWord(entry));
    }

    long version(long entry) {
        return memory.getLong(entry + StripeLayout.VERSION);
    }

    long payload(long entry) {
        return memory.getLongAcquire(entry + StripeLayout.PAYLOAD);
    }

    long expiry(long entry, int kind) {
        return memory.getLong(entry + StripeLayout.expiry(kind));
    }

    boolean isExpired(long entry, MapCore map) {
        int kind = kind(entry);
        return (kind & StripeLayout.EXPIRES) != 0 && map.isPast(expiry(entry, kind));
    }

    long entryBytes(long entry) {
        int word = valueWord(entry);
        return StripeLayout.entryBytes(StripeLayout.kindOf(word), keyLength(entry), StripeLayout.inlineLength(word));
    }

    /**
     * The same for an entry that is about to be copied or removed as a whole.
     *
     * @throws CorruptSegmentException if it is not inside the segment
     */
    long checkedEntryBytes(long entry) {
        long bytes = entry < StripeLayout.heap(slots()) || entry > memory.size() - StripeLayout.PAYLOAD
                ? 0
                : entryBytes(entry);
        int keyLength = bytes == 0 ? 0 : keyLength(entry);
        if (keyLength <= 0 || keyLength > bytes || bytes > memory.size() - entry) {
            throw new CorruptSegmentException(segment.segment().path() + ": an entry at " + entry + " of "
                    + memory.size() + " has " + bytes + " bytes; the file was overwritten by somebody");
        }
        return bytes;
    }

    /** Length of the file that the entry names, 0 if none. */
    long fileBytes(long entry) {
        return StripeLayout.typeOf(kind(entry)) == StripeLayout.FILE ? payload(entry) : 0;
    }

    /** Copies the value, or what it takes to find it, into the scratch, also if it is expired; returns its type. */
    int load(long entry, MapScratch scratch) {
        int word = valueWord(entry);
        int kind = StripeLayout.kindOf(word);
        scratch.foundKind = kind;
        scratch.foundVersion = version(entry);
        if ((kind & StripeLayout.EXPIRES) != 0) {
            scratch.foundExpiry = expiry(entry, kind);
        }
        int type = StripeLayout.typeOf(kind);
        if (type == StripeLayout.BYTES) {
            copyBytes(entry, kind, StripeLayout.inlineLength(word), scratch);
        } else if ((kind & StripeLayout.HAS_PAYLOAD) != 0) {
            scratch.foundNumber = payload(entry);
        } else {
            throw new CorruptSegmentException("no value has the kind " + kind + "; the map was overwritten");
        }
        return type;
    }

    private void copyBytes(long entry, int kind, int length, MapScratch scratch) {
        long at = entry + StripeLayout.key(kind) + StripeLayout.pad(keyLength(entry));
        if (length > StripeLayout.LONGEST_INLINE || at < 0 || at + length > memory.size()) {
            throw new CorruptSegmentException(
                    "a value of " + length + " bytes at " + at + " of " + memory.size() + "; the map was overwritten");
        }
        scratch.in().copyFrom(memory, at, length);
    }

    /** Whether the value's bytes are those of the scratch's new value. */
    boolean holdsNewBytes(long entry, MapScratch scratch) {
        int word = valueWord(entry);
        long at = entry + StripeLayout.key(StripeLayout.kindOf(word)) + StripeLayout.pad(keyLength(entry));
        int length = StripeLayout.inlineLength(word);
        return length == scratch.newLength && MapHash.equalBytes(scratch.newBytes, length, memory, at);
    }

    long live() {
        return memory.getLong(StripeLayout.LIVE);
    }

    long bump() {
        return memory.getLong(StripeLayout.BUMP);
    }

    long used() {
        return memory.getLong(StripeLayout.USED);
    }

    void setLive(long bytes) {
        memory.putLong(StripeLayout.LIVE, bytes);
    }

    void setBump(long offset) {
        memory.putLong(StripeLayout.BUMP, offset);
    }

    void setUsed(long slots) {
        memory.putLong(StripeLayout.USED, slots);
    }
}
