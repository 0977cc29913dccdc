package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What arrives is what was sent: objects, bytes, in their order, within their boundaries, in any kind of buffer. */
interface MessageContract extends ConnectionPair {
    record Point(int x, String label) {}

    @Test
    default void objectsArriveAsTheyWereSent() throws Exception {
        List<Object> objects = Arrays.asList(
                1,
                -7L,
                "text",
                "",
                null,
                2.5,
                true,
                new Point(3, "three"),
                List.of(1, 2),
                Map.of("k", 1),
                Duration.ofDays(1));
        try (Ends ends = open()) {
            for (Object object : objects) {
                ends.left().send(object);
                assertEquals(object, ends.right().recv());
            }
        }
    }

    @Test
    default void severalWaitUntilTheyAreTaken() throws Exception {
        try (Ends ends = open()) {
            for (int i = 0; i < 100; i++) {
                ends.left().send(i);
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(i, ends.right().recv());
            }
            assertFalse(ends.right().poll());
        }
    }

    @Test
    default void anObjectMayBeChangedAfterItWasSent() throws Exception {
        try (Ends ends = open()) {
            List<String> list = new ArrayList<>(List.of("a"));
            ends.left().send(list);
            list.add("b");
            assertEquals(List.of("a"), ends.right().recv());
        }
    }

    @Test
    default void anObjectIsReceivedAsAType() throws Exception {
        try (Ends ends = open()) {
            ends.left().send("x");
            assertEquals("x", ends.right().recv(String.class));
            ends.left().send(null);
            assertThrows(NullPointerException.class, () -> ends.right().recv((Class<?>) null), "and takes nothing");
            assertNull(ends.right().recv(String.class));
            ends.left().send(1);
            ends.left().send("next");
            assertThrows(ClassCastException.class, () -> ends.right().recv(String.class));
            assertEquals("next", ends.right().recv());
        }
    }

    @Test
    default void anObjectIsItsEncodingAndBytesAreAnObject() throws Exception {
        try (Ends ends = open()) {
            ends.left().send(List.of("a", 1));
            assertArrayEquals(
                    ObjectCodec.standard().encode(List.of("a", 1)), ends.right().recvBytes());
            ends.left().sendBytes(ObjectCodec.standard().encode(new Point(1, "p")));
            assertEquals(new Point(1, "p"), ends.right().recv());
        }
    }

    @Test
    default void whatDoesNotEncodeSendsNothing() throws Exception {
        try (Ends ends = open()) {
            assertThrows(EncodeException.class, () -> ends.left().send(new Object()));
            assertThrows(EncodeException.class, () -> ends.left().send(List.of("first", new Object())));
            assertThrows(
                    EncodeException.class,
                    () -> ends.left().send(new Object[] {1, new Thread()}, Duration.ofSeconds(30)));
            assertFalse(ends.right().poll());
            ends.left().send("next");
            assertEquals("next", ends.right().recv());
        }
    }

    @Test
    default void whatDoesNotDecodeIsTakenAndTheNextIsUntouched() throws Exception {
        try (Ends ends = open()) {
            byte[] tooMuch = Arrays.copyOf(ObjectCodec.standard().encode(5), 20);
            for (byte[] bad : List.of(new byte[] {127, 126, 125}, new byte[0], tooMuch)) {
                ends.left().sendBytes(bad);
                ends.left().send("next");
                assertThrows(DecodeException.class, () -> ends.right().recv());
                assertEquals("next", ends.right().recv(Duration.ofSeconds(30)));
            }
        }
    }

    @Test
    default void anEmptyMessageIsAMessage() throws Exception {
        try (Ends ends = open()) {
            assertFalse(ends.right().poll());
            ends.left().sendBytes(new byte[0]);
            ends.left().sendBytes(ByteBuffer.allocate(0));
            ends.left().sendBytes(new byte[] {1});
            ends.left().sendBytes(new byte[5], 3, 0);
            assertTrue(ends.right().poll(Duration.ofSeconds(30)));
            assertEquals(0, ends.right().recvBytes().length);
            assertEquals(0, ends.right().recvInto(ByteBuffer.allocate(0)));
            assertArrayEquals(new byte[] {1}, ends.right().recvBytes());
            assertEquals(0, ends.right().recvBytes().length);
            assertFalse(ends.right().poll());
        }
    }

    @Test
    default void boundariesAndOrderAreKeptAtEverySize() throws Exception {
        TreeSet<Integer> sizes = new TreeSet<>(List.of(0, 1, 2, 3, 7, 8, 9, 100, 1000));
        for (int limit : limits()) {
            for (int near = limit - 3; near <= limit + 3; near++) {
                sizes.add(Math.max(0, near));
            }
            for (int header : new int[] {8, 16, 17, 24, 32}) {
                sizes.add(Math.max(0, limit - header));
                sizes.add(limit + header);
            }
        }
        try (Ends ends = open()) {
            Call<Void> sender = Call.doing(() -> {
                for (int size : sizes) {
                    ends.left().sendBytes(bytes(size));
                    ends.left().sendBytes(new byte[] {(byte) size});
                }
            });
            for (int size : sizes) {
                assertArrayEquals(bytes(size), ends.right().recvBytes(), size + " bytes");
                assertArrayEquals(new byte[] {(byte) size}, ends.right().recvBytes());
            }
            sender.result();
        }
    }

