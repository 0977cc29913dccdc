package io.muster.samples.echo;

/** What the servers count, in one shared array: where each of them finds its numbers. */
final class Books {
    /** A cache line and its neighbour, so that servers do not take each other's line away. */
    private static final int LONGS_EACH = 16;

    private Books() {}

    static int length(int servers) {
        return servers * LONGS_EACH;
    }

    static int connectionsAt(int server) {
        return server * LONGS_EACH;
    }

    static int framesAt(int server) {
        return server * LONGS_EACH + 1;
    }
}
