package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Waiting ends by what is waited for, in time, or by an interrupt; and then nothing was done. Threads share an end. */
interface WaitingContract extends ConnectionPair {
    Duration LONG = Duration.ofSeconds(30);

    @Test
    default void aReceiverWaitsForItsMessage() throws Exception {
        try (Ends ends = open()) {
            Call<Object> untimed = Call.of(ends.right()::recv).awaitWaiting();
            ends.left().send(1);
            assertEquals(1, untimed.result());
            Call<Object> timed = Call.of(() -> ends.right().recv(LONG)).awaitWaiting();
            ends.left().send(2);
            assertEquals(2, timed.result());
            Call<Integer> into =
                    Call.of(() -> ends.right().recvInto(ByteBuffer.allocate(9))).awaitWaiting();
            ends.left().sendBytes(new byte[7]);
            assertEquals(7, into.result());
            Call<Boolean> poll = Call.of(() -> ends.right().poll(LONG)).awaitWaiting();
            ends.left().send(3);
            assertTrue(poll.result());
            assertEquals(3, ends.right().recv());
        }
    }

    @Test
    default void aSenderWaitsForRoom() throws Exception {
        try (Ends ends = open()) {
            int sent = fill(ends.left());
            Call<Void> untimed = Call.doing(() -> ends.left().send("untimed")).awaitWaiting();
            takeFilled(ends.right(), sent);
            assertEquals("untimed", ends.right().recv());
            untimed.result();

            sent = fill(ends.left());
            Call<Void> timed = Call.doing(() -> ends.left().send("timed", LONG)).awaitWaiting();
            takeFilled(ends.right(), sent);
            assertEquals("timed", ends.right().recv());
            timed.result();
        }
    }