    @Test
    default void randomSizesInRandomPaces() throws Exception {
        int messages = 20_000;
        try (Ends ends = open()) {
            Call<Void> sender = Call.doing(() -> {
                Random sizes = new Random(5);
                for (int i = 0; i < messages; i++) {
                    ends.left().sendBytes(bytes(sizes.nextInt(1 << sizes.nextInt(14))));
                }
            });
            Random sizes = new Random(5);
            for (int i = 0; i < messages; i++) {
                assertArrayEquals(
                        bytes(sizes.nextInt(1 << sizes.nextInt(14))),
                        ends.right().recvBytes());
            }
            sender.result();
        }
    }

    @Test
    default void twentyMegabytesAgainstBackPressure() throws Exception {
        byte[] large = bytes(20_000_000);
        try (Ends ends = open()) {
            Call<Void> sender = Call.doing(() -> {
                ends.left().sendBytes(large);
                ends.left().send("behind it");
            });
            sender.awaitWaiting();
            assertArrayEquals(large, ends.right().recvBytes());
            assertEquals("behind it", ends.right().recv());
            sender.result();

            Call<Void> again = Call.doing(() -> ends.left().send(large));
            ByteBuffer target = ByteBuffer.allocateDirect(large.length + 100);
            byte[] encoded = new byte[ends.right().recvInto(target)];
            target.flip().get(encoded);
            assertArrayEquals(large, (byte[]) ObjectCodec.standard().decode(encoded));
            again.result();
        }
    }

    @Test
    default void aPartOfAnArrayIsSent() throws Exception {
        try (Ends ends = open()) {
            ends.left().sendBytes(new byte[] {0, 1, 2, 3, 4}, 1, 3);
            assertArrayEquals(new byte[] {1, 2, 3}, ends.right().recvBytes());
            assertThrows(IndexOutOfBoundsException.class, () -> ends.left().sendBytes(new byte[3], 2, 2));
            assertFalse(ends.right().poll());
        }
    }

    @Test
    default void buffersOfEveryKindAreSent() throws Exception {
        byte[] all = bytes(300);
        ByteBuffer direct = ByteBuffer.allocateDirect(300).put(all).flip();
        for (ByteBuffer buffer : List.of(
                ByteBuffer.wrap(all),
                direct,
                ByteBuffer.wrap(all).asReadOnlyBuffer(),
                direct.duplicate().asReadOnlyBuffer(),
                ByteBuffer.wrap(concat(new byte[9], all), 9, 300).slice())) {
            try (Ends ends = open()) {
                buffer.position(10).limit(290);
                ends.left().sendBytes(buffer);
                assertEquals(290, buffer.position());
                assertEquals(290, buffer.limit());
                assertArrayEquals(Arrays.copyOfRange(all, 10, 290), ends.right().recvBytes());
            }
        }
    }

    @Test
    default void buffersOfEveryKindReceive() throws Exception {
        byte[] message = bytes(50);
        for (ByteBuffer buffer : List.of(
                ByteBuffer.allocate(100),
                ByteBuffer.allocateDirect(100),
                ByteBuffer.wrap(new byte[200], 50, 100).slice())) {
            try (Ends ends = open()) {
                ends.left().sendBytes(message);
                ends.left().sendBytes(message);
                buffer.clear().put((byte) 77).limit(80);
                assertEquals(50, ends.right().recvInto(buffer));
                assertEquals(51, buffer.position());
                assertEquals(80, buffer.limit());
                byte[] got = new byte[50];
                buffer.flip().position(1).get(got);
                assertEquals(77, buffer.get(0));
                assertArrayEquals(message, got);
                buffer.clear().limit(50);
                assertEquals(50, ends.right().recvInto(buffer), "exactly as many");
            }
        }
    }

    @Test
    default void aBufferThatIsTooShortLosesNothing() throws Exception {
        try (Ends ends = open()) {
            for (int size : new int[] {8, 100_000}) {
                Call<Void> sender = Call.doing(() -> {
                    ends.left().sendBytes(bytes(size));
                    ends.left().send("next");
                });
                ByteBuffer buffer = ByteBuffer.allocate(10).put(new byte[] {1, 2, 3});
                BufferTooShortException e = assertThrows(
                        BufferTooShortException.class, () -> ends.right().recvInto(buffer));
                assertArrayEquals(bytes(size), e.message());
                assertEquals(ByteBuffer.allocate(10).put(new byte[] {1, 2, 3}), buffer);
                assertArrayEquals(new byte[] {1, 2, 3, 0, 0, 0, 0, 0, 0, 0}, buffer.array(), "untouched");
                assertEquals("next", ends.right().recv());
                sender.result();
            }
        }
    }

