package io.muster.samples.wordcount;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Words and how often each came, kept as UTF-8 bytes in one growing array: no object per word, and what travels to the parent
 * is one array of bytes. For one thread.
 */
final class WordTable {
    private static final int FIRST_SLOTS = 1 << 12;
    private static final int SEVEN_BITS = 0x7f;

    /** Open addressing: 0 is free, else the number of a word + 1. */
    private int[] slots = new int[FIRST_SLOTS];

    private int[] hashes = new int[FIRST_SLOTS / 2];
    private long[] counts = new long[FIRST_SLOTS / 2];
    /** Word i is {@code bytes[starts[i] .. starts[i + 1])}. */
    private int[] starts = new int[FIRST_SLOTS / 2 + 1];

    private byte[] bytes = new byte[FIRST_SLOTS * 8];
    private int size;
    private long total;

    /** The hash of {@link #add}, one letter more. */
    static int hash(int hash, byte letter) {
        return hash * 31 + letter;
    }

    static int hash(byte[] word, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash(hash, word[i]);
        }
        return hash;
    }

    /** Counts one word: the first {@code length} bytes of {@code word}, whose hash is {@code hash}. */
    void add(byte[] word, int offset, int length, int hash, long count) {
        int mask = slots.length - 1;
        // The low bits of such a hash depend on the last letters only.
        int slot = (hash * 0x9E3779B9 >>> 7) & mask;
        for (int entry; (entry = slots[slot] - 1) >= 0; slot = (slot + 1) & mask) {
            if (hashes[entry] == hash && isWord(entry, word, offset, length)) {
                counts[entry] += count;
                total += count;
                return;
            }
        }
        append(word, offset, length, hash, count);
        slots[slot] = size;
        if (size * 2 > mask) {
            rehash();
        }
    }

    private boolean isWord(int entry, byte[] word, int offset, int length) {
        return Arrays.equals(bytes, starts[entry], starts[entry + 1], word, offset, offset + length);
    }

    private void append(byte[] word, int offset, int length, int hash, long count) {
        if (size == counts.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            counts = Arrays.copyOf(counts, size * 2);
            starts = Arrays.copyOf(starts, size * 2 + 1);
        }
        int end = starts[size] + length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        System.arraycopy(word, offset, bytes, starts[size], length);
        hashes[size] = hash;
        counts[size] = count;
        starts[++size] = end;
        total += count;
    }

    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = (hashes[entry] * 0x9E3779B9 >>> 7) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = entry + 1;
        }
    }

    /** How many different words. */
    int distinct() {
        return size;
    }

    /** How many words. */
    long total() {
        return total;
    }

    /** The most frequent words, then in the order of their letters. */
    List<Count> top(int limit) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(entry -> -counts[entry])
                        .thenComparing(this::compareWords))
                .limit(limit)
                .map(entry -> new Count(word(entry), counts[entry]))
                .toList();
    }

    private int compareWords(int a, int b) {
        return Arrays.compareUnsigned(bytes, starts[a], starts[a + 1], bytes, starts[b], starts[b + 1]);
    }

    private String word(int entry) {
        return new String(bytes, starts[entry], starts[entry + 1] - starts[entry], StandardCharsets.UTF_8);
    }

    /** Everything, to travel: for each word its count, its length and its bytes; numbers in 7-bit groups, lowest first. */
    byte[] toBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(starts[size] + size * 3);
        for (int entry = 0; entry < size; entry++) {
            writeNumber(out, counts[entry]);
            int length = starts[entry + 1] - starts[entry];
            writeNumber(out, length);
            out.write(bytes, starts[entry], length);
        }
        return out.toByteArray();
    }

    /** Adds what {@link #toBytes} of another table gave. */
    void addAll(byte[] packed) {
        int at = 0;
        while (at < packed.length) {
            long count = number(packed, at);
            at += numberLength(packed, at);
            int length = (int) number(packed, at);
            at += numberLength(packed, at);
            int hash = 0;
            for (int i = at; i < at + length; i++) {
                hash = hash(hash, packed[i]);
            }
            add(packed, at, length, hash, count);
            at += length;
        }
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        for (; rest > SEVEN_BITS; rest >>>= 7) {
            out.write((int) (rest & SEVEN_BITS) | ~SEVEN_BITS);
        }
        out.write((int) rest);
    }

    private static long number(byte[] packed, int from) {
        long number = 0;
        for (int i = 0; ; i++) {
            number |= (long) (packed[from + i] & SEVEN_BITS) << (7 * i);
            if (packed[from + i] >= 0) {
                return number;
            }
        }
    }

    private static int numberLength(byte[] packed, int from) {
        int length = 1;
        while (packed[from + length - 1] < 0) {
            length++;
        }
        return length;
    }

    /** One line of the result. */
    record Count(String word, long count) {}
}
