package io.muster.ipc.channel;

import io.muster.ipc.memory.Memory;

/** The blocks of a queue, and which of them are in use. For who puts; the map can be rebuilt at any time. */
final class QueueRoom {
    static final int NONE = -1;

    private final QueueBooks books;
    private final Memory memory;
    private final int blocks;
    private final long map;
    private final long room;

    QueueRoom(QueueBooks books, Memory memory) {
        this.books = books;
        this.memory = memory;
        this.blocks = books.blocks;
        this.map = QueueLayout.map(books.cells);
        this.room = QueueLayout.room(books.cells, books.blocks);
    }

    static int blocksFor(int bytes) {
        return (bytes + QueueLayout.BLOCK_BYTES - 1) / QueueLayout.BLOCK_BYTES;
    }

    long at(int block) {
        return room + (long) block * QueueLayout.BLOCK_BYTES;
    }

    /** Finds so many blocks in a row that are not in use, from where the last search ended; {@link #NONE} if there are none. */
    int find(int count) {
        if (count > blocks) {
            return NONE;
        }
        int start = Math.max(0, Math.min(books.get(QueueLayout.ROTOR), blocks));
        int found = find(count, start, blocks);
        return found != NONE ? found : find(count, 0, Math.min(blocks, start + count - 1));
    }

    private int find(int count, int from, int to) {
        int run = 0;
        int block = from;
        while (block < to) {
            long word = memory.getLong(map + (long) (block / Long.SIZE) * Long.BYTES) >>> block % Long.SIZE;
            if (word == 0) {
                int free = Math.min(Long.SIZE - block % Long.SIZE, to - block);
                if (run + free >= count) {
                    return block - run;
                }
                run += free;
                block += free;
            } else if ((word & 1) == 0) {
                int free = Long.numberOfTrailingZeros(word);
                if (run + Math.min(free, to - block) >= count) {
                    return block - run;
                }
                run = 0;
                block += free;
            } else {
                run = 0;
                block += Long.numberOfTrailingZeros(~word);
            }
        }
        return NONE;
    }

    void take(int block, int count) {
        mark(block, count, true);
        books.set(QueueLayout.ROTOR, block + count);
    }

    void give(int block, int count) {
        mark(block, count, false);
    }

    private void mark(int block, int count, boolean used) {
        int at = block;
        int left = count;
        while (left > 0) {
            int shift = at % Long.SIZE;
            int bits = Math.min(left, Long.SIZE - shift);
            long mask = (bits == Long.SIZE ? -1L : (1L << bits) - 1) << shift;
            long offset = map + (long) (at / Long.SIZE) * Long.BYTES;
            long word = memory.getLong(offset);
            memory.putLong(offset, used ? word | mask : word & ~mask);
            at += bits;
            left -= bits;
        }
    }

    void clear() {
        memory.setZero(map, (long) QueueLayout.mapWords(blocks) * Long.BYTES);
    }

    boolean isInside(int block, int count) {
        return block >= 0 && block <= blocks - count;
    }
}