    @Test
    default void aReadOnlyBufferTakesNoMessage() throws Exception {
        try (Ends ends = open()) {
            ends.left().sendBytes(new byte[] {4});
            ByteBuffer readOnly = ByteBuffer.allocate(10).asReadOnlyBuffer();
            assertThrows(RuntimeException.class, () -> ends.right().recvInto(readOnly));
            assertArrayEquals(new byte[] {4}, ends.right().recvBytes());
        }
    }

    @Test
    default void pollConsumesNothing() throws Exception {
        try (Ends ends = open()) {
            assertFalse(ends.right().poll());
            assertFalse(ends.right().poll(Duration.ZERO));
            assertFalse(ends.right().poll(Duration.ofSeconds(-1)));
            assertFalse(ends.right().poll(Duration.ofMillis(1)));
            ends.left().send(1);
            ends.left().send(2);
            for (int i = 0; i < 3; i++) {
                assertTrue(ends.right().poll(Duration.ofSeconds(30)));
                assertTrue(ends.right().poll());
                assertTrue(ends.right().poll(Duration.ZERO));
            }
            assertEquals(1, ends.right().recv(Duration.ZERO));
            assertTrue(ends.right().poll());
            assertEquals(2, ends.right().recv());
            assertFalse(ends.right().poll());
        }
    }

    @Test
    default void pollMeansAWholeMessage() throws Exception {
        byte[] large = bytes(3_000_000);
        try (Ends ends = open()) {
            Call<Void> sender = Call.doing(() -> ends.left().sendBytes(large));
            assertTrue(ends.right().poll(Duration.ofSeconds(30)));
            assertArrayEquals(large, ends.right().recvBytes());
            sender.result();
        }
    }

    @Test
    default void messagesGoBothWays() throws Exception {
        Assumptions.assumeTrue(isDuplex());
        try (Ends ends = open()) {
            for (int i = 0; i < 100; i++) {
                ends.left().send("ping " + i);
                assertEquals("ping " + i, ends.right().recv());
                ends.right().send("pong " + i);
                assertEquals("pong " + i, ends.left().recv());
            }
            assertTrue(ends.left().isReadable());
            assertTrue(ends.right().isWritable());
        }
    }

    @Test
    default void largeMessagesCross() throws Exception {
        Assumptions.assumeTrue(isDuplex());
        byte[] large = bytes(2_000_000);
        try (Ends ends = open()) {
            Call<Void> leftSends = Call.doing(() -> ends.left().sendBytes(large));
            Call<Void> rightSends = Call.doing(() -> ends.right().sendBytes(large));
            assertArrayEquals(large, ends.left().recvBytes());
            assertArrayEquals(large, ends.right().recvBytes());
            leftSends.result();
            rightSends.result();
        }
    }

    @Test
    default void oneWayEndsDoOneThing() throws Exception {
        Assumptions.assumeFalse(isDuplex());
        try (Ends ends = open()) {
            assertTrue(ends.left().isWritable());
            assertFalse(ends.left().isReadable());
            assertTrue(ends.right().isReadable());
            assertFalse(ends.right().isWritable());
            Class<UnsupportedOperationException> unsupported = UnsupportedOperationException.class;
            assertThrows(unsupported, () -> ends.left().recv());
            assertThrows(unsupported, () -> ends.left().recv(Duration.ZERO));
            assertThrows(unsupported, () -> ends.left().recvBytes());
            assertThrows(unsupported, () -> ends.left().recvInto(ByteBuffer.allocate(10)));
            assertThrows(unsupported, () -> ends.left().poll());
            assertThrows(unsupported, () -> ends.left().poll(Duration.ZERO));
            assertThrows(unsupported, () -> ends.right().send(1));
            assertThrows(unsupported, () -> ends.right().send(1, Duration.ZERO));
            assertThrows(unsupported, () -> ends.right().sendBytes(new byte[1]));
            assertThrows(unsupported, () -> ends.right().sendBytes(ByteBuffer.allocate(1)));
            ends.left().send("still");
            assertEquals("still", ends.right().recv());
        }
    }

    @Test
    default void nullIsRefusedWhereItIsNoMessage() throws Exception {
        try (Ends ends = open()) {
            Class<NullPointerException> refused = NullPointerException.class;
            assertThrows(refused, () -> ends.left().sendBytes((byte[]) null));
            assertThrows(refused, () -> ends.left().sendBytes((ByteBuffer) null));
            assertThrows(refused, () -> ends.left().send(1, null));
            assertThrows(refused, () -> ends.right().recv((Duration) null));
            assertThrows(refused, () -> ends.right().recvInto(null));
            assertThrows(refused, () -> ends.right().poll(null));
            assertThrows(TimeoutException.class, () -> ends.right().recv(Duration.ZERO), "nothing was sent");
        }
    }

    /** Bytes that depend on their number and place. */
    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >>> 8) + size);
        }
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
