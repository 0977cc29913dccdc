package io.muster.ipc.wait;

import io.muster.ipc.memory.Memory;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * One bell for many sources: a collector sleeps on a single word, whatever the number of things it collects from, and
 * sees which of them rang.
 *
 * <pre>
 *    +0  wait word
 *   +64  ready bits, 64 sources per 8-byte word
 * </pre>
 *
 * A ready bit is a hint: set after the source has published, cleared before the source is looked at. So a source that
 * publishes again is never overlooked, and one that rang may turn out to have nothing.
 *
 * <p>Thread-safe, and usable by any number of processes. Death: a source killed before it rang is found by whoever
 * follows the deaths; a collector killed after clearing bits leaves sources that were not looked at, so its successor
 * begins by looking at all of them.
 */
public final class Doorbell {
    private static final int BITS_OFFSET = 64;

    private final Memory memory;
    private final long offset;
    private final int sources;
    private final WaitWord word;
    private final BooleanSupplier anyReady = this::anyReady;

    /**
     * @param memory where its zeroed bytes lie, {@link #bytes}
     * @param offset multiple of 64
     */
    public Doorbell(Memory memory, long offset, int sources, Memory deathsMemory, long deathsOffset) {
        this(memory, offset, sources, new WaitWord(memory, offset, deathsMemory, deathsOffset));
    }

    Doorbell(Memory memory, long offset, int sources, WaitWord word) {
        if (sources < 1) {
            throw new IllegalArgumentException("sources=" + sources + ": must be 1 or more");
        }
        this.memory = memory;
        this.offset = offset + BITS_OFFSET;
        this.sources = sources;
        this.word = word;
    }

    /** Bytes that a doorbell of so many sources takes. */
    public static long bytes(int sources) {
        return BITS_OFFSET + (long) words(sources) * Long.BYTES;
    }

    private static int words(int sources) {
        return (sources + Long.SIZE - 1) / Long.SIZE;
    }

    /**
     * Says that {@code source} has something, after it was published. Costs two reads while the collector is awake and
     * has not looked yet.
     *
     * @return true if the collector had to be woken; see {@link Waiter#noteWoke}
     */
    public boolean ring(int source) {
        if (source < 0 || source >= sources) {
            throw new IndexOutOfBoundsException("source " + source + " of " + sources);
        }
        long at = offset + (long) (source / Long.SIZE) * Long.BYTES;
        long bit = 1L << (source % Long.SIZE);
        VarHandle.fullFence();
        long bits = memory.getLongVolatile(at);
        while ((bits & bit) == 0) {
            if (memory.compareAndSetLong(at, bits, bits | bit)) {
                break;
            }
            bits = memory.getLongVolatile(at);
        }
        return word.wakeAfterCas(1);
    }

    /** Waits until any source has rung; see {@link Waiter#await(WaitWord, BooleanSupplier, Deadline)}. */
    public boolean await(Waiter waiter, Deadline deadline) throws InterruptedException {
        return waiter.await(word, anyReady, deadline);
    }

    /** True if any source has rung since it was last drained. */
    public boolean anyReady() {
        for (int index = 0; index < words(sources); index++) {
            if (memory.getLongVolatile(offset + (long) index * Long.BYTES) != 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Clears the ready bits and hands each source that rang to {@code collector}, which must then look at it until it
     * has nothing left. If the collector throws, the bits not yet handed over are set again.
     *
     * @return how many sources had rung
     */
    public int drain(IntConsumer collector) {
        int count = 0;
        for (int index = 0; index < words(sources); index++) {
            long at = offset + (long) index * Long.BYTES;
            long bits = takeBits(at);
            count += Long.bitCount(bits);
            while (bits != 0) {
                int bit = Long.numberOfTrailingZeros(bits);
                try {
                    collector.accept(index * Long.SIZE + bit);
                } catch (RuntimeException | Error e) {
                    putBack(at, bits);
                    throw e;
                }
                bits &= bits - 1;
            }
        }
        return count;
    }

    /** The wait word, for those who wait for this bell and for something else. */
    public WaitWord word() {
        return word;
    }

    private long takeBits(long at) {
        long bits = memory.getLongVolatile(at);
        while (bits != 0 && !memory.compareAndSetLong(at, bits, 0)) {
            bits = memory.getLongVolatile(at);
        }
        return bits;
    }

    private void putBack(long at, long missed) {
        long bits = memory.getLongVolatile(at);
        while (!memory.compareAndSetLong(at, bits, bits | missed)) {
            bits = memory.getLongVolatile(at);
        }
    }
}