    @Test
    default void noMessageInTime() throws Exception {
        try (Ends ends = open()) {
            for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofMillis(2))) {
                assertThrows(TimeoutException.class, () -> ends.right().recv(timeout));
            }
            ends.left().send("here");
            assertEquals("here", ends.right().recv(Duration.ofDays(100_000)));
        }
    }

    @Test
    default void noRoomInTimeSendsNothing() throws Exception {
        try (Ends ends = open()) {
            int sent = fill(ends.left());
            for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofMillis(2))) {
                assertThrows(TimeoutException.class, () -> ends.left().send(new byte[1000], timeout));
                assertThrows(TimeoutException.class, () -> ends.left().send(new byte[2_000_000], timeout));
            }
            Call<Void> next = Call.doing(() -> ends.left().send("next"));
            takeFilled(ends.right(), sent);
            assertEquals("next", ends.right().recv());
            next.result();
            assertFalse(ends.right().poll());
        }
    }

    /** Its beginning is on its way already when the time is over. */
    @Test
    default void aLargeMessageThatIsOutOfTimeNeverArrives() throws Exception {
        try (Ends ends = open()) {
            for (int i = 0; i < 3; i++) {
                assertThrows(
                        TimeoutException.class, () -> ends.left().send(new byte[20_000_000], Duration.ofMillis(20)));
            }
            Call<Void> next = Call.doing(() -> ends.left().send("next"));
            assertEquals("next", ends.right().recv());
            next.result();
            assertFalse(ends.right().poll());
        }
    }

    @Test
    default void anInterruptedReceiverTakesNothing() throws Exception {
        try (Ends ends = open()) {
            List<Call<?>> calls = List.of(
                    Call.of(ends.right()::recv),
                    Call.of(() -> ends.right().recv(LONG)),
                    Call.of(ends.right()::recvBytes),
                    Call.of(() -> ends.right().recvInto(ByteBuffer.allocate(100))),
                    Call.of(() -> ends.right().poll(LONG)));
            for (Call<?> call : calls) {
                call.awaitWaiting().interrupt();
                call.failure(InterruptedException.class);
            }
            assertFalse(ends.right().isClosed());
            ends.left().send("still there");
            assertEquals("still there", ends.right().recv());
        }
    }

    @Test
    default void anInterruptedSenderSendsNothing() throws Exception {
        try (Ends ends = open()) {
            int sent = fill(ends.left());
            List<Call<?>> calls = List.of(
                    Call.doing(() -> ends.left().send("lost")),
                    Call.doing(() -> ends.left().send("lost", LONG)),
                    Call.doing(() -> ends.left().sendBytes(new byte[10])),
                    Call.doing(() -> ends.left().sendBytes(ByteBuffer.allocate(3_000_000))));
            for (Call<?> call : calls) {
                call.awaitWaiting().interrupt();
                call.failure(InterruptedException.class);
            }
            assertFalse(ends.left().isClosed());
            Call<Void> next = Call.doing(() -> ends.left().send("next"));
            takeFilled(ends.right(), sent);
            assertEquals("next", ends.right().recv());
            next.result();
            assertFalse(ends.right().poll());
        }
    }

    @Test
    default void aLargeMessageWhoseSenderIsInterruptedNeverArrives() throws Exception {
        try (Ends ends = open()) {
            ByteBuffer large = ByteBuffer.allocate(20_000_000);
            Call<Void> sender = Call.doing(() -> ends.left().sendBytes(large)).awaitWaiting();
            sender.interrupt();
            sender.failure(InterruptedException.class);
            assertFalse(ends.right().poll(), "part of it is no message");
            assertEquals(0, large.position(), "it was not sent");
            Call<Void> next = Call.doing(() -> ends.left().send("next"));
            assertEquals("next", ends.right().recv());
            next.result();
        }
    }

    @Test
    default void aReceiverInterruptedInAMessageLosesNothing() throws Exception {
        byte[] large = MessageContract.bytes(20_000_000);
        try (Ends ends = open()) {
            Call<Void> sender = Call.doing(() -> ends.left().sendBytes(large));
            int interrupted = 0;
            byte[] received = null;
            while (received == null) {
                Call<byte[]> receiver = Call.of(ends.right()::recvBytes);
                if (interrupted < 10) {
                    receiver.interrupt();
                }
                try {
                    received = receiver.result();
                } catch (AssertionError e) {
                    receiver.failure(InterruptedException.class);
                    interrupted++;
                }
            }
            assertArrayEquals(large, received);
            sender.result();
        }
    }

    @Test
    default void aThreadThatIsInterruptedBeforeDoesNothing() throws Exception {
        try (Ends ends = open()) {
            ends.left().send("waits");
            assertInterrupted(() -> ends.right().recv());
            assertInterrupted(() -> ends.right().recv(LONG));
            assertInterrupted(() -> ends.right().recvBytes());
            assertInterrupted(() -> ends.left().send("lost"));
            assertInterrupted(() -> ends.left().send("lost", LONG));
            assertInterrupted(() -> ends.left().sendBytes(new byte[1]));
            Thread.currentThread().interrupt();
            assertTrue(ends.right().poll(), "which does not wait");
            assertTrue(Thread.interrupted());
            assertEquals("waits", ends.right().recv());
            assertFalse(ends.right().poll());
        }
    }

    private static void assertInterrupted(Call.Action action) {
        Thread.currentThread().interrupt();
        try {
            assertThrows(InterruptedException.class, action::run);
        } finally {
            assertFalse(Thread.interrupted(), "the exception tells it");
        }
    }

    @Test
    default void pollDoesNotWaitForAReceiverThatWaits() throws Exception {
        try (Ends ends = open()) {
            Call<Object> receiver = Call.of(ends.right()::recv).awaitWaiting();
            assertFalse(ends.right().poll());
            assertFalse(ends.right().poll(Duration.ofMillis(1)));
            assertThrows(TimeoutException.class, () -> ends.right().recv(Duration.ofMillis(1)));
            ends.left().send("x");
            assertEquals("x", receiver.result());
        }
    }

    @Test
    default void manyReceiversTakeEachMessageOnce() throws Exception {
        int receivers = 4;
        int each = 2_000;
        try (Ends ends = open()) {
            List<Call<List<Integer>>> calls = new ArrayList<>();
            for (int r = 0; r < receivers; r++) {
                calls.add(Call.of(() -> {
                    List<Integer> taken = new ArrayList<>();
                    for (Object next = ends.right().recv();
                            next != null;
                            next = ends.right().recv()) {
                        taken.add((Integer) next);
                    }
                    return taken;
                }));
            }
            for (int i = 0; i < receivers * each; i++) {
                ends.left().send(i);
            }
            for (int r = 0; r < receivers; r++) {
                ends.left().send(null);
            }
            boolean[] seen = new boolean[receivers * each];
            for (Call<List<Integer>> call : calls) {
                int last = -1;
                for (int i : call.result()) {
                    assertTrue(i > last, "in order");
                    assertFalse(seen[i], "once");
                    seen[i] = true;
                    last = i;
                }
            }
            for (boolean each1 : seen) {
                assertTrue(each1, "each");
            }
        }
    }

    /** Of sizes from nothing to several pieces. */
    @Test
    default void manySendersKeepTheirOrderAndTheirMessagesWhole() throws Exception {
        int senders = 4;
        int each = 500;
        try (Ends ends = open()) {
            List<Call<Void>> calls = new ArrayList<>();
            for (int s = 0; s < senders; s++) {
                byte id = (byte) s;
                calls.add(Call.doing(() -> {
                    for (int i = 0; i < each; i++) {
                        ByteBuffer message = ByteBuffer.allocate(5 + i % 50 * i % 50 * i * 4);
                        message.put(id).putInt(i);
                        while (message.hasRemaining()) {
                            message.put((byte) (id + i));
                        }
                        ends.left().sendBytes(message.flip());
                    }
                }));
            }
            int[] next = new int[senders];
            for (int m = 0; m < senders * each; m++) {
                ByteBuffer message = ByteBuffer.wrap(ends.right().recvBytes());
                byte id = message.get();
                int i = message.getInt();
                assertEquals(next[id]++, i, "in the order of its sender");
                assertEquals(5 + i % 50 * i % 50 * i * 4, message.capacity());
                while (message.hasRemaining()) {
                    if (message.get() != (byte) (id + i)) {
                        throw new AssertionError("message " + i + " of sender " + id + " is mixed with another");
                    }
                }
            }
            for (Call<Void> call : calls) {
                call.result();
            }
            assertFalse(ends.right().poll());
        }
    }

    /** Senders that give up all the time, and one that does not: only what was sent arrives, whole and in order. */
    @Test
    default void sendersThatGiveUpLeaveNoTrace() throws Exception {
        int messages = 300;
        try (Ends ends = open()) {
            Call<List<Integer>> impatient = Call.of(() -> {
                List<Integer> sent = new ArrayList<>();
                for (int i = 0; i < messages; i++) {
                    try {
                        ends.left().send(numbered(i, 200_000), Duration.ofNanos(i % 3 * 300_000));
                        sent.add(i);
                    } catch (TimeoutException e) {
                        continue;
                    }
                }
                return sent;
            });
            Call<Void> patient = Call.doing(() -> {
                for (int i = 0; i < messages; i++) {
                    ends.left().send(numbered(-1 - i, 1000));
                }
            });
            List<Integer> arrived = new ArrayList<>();
            int patientArrived = 0;
            while (patientArrived < messages
                    || !impatient.isDone()
                    || ends.right().poll()) {
                if (!ends.right().poll(Duration.ofMillis(1))) {
                    continue;
                }
                byte[] message = (byte[]) ends.right().recv();
                int number = ByteBuffer.wrap(message).getInt();
                assertEquals(number < 0 ? 1000 : 200_000, message.length);
                if (number < 0) {
                    assertEquals(-1 - patientArrived++, number);
                } else {
                    arrived.add(number);
                }
            }
            patient.result();
            assertEquals(impatient.result(), arrived);
        }
    }

    private static byte[] numbered(int number, int size) {
        return ByteBuffer.allocate(size).putInt(number).array();
    }
}
