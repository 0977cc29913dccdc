package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What either side sees once an end is closed. */
interface EndContract extends ConnectionPair {
    Duration LONG = Duration.ofSeconds(30);

    @Test
    default void whatWasSentIsReceivedBeforeTheEnd() throws Exception {
        try (Ends ends = open()) {
            ends.left().send("last");
            ends.left().sendBytes(new byte[0]);
            ends.left().close();
            assertTrue(ends.right().poll(LONG));
            assertEquals("last", ends.right().recv());
            assertEquals(0, ends.right().recvBytes().length);
            for (int i = 0; i < 3; i++) {
                assertTrue(ends.right().poll(), "recv would not wait");
                assertTrue(ends.right().poll(Duration.ZERO));
                assertTrue(ends.right().poll(LONG));
                assertNotNull(
                        assertThrows(EOFException.class, () -> ends.right().recv())
                                .getMessage());
                assertThrows(EOFException.class, () -> ends.right().recv(Duration.ZERO));
                assertThrows(EOFException.class, () -> ends.right().recvBytes());
                assertThrows(EOFException.class, () -> ends.right().recvInto(ByteBuffer.allocate(9)));
            }
            assertFalse(ends.right().isClosed());
        }
    }

    @Test
    default void theEndComesToThoseWhoWait() throws Exception {
        try (Ends ends = open()) {
            Call<Object> recv = Call.of(ends.right()::recv);
            Call<Object> timed = Call.of(() -> ends.right().recv(LONG));
            Call<byte[]> bytes = Call.of(ends.right()::recvBytes);
            Call<Boolean> poll = Call.of(() -> ends.right().poll(LONG));
            for (Call<?> call : List.of(recv, timed, bytes, poll)) {
                call.awaitWaiting();
            }
            ends.left().close();
            recv.failure(EOFException.class);
            timed.failure(EOFException.class);
            bytes.failure(EOFException.class);
            assertTrue(poll.result());
        }
    }

    @Test
    default void nobodyIsLeftToReceive() throws Exception {
        try (Ends ends = open()) {
            ends.right().close();
            for (int i = 0; i < 3; i++) {
                assertNotNull(assertThrows(
                                BrokenPipeException.class, () -> ends.left().send(1))
                        .getMessage());
                assertThrows(BrokenPipeException.class, () -> ends.left().send(1, Duration.ZERO));
                assertThrows(BrokenPipeException.class, () -> ends.left().sendBytes(new byte[0]));
                ByteBuffer message = ByteBuffer.allocate(100_000);
                assertThrows(BrokenPipeException.class, () -> ends.left().sendBytes(message));
                assertEquals(0, message.position(), "it was not sent");
            }
            assertFalse(ends.left().isClosed());
        }
    }

    @Test
    default void aSenderThatWaitsLearnsThatNobodyIsLeft() throws Exception {
        try (Ends ends = open()) {
            fill(ends.left());
            Call<Void> small = Call.doing(() -> ends.left().send(1)).awaitWaiting();
            Call<Void> large = Call.doing(() -> ends.left().send(new byte[5_000_000], LONG))
                    .awaitWaiting();
            ends.right().close();
            small.failure(BrokenPipeException.class);
            large.failure(BrokenPipeException.class);
        }
    }

    @Test
    default void aSenderInALargeMessageLearnsThatNobodyIsLeft() throws Exception {
        try (Ends ends = open()) {
            Call<Void> sender = Call.doing(() -> ends.left().sendBytes(new byte[20_000_000]))
                    .awaitWaiting();
            ends.right().close();
            sender.failure(BrokenPipeException.class);
        }
    }

    @Test
    default void halfAMessageIsNeverSeen() throws Exception {
        try (Ends ends = open()) {
            ends.left().send("whole");
            Call<Void> sender = Call.doing(() -> ends.left().sendBytes(new byte[20_000_000]))
                    .awaitWaiting();
            ends.left().close();
            sender.failure(ClosedObjectException.class);
            assertEquals("whole", ends.right().recv());
            assertThrows(EOFException.class, () -> ends.right().recv());
            assertTrue(ends.right().poll());
            assertThrows(EOFException.class, () -> ends.right().recvBytes());
        }
    }

