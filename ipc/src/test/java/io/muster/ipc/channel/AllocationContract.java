package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Messages of bytes leave no garbage behind. */
interface AllocationContract extends ConnectionPair {
    int MESSAGES = 1_000;
    /** One object for each message would be twice that at least. */
    int MOST_BYTES = 8_000;

    @Test
    default void messagesOfBytesAllocateNothing() throws Exception {
        try (Ends ends = open()) {
            for (int size : new int[] {0, 1, 64, 900}) {
                byte[] array = new byte[size];
                ByteBuffer heap = ByteBuffer.allocate(900);
                ByteBuffer direct = ByteBuffer.allocateDirect(900);
                assertAllocatesNothing(size + " bytes of an array", () -> {
                    ends.left().sendBytes(array);
                    ends.right().recvInto(heap.clear());
                });
                assertAllocatesNothing(size + " bytes of a buffer", () -> {
                    ends.left().sendBytes(direct.clear().limit(size));
                    ends.right().recvInto(direct.clear());
                });
            }
        }
    }

    /** The same with waits between them, for which threads of this process are woken by each other. */
    @Test
    default void waitingForMessagesOfBytesAllocatesNothing() throws Exception {
        if (!isDuplex()) {
            return;
        }
        try (Ends ends = open()) {
            Call<Void> echo = Call.doing(() -> {
                ByteBuffer message = ByteBuffer.allocate(64);
                while (ends.right().recvInto(message.clear()) > 0) {
                    ends.right().sendBytes(message.flip());
                }
            });
            ByteBuffer message = ByteBuffer.allocate(64);
            assertAllocatesNothing("there and back", () -> {
                ends.left().sendBytes(message.clear());
                ends.left().recvInto(message.clear());
            });
            ends.left().sendBytes(new byte[0]);
            echo.result();
        }
    }

    private static void assertAllocatesNothing(String what, Call.Action roundTrip) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 6 && least > MOST_BYTES; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < MESSAGES; i++) {
                roundTrip.run();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        long allocated = least;
        assertTrue(allocated <= MOST_BYTES, () -> MESSAGES + " messages, " + what + ", allocated " + allocated);
    }
}
