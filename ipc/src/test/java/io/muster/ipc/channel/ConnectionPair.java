package io.muster.ipc.channel;

/** Where a contract gets its connections from. */
interface ConnectionPair {
    /** Two ends: what {@code left} sends, {@code right} receives; the other way round too, if it is duplex. */
    record Ends(Connection left, Connection right) implements AutoCloseable {
        @Override
        public void close() {
            left.close();
            right.close();
        }
    }

    /** Two new ends, which nobody else has. */
    Ends open() throws Exception;

    /** Whether the right end sends too. */
    boolean isDuplex();

    /** Numbers of bytes around which the implementation takes another way: its frames, pieces, buffers. */
    int[] limits();
}