    @Test
    default void aClosedEndRefusesEverything() throws Exception {
        try (Ends ends = open()) {
            for (Connection end : List.of(ends.left(), ends.right())) {
                assertFalse(end.isClosed());
                boolean readable = end.isReadable();
                boolean writable = end.isWritable();
                end.close();
                end.close();
                assertTrue(end.isClosed());
                Class<ClosedObjectException> refused = ClosedObjectException.class;
                if (readable) {
                    assertNotNull(assertThrows(refused, end::recv).getMessage());
                    assertThrows(refused, () -> end.recv(Duration.ZERO));
                    assertThrows(refused, end::recvBytes);
                    assertThrows(refused, () -> end.recvInto(ByteBuffer.allocate(9)));
                    assertThrows(refused, end::poll);
                    assertThrows(refused, () -> end.poll(LONG));
                }
                if (writable) {
                    assertThrows(refused, () -> end.send(1));
                    assertThrows(refused, () -> end.send(1, Duration.ZERO));
                    assertThrows(refused, () -> end.sendBytes(new byte[1]));
                    assertThrows(refused, () -> end.sendBytes(ByteBuffer.allocate(1)));
                }
                assertTrue(end.toString().contains("closed"), end::toString);
            }
        }
    }

    @Test
    default void whatLiesThereUnreadIsGoneWithTheEndThatIsClosed() throws Exception {
        try (Ends ends = open()) {
            ends.left().send("unread");
            assertTrue(ends.right().poll(LONG));
            ends.right().close();
            assertThrows(ClosedObjectException.class, () -> ends.right().recv());
            assertTrue(breaks(ends.left()), "and the sender learns it");
        }
    }

    /** TCP may take some messages before it knows. */
    private static boolean breaks(Connection end) throws Exception {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 30_000_000_000L) {
            try {
                end.send(1);
            } catch (BrokenPipeException e) {
                return true;
            }
        }
        return false;
    }

    @Test
    default void closingWakesAllWhoReceive() throws Exception {
        try (Ends ends = open()) {
            List<Call<?>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(Call.of(ends.right()::recv));
                calls.add(Call.of(() -> ends.right().recv(LONG)));
                calls.add(Call.of(() -> ends.right().poll(LONG)));
                calls.add(Call.of(() -> ends.right().recvInto(ByteBuffer.allocate(9))));
            }
            calls.forEach(Call::awaitWaiting);
            ends.right().close();
            for (Call<?> call : calls) {
                call.failure(ClosedObjectException.class);
            }
        }
    }

    @Test
    default void closingWakesAllWhoSend() throws Exception {
        try (Ends ends = open()) {
            int sent = fill(ends.left());
            List<Call<?>> calls = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(Call.doing(() -> ends.left().send("lost")));
                calls.add(Call.doing(() -> ends.left().send("lost", LONG)));
                calls.add(Call.doing(() -> ends.left().sendBytes(new byte[500_000])));
            }
            calls.forEach(Call::awaitWaiting);
            ends.left().close();
            for (Call<?> call : calls) {
                call.failure(ClosedObjectException.class);
            }
            takeFilled(ends.right(), sent);
            assertThrows(EOFException.class, () -> ends.right().recv());
        }
    }

    @Test
    default void theEndReachesEveryReceiver() throws Exception {
        try (Ends ends = open()) {
            ends.left().send(1);
            ends.left().close();
            List<Call<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(Call.of(() -> {
                    int taken = 0;
                    while (true) {
                        try {
                            ends.right().recv();
                            taken++;
                        } catch (EOFException e) {
                            return taken;
                        }
                    }
                }));
            }
            int taken = 0;
            for (Call<Integer> call : calls) {
                taken += call.result();
            }
            assertEquals(1, taken);
        }
    }

    @Test
    default void whatBothSaidBeforeOneLeftArrives() throws Exception {
        Assumptions.assumeTrue(isDuplex());
        try (Ends ends = open()) {
            ends.left().send("question");
            assertEquals("question", ends.right().recv());
            ends.left().send("never read");
            int sent = fill(ends.right());
            ends.right().close();
            takeFilled(ends.left(), sent);
            assertThrows(EOFException.class, () -> ends.left().recvBytes());
            assertThrows(BrokenPipeException.class, () -> ends.left().send("to nobody"));
        }
    }
}
