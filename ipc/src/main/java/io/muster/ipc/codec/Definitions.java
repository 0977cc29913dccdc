package io.muster.ipc.codec;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the definitions on the wire mean, found by their bytes: so a name that was seen before costs a hash and a comparison,
 * not a string and a class loader. Holds its values weakly; each is held by the class it belongs to.
 *
 * <p>Readers take no lock: a table is filled only under the lock, and an entry once set never changes.
 */
final class Definitions {
    private static final int SMALLEST = 64;
    /** Bounds what generated class names can pile up; then the table starts over. */
    private static final int LARGEST = 1 << 14;

    private volatile Entry[] table = new Entry[SMALLEST];
    private int size;
    /** Found last, by whichever thread: mostly it is the next one too, and comparing is cheaper than hashing. */
    private Entry last;

    /** Returns what the {@code length} bytes from {@code offset} mean; null if not known (any more). */
    Object find(CodecInput in, int offset, int length) {
        Entry entry = last;
        Object value = entry == null || !entry.isFor(in.array(), offset, length) ? null : entry.get();
        return value != null ? value : search(in, offset, length);
    }

    private Object search(CodecInput in, int offset, int length) {
        int hash = hash(in.view(), offset, length);
        Entry[] entries = table;
        int mask = entries.length - 1;
        for (int i = hash & mask; ; i = i + 1 & mask) {
            Entry entry = entries[i];
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && entry.isFor(in.array(), offset, length)) {
                last = entry;
                return entry.get();
            }
        }
    }

    /** Remembers that these bytes mean {@code value}. */
    synchronized void add(CodecInput in, int offset, int length, Object value) {
        Entry[] entries = table;
        if (size * 2 >= entries.length) {
            entries = larger(entries);
        }
        byte[] key = Arrays.copyOfRange(in.array(), offset, offset + length);
        insert(entries, new Entry(key, hash(in.view(), offset, length), value));
        table = entries; // publishes the entry too
        size++;
    }

    private Entry[] larger(Entry[] entries) {
        size = 0;
        Entry[] grown = new Entry[entries.length >= LARGEST ? SMALLEST : entries.length * 2];
        if (grown.length == SMALLEST) {
            return grown;
        }
        for (Entry entry : entries) {
            if (entry != null && entry.get() != null) {
                insert(grown, entry);
                size++;
            }
        }
        return grown;
    }

    private static void insert(Entry[] entries, Entry added) {
        int mask = entries.length - 1;
        int i = added.hash & mask;
        while (entries[i] != null && !entries[i].isFor(added.key, 0, added.key.length)) {
            i = i + 1 & mask;
        }
        entries[i] = added;
    }

    private static int hash(ByteBuffer bytes, int offset, int length) {
        long hash = length;
        int end = offset + length;
        int i = offset;
        for (; i <= end - Long.BYTES; i += Long.BYTES) {
            hash = (hash ^ bytes.getLong(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < end; i++) {
            hash = (hash ^ bytes.get(i)) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash ^ hash >>> 32);
    }

    private static final class Entry extends WeakReference<Object> {
        final byte[] key;
        final int hash;

        Entry(byte[] key, int hash, Object value) {
            super(value);
            this.key = key;
            this.hash = hash;
        }

        boolean isFor(byte[] bytes, int offset, int length) {
            return key.length == length && Arrays.equals(key, 0, length, bytes, offset, offset + length);
        }
    }
}
