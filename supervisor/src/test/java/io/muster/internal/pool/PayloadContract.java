package io.muster.internal.pool;

import static io.muster.internal.pool.PoolUser.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.muster.TaskFuture;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arguments and results of every size, above all around the sizes at which they take another way. */
interface PayloadContract extends PoolUser {
    /** What surrounds the bytes on their way is shorter than this. */
    int OVERHEAD = 24;

    int IN_SLOT = 192;
    int SMALLEST_BLOCK = 512;
    int LARGEST_BLOCK = 1 << 20;

    @Test
    default void payloadsOfEverySmallSizeTravel() throws Exception {
        for (int size = 0; size <= IN_SLOT + 16; size++) {
            echo(size);
        }
    }

    @Test
    default void payloadsAroundTheSizesOfBlocksTravel() throws Exception {
        for (int block = SMALLEST_BLOCK; block <= 1 << 13; block *= 2) {
            for (int size = block - OVERHEAD; size <= block + 2; size++) {
                echo(size);
            }
        }
    }

    @Test
    default void payloadsAroundTheLargestBlockTravel() throws Exception {
        for (int size = LARGEST_BLOCK - OVERHEAD; size <= LARGEST_BLOCK + 2; size++) {
            echo(size);
        }
        echo(LARGEST_BLOCK / 2 + 1);
        echo(3 << 20);
        echo(40 << 20);
    }

    private void echo(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        assertArrayEquals(bytes, pool().<byte[], byte[]>apply(Tasks::echo, bytes));
    }

    @Test
    default void smallGoesInAndLargeComesOutAndTheOtherWayRound() throws Exception {
        for (int size : new int[] {10, 200, 5000, 1 << 20, 2 << 20}) {
            assertEquals(size, pool().<Integer, byte[]>apply(byte[]::new, size).length);
            assertEquals(size, pool().<byte[], Integer>apply(bytes -> bytes.length, new byte[size]));
        }
    }

    @Test
    default void manyPayloadsOfManySizesAreUnderwayAtOnce() throws Exception {
        var random = new Random(1);
        for (int round = 0; round < 3; round++) {
            var sent = new ArrayList<byte[]>();
            var received = new ArrayList<TaskFuture<byte[]>>();
            for (int i = 0; i < 400; i++) {
                byte[] bytes = new byte[random.nextInt(1 << random.nextInt(17))];
                random.nextBytes(bytes);
                sent.add(bytes);
                received.add(pool().applyAsync(Tasks::echo, bytes));
            }
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i), get(received.get(i)));
            }
        }
    }

    @Test
    default void moreTasksThanTheTableHoldsWaitInLine() throws Exception {
        var futures = new ArrayList<TaskFuture<Integer>>();
        for (int i = 0; i < 10_000; i++) {
            futures.add(pool().applyAsync(Tasks::increment, i));
        }
        for (int i = 0; i < futures.size(); i++) {
            assertEquals(i + 1, get(futures.get(i)));
        }
    }
}
