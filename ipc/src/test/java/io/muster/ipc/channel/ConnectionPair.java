package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

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

    /** How long it may take until an end that has no room, and that nobody receives from, makes a little more all the same. */
    default Duration settling() {
        return Duration.ofMillis(1);
    }

    /**
     * Sends until there is no room.
     *
     * @return how many messages
     */
    default int fill(Connection end) throws Exception {
        int sent = 0;
        for (Duration timeout : List.of(Duration.ZERO, settling())) {
            byte[] message = new byte[timeout.isZero() ? 10_000 : 1];
            try {
                while (sent < 1_000_000) {
                    end.send(message, timeout);
                    sent++;
                }
                throw new AssertionError("there is no back-pressure");
            } catch (TimeoutException full) {
                continue;
            }
        }
        return sent;
    }

    default void takeFilled(Connection end, int sent) throws Exception {
        for (int i = 0; i < sent; i++) {
            Object message = end.recv(Duration.ofSeconds(30));
            assertTrue(message instanceof byte[], () -> "message of the filling expected, not " + message);
        }
    }
}
