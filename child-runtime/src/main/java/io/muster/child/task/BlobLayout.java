package io.muster.child.task;

/**
 * How payloads that do not fit a slot lie in files beside the table.
 *
 * <pre>
 *   chunk file   a segment; its body is cut into blocks, each a power of two of bytes, never re-cut
 *     block      +0 state u32: IN_USE, FREED | +4 length u32 | +8 bytes
 *   large file   the bytes and nothing else
 *
 *   reference    63: large file? | 62..32: number of the file, from 1 | 31..0: offset of the block in a chunk's body
 * </pre>
 *
 * One process writes an arena and allocates in it; its free lists are private to it. The reader publishes FREED in a block
 * (or removes a large file) and the writer finds that later. So when either dies nothing needs repair: an arena goes as a
 * whole when its writer's last outcome has been read.
 */
final class BlobLayout {
    static final int VERSION = 1;

    static final int STATE = 0;
    static final int LENGTH = STATE + 4;
    static final int BYTES = LENGTH + 4;

    static final int IN_USE = 1;
    static final int FREED = 2;

    static final int MIN_BLOCK_SHIFT = 9;
    static final int MAX_BLOCK_SHIFT = 20;

    /** The most bytes that go into a block; more get a file of their own. */
    static final int MAX_IN_BLOCK = (1 << MAX_BLOCK_SHIFT) - BYTES;

    static final long FIRST_CHUNK_BYTES = 256 << 10;
    static final long MAX_CHUNK_BYTES = 8 << 20;

    private static final long LARGE = 1L << 63;

    private BlobLayout() {}

    static long inChunk(int file, long offset) {
        return (long) file << 32 | offset;
    }

    static long large(int file) {
        return LARGE | (long) file << 32;
    }

    static boolean isLarge(long reference) {
        return reference < 0;
    }

    static int file(long reference) {
        return (int) (reference >>> 32) & 0x7FFF_FFFF;
    }

    static long offset(long reference) {
        return reference & 0xFFFF_FFFFL;
    }

    static int blockShift(int length) {
        return Math.max(MIN_BLOCK_SHIFT, 32 - Integer.numberOfLeadingZeros(length + BYTES - 1));
    }
}
