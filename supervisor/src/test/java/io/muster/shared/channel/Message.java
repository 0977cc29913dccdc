package io.muster.shared.channel;

import java.util.Random;

/**
 * What storms send: who sent it, its number there, and bytes of any length with a checksum over all.
 *
 * @param producer number of the process that put it
 * @param number counts that producer's messages
 * @param bytes of random length
 * @param sum over the others
 */
record Message(int producer, int number, byte[] bytes, long sum) {
    static Message of(int producer, int number, Random random) {
        byte[] bytes = new byte[length(random)];
        random.nextBytes(bytes);
        return new Message(producer, number, bytes, sumOf(producer, number, bytes));
    }

    /** Mostly small; some in blocks, and one in 2,000 in a file. */
    private static int length(Random random) {
        int kind = random.nextInt(2_000);
        if (kind == 0) {
            return 60_000 + random.nextInt(20_000);
        }
        return kind < 200 ? random.nextInt(3_000) : random.nextInt(100);
    }

    private static long sumOf(int producer, int number, byte[] bytes) {
        long sum = producer * 31L + number;
        for (byte each : bytes) {
            sum = sum * 31 + each;
        }
        return sum;
    }

    void check() {
        if (sum != sumOf(producer, number, bytes)) {
            throw new AssertionError("message " + number + " of producer " + producer + " has other bytes");
        }
    }
}
