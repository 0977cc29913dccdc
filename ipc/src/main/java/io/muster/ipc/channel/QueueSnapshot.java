package io.muster.ipc.channel;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.ObjectCodec;

/** The items of a queue as they were at one moment; those in files are read when they are asked for, and may be gone then. */
final class QueueSnapshot {
    private final QueueFiles files;
    private final int[] cells;
    private final long[] keys;
    private final byte[][] bytes;
    private final long[] numbers;
    private final int[] lengths;

    QueueSnapshot(QueueFiles files, int size) {
        this.files = files;
        cells = new int[size];
        keys = new long[size];
        bytes = new byte[size][];
        numbers = new long[size];
        lengths = new int[size];
    }

    void set(int i, int cell, long key, byte[] inline, long number, int length) {
        cells[i] = cell;
        keys[i] = key;
        bytes[i] = inline;
        numbers[i] = number;
        lengths[i] = length;
    }

    int size() {
        return cells.length;
    }

    int cell(int i) {
        return cells[i];
    }

    long key(int i) {
        return keys[i];
    }

    /** Null if it lay in a file and is gone. */
    byte[] bytes(int i) {
        return bytes[i] != null ? bytes[i] : files.read(numbers[i], lengths[i]);
    }

    static Object decode(byte[] encoded) {
        try {
            return ObjectCodec.standard().decode(encoded);
        } catch (DecodeException e) {
            throw new UnreadableItemException(
                    "an item of a queue cannot be read in this process; it stays", encoded, e);
        }
    }
}
