package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.codec.DecodeException;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.Threads;
import io.muster.ipc.wait.WaitStrategy;
import java.io.EOFException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a pipe does beyond what every connection does, both ends in one process. */
class PipeTest {
    private static final int RING = Pipe.LEAST_CAPACITY;
    private static final Duration SOON = Duration.ofMillis(20);

    private final Pipe.OneWay pipe = Pipe.options().capacity(RING).makeOneWay();
    private final PipeConnection writer = pipe.writer();
    private final PipeConnection reader = pipe.reader();

    @org.junit.jupiter.api.AfterEach
    void close() {
        pipe.close();
    }

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @Test
    void objectsComeAsTheyWereSent() throws Exception {
        for (Object each : new Object[] {"text", 7, null, List.of(1, 2), Map.of("a", 1.5)}) {
            writer.send(each);
            assertEquals(each, reader.recv());
        }
        assertThrows(EncodeException.class, () -> writer.send(new Object()));
        assertFalse(reader.poll(), "something was sent");
    }

    @Test
    void eachSizeAroundEachLimitComesWhole() throws Exception {
        int quarter = RING / 4;
        int[] sizes = {
            0,
            1,
            7,
            8,
            9,
            quarter - 17,
            quarter - 16,
            quarter - 9,
            quarter - 8,
            quarter - 7,
            quarter - 1,
            quarter,
            quarter + 1,
            RING / 2,
            RING - 8,
            RING - 1,
            RING,
            RING + 1,
            3 * RING + 5,
            100 * RING,
            0,
            1
        };
        for (int round = 0; round < 20; round++) {
            int shift = round;
            var sender = Threads.run(() -> {
                writer.sendBytes(new byte[8 * shift + shift]);
                for (int size : sizes) {
                    writer.sendBytes(bytes(size, size));
                }
            });
            assertEquals(9 * shift, reader.recvBytes().length);
            for (int size : sizes) {
                assertArrayEquals(bytes(size, size), reader.recvBytes(), () -> "size " + size);
            }
            sender.get();
        }
        assertEquals(0, depth());
    }

    private long depth() {
        return reader.toString().contains(", 0 of ") ? 0 : 1;
    }

    @Test
    void largeMessagesAreStreamedThroughTheSmallestRing() throws Exception {
        byte[] large = bytes(64 << 20, 3);
        var sender = Threads.run(() -> {
            writer.sendBytes(large);
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(5 * RING).put(large, 0, 5 * RING).flip();
            writer.sendBytes(direct);
            assertEquals(0, direct.remaining());
            writer.send(large);
        });
        assertTrue(Arrays.equals(large, reader.recvBytes()));
        ByteBuffer into = ByteBuffer.allocateDirect(6 * RING);
        assertEquals(5 * RING, reader.recvInto(into));
        assertEquals(ByteBuffer.wrap(large, 0, 5 * RING), into.flip());
        assertTrue(Arrays.equals(large, (byte[]) reader.recv()));
        sender.get();
    }

    @Test
    void aLargeMessageForABufferIsNotCopiedTwice() throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] large = bytes(8 << 20, 7);
        var sender = Threads.run(() -> {
            writer.sendBytes(large);
            writer.sendBytes(large);
        });
        ByteBuffer into = ByteBuffer.allocate(large.length);
        reader.recvInto(into);
        long before = threads.getCurrentThreadAllocatedBytes();
        reader.recvInto(into.clear());
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < large.length / 4, () -> allocated + " bytes allocated");
        assertEquals(ByteBuffer.wrap(large), into.flip());
        sender.get();
    }

    @Test
    void aLargeMessageOfWhichAPartHasComeIsGoneOnWith() throws Exception {
        byte[] large = bytes(10 * RING, 4);
        var sender = Threads.run(() -> writer.send(large));
        int timeouts = 0;
        while (timeouts < 3) {
            try {
                assertArrayEquals(large, (byte[]) reader.recv(Duration.ZERO));
                break;
            } catch (TimeoutException e) {
                timeouts++;
            }
        }
        if (timeouts == 3) {
            assertArrayEquals(large, (byte[]) reader.recv());
        }
        sender.get();
    }

    @Test
    void aLargeMessageThatIsGivenUpIsNeverSeen() throws Exception {
        assertThrows(TimeoutException.class, () -> writer.send(new byte[RING], Duration.ZERO));
        assertThrows(TimeoutException.class, () -> writer.send(new byte[RING], SOON));
        var sender = Threads.run(() -> writer.sendBytes(new byte[2 * RING]));
        Threads.until("it waits for room", () -> !reader.toString().contains(", 0 of "));
        sender.interrupt();
        assertThrows(InterruptedException.class, sender::get);
        assertFalse(reader.poll());
        writer.send("next");
        assertTrue(reader.poll());
        assertEquals("next", reader.recv());
        assertThrows(TimeoutException.class, () -> writer.send(new byte[RING], Duration.ZERO));
        writer.close();
        assertThrows(EOFException.class, reader::recvBytes);
    }

    @Test
    void pollConsumesNothing() throws Exception {
        assertFalse(reader.poll());
        assertFalse(reader.poll(SOON));
        writer.send("a");
        assertTrue(reader.poll());
        assertTrue(reader.poll(SOON));
        assertEquals("a", reader.recv());
        assertFalse(reader.poll());
        writer.close();
        assertTrue(reader.poll());
        assertTrue(reader.poll(SOON));
        assertThrows(EOFException.class, reader::recv);
        assertThrows(EOFException.class, reader::recv);
    }

    @Test
    void offersNeverWait() throws Exception {
        int sent = 0;
        while (writer.offerBytes(new byte[100])) {
            sent++;
        }
        assertEquals((RING - 8) / 112, sent);
        int small = 0;
        while (writer.offerBytes(new byte[0])) {
            small++;
        }
        assertTrue(small < 112 / 8, "room for " + small);
        assertFalse(writer.offer("more"));
        assertNull(writer.tryClaim(200));
        assertThrows(TimeoutException.class, () -> writer.send("no room", Duration.ZERO));
        assertEquals(100, reader.recvBytes().length);
        assertTrue(writer.offer("more"));
        for (int i = 1; i < sent; i++) {
            assertEquals(100, reader.recvBytes().length);
        }
        for (int i = 0; i < small; i++) {
            assertEquals(0, reader.recvBytes().length);
        }
        assertEquals("more", reader.recv());
        assertTrue(writer.offerBytes(bytes(RING / 2, 1)));
        assertArrayEquals(bytes(RING / 2, 1), reader.recvBytes());
        assertThrows(IllegalArgumentException.class, () -> writer.offerBytes(new byte[RING / 2 + 1]));
    }

    @Test
    void aTooSmallBufferLosesNothing() throws Exception {
        writer.sendBytes(bytes(10, 1));
        writer.sendBytes(bytes(5, 2));
        ByteBuffer small = ByteBuffer.allocate(9);
        BufferTooShortException told = assertThrows(BufferTooShortException.class, () -> reader.recvInto(small));
        assertArrayEquals(bytes(10, 1), told.message());
        assertEquals(9, small.remaining());
        assertEquals(5, reader.recvInto(small));
        assertEquals(ByteBuffer.wrap(bytes(5, 2)), small.flip());
    }

    @Test
    void whatDoesNotDecodeIsTakenAndTheNextIsNotTouched() throws Exception {
        writer.sendBytes(new byte[] {(byte) 0x7f, 1, 2});
        writer.sendBytes(new byte[0]);
        writer.send("next");
        assertThrows(DecodeException.class, reader::recv);
        assertThrows(DecodeException.class, reader::recv);
        assertEquals("next", reader.recv());
    }

    @Test
    void messagesAreReadInPlace() throws Exception {
        for (int i = 0; i < 5; i++) {
            writer.sendBytes(bytes(i, i));
        }
        List<byte[]> seen = new ArrayList<>();
        MessageHandler handler = message -> {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            assertTrue(message.isReadOnly());
            seen.add(copy);
        };
        assertEquals(3, reader.poll(handler, 3));
        assertEquals(2, reader.poll(handler, 30));
        assertEquals(0, reader.poll(handler, 30));
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(bytes(i, i), seen.get(i));
        }
        writer.sendBytes(bytes(3, 3));
        writer.send("next");
        assertThrows(
                IllegalStateException.class,
                () -> reader.poll(
                        message -> {
                            throw new IllegalStateException("handler");
                        },
                        2));
        assertEquals("next", reader.recv());
        writer.close();
        assertThrows(EOFException.class, () -> reader.poll(handler, 1));
    }

    @Test
    void aViewHoldsItsMessageUntilItIsClosed() throws Exception {
        assertNull(reader.tryView());
        writer.sendBytes(bytes(50, 1));
        try (MessageView view = reader.recvView()) {
            assertEquals(ByteBuffer.wrap(bytes(50, 1)), view.message());
            assertThrows(IllegalStateException.class, reader::recv);
            assertFalse(depth() == 0);
        }
        assertEquals(0, depth());
        var sender = Threads.run(() -> writer.sendBytes(bytes(3 * RING, 2)));
        try (MessageView view = reader.recvView()) {
            assertEquals(ByteBuffer.wrap(bytes(3 * RING, 2)), view.message());
        }
        sender.get();
    }

    @Test
    void theEndIsTheLastHandles() throws Exception {
        PipeConnection other = Travel.through(writer);
        writer.send("from one");
        writer.close();
        other.send("from other");
        assertThrows(ClosedObjectException.class, () -> writer.send("closed"));
        assertEquals("from one", reader.recv());
        assertEquals("from other", reader.recv());
        var waiting = Threads.call(reader::recv);
        other.close();
        assertThrows(EOFException.class, waiting::get);
        assertThrows(ClosedObjectException.class, () -> Travel.through(writer));
    }

    @Test
    void brokenWhenNobodyReceives() throws Exception {
        writer.send("lost");
        reader.close();
        BrokenPipeException told = assertThrows(BrokenPipeException.class, () -> writer.send("never"));
        assertTrue(told.getMessage().contains("closed their ends or died"), told::getMessage);
        assertThrows(BrokenPipeException.class, () -> writer.offer("never"));
        assertThrows(BrokenPipeException.class, () -> writer.tryClaim(1));
        assertThrows(ClosedObjectException.class, reader::recv);
    }

    @Test
    void aWriterThatWaitsForRoomLearnsThatNobodyReceives() throws Exception {
        for (int size : new int[] {100, 10 * RING}) {
            Pipe.OneWay own = Pipe.options().capacity(RING).makeOneWay();
            var sender = Threads.run(() -> {
                while (true) {
                    own.writer().sendBytes(new byte[size]);
                }
            });
            Threads.until("it waits", () -> !own.reader().toString().contains(", 0 of "));
            own.reader().close();
            assertThrows(BrokenPipeException.class, sender::get);
            own.close();
        }
    }

    @Test
    void closingWakesThoseWhoWaitAtThatHandleOnly() throws Exception {
        PipeConnection other = Travel.through(reader);
        var here = Threads.call(reader::recv);
        var there = Threads.call(other::recv);
        reader.close();
        assertThrows(ClosedObjectException.class, here::get);
        assertFalse(there.isDone());
        writer.send("there");
        assertEquals("there", there.get());
        while (writer.offerBytes(new byte[100])) {
            assertFalse(writer.isClosed());
        }
        var sending = Threads.run(() -> writer.sendBytes(new byte[RING]));
        writer.close();
        assertThrows(ClosedObjectException.class, sending::get);
        other.close();
    }

    @Test
    void nobodyIsAdmittedAfterTheEnd() throws Exception {
        byte[] travelling = Travel.bytes(writer);
        writer.close();
        assertThrows(EOFException.class, reader::recv);
        RuntimeException told = assertThrows(ClosedObjectException.class, () -> Travel.handle(travelling));
        assertTrue(told.getMessage().contains("before this process got it"), told::getMessage);
        byte[] readers = Travel.bytes(reader);
        reader.close();
        assertThrows(ClosedObjectException.class, () -> Travel.handle(readers));
    }

    @Test
    void bothWays() throws Exception {
        try (Pipe.Duplex duplex = Pipe.duplex()) {
            duplex.first().send("question");
            assertEquals("question", duplex.second().recv());
            duplex.second().send("answer");
            assertEquals("answer", duplex.first().recv());
            PipeConnection second = Travel.through(duplex.second());
            assertEquals(duplex.second(), second);
            duplex.second().close();
            duplex.first().send("still there");
            assertEquals("still there", second.recv());
            second.close();
            assertThrows(EOFException.class, duplex.first()::recv);
            assertThrows(BrokenPipeException.class, () -> duplex.first().send("nobody"));
        }
    }

    @Test
    void anEndDoesOnlyWhatItIsFor() {
        assertThrows(UnsupportedOperationException.class, () -> reader.send("x"));
        assertThrows(UnsupportedOperationException.class, writer::recv);
        assertThrows(UnsupportedOperationException.class, writer::poll);
        assertTrue(writer.isWritable() && !writer.isReadable() && reader.isReadable() && !reader.isWritable());
        assertThrows(IllegalArgumentException.class, () -> Pipe.options().capacity(100));
        assertEquals(8192, Pipe.options().capacity(5000).makeOneWay().reader().capacity());
    }

    @Test
    void manySendersAndReceiversLoseAndDoubleNothing() throws Exception {
        int each = 20_000;
        List<Threads.Running<long[]>> receivers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            receivers.add(Threads.call(() -> receive(3)));
        }
        List<Threads.Running<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            long sender = i;
            senders.add(Threads.run(() -> {
                Random random = new Random(sender);
                for (long n = 0; n < each; n++) {
                    int length = 16 + (random.nextInt(50) == 0 ? random.nextInt(3 * RING) : random.nextInt(60));
                    writer.sendBytes(ByteBuffer.allocate(length)
                            .putLong(sender)
                            .putLong(n)
                            .rewind());
                }
            }));
        }
        for (var sender : senders) {
            sender.get();
        }
        writer.close();
        long count = 0;
        for (var receiver : receivers) {
            count += receiver.get()[0];
        }
        assertEquals(3L * each, count);
    }

    /** How many came; those of each sender in order. */
    private long[] receive(int senders) throws Exception {
        long[] last = new long[senders];
        Arrays.fill(last, -1);
        long count = 0;
        while (true) {
            ByteBuffer message;
            try {
                message = ByteBuffer.wrap(reader.recvBytes());
            } catch (EOFException e) {
                return new long[] {count};
            }
            int sender = (int) message.getLong();
            long n = message.getLong();
            assertTrue(n > last[sender], () -> "message " + n + " of " + sender + " after " + last[sender]);
            last[sender] = n;
            count++;
        }
    }

    @Test
    void eachStrategyWaits() throws Exception {
        for (WaitStrategy strategy : WaitStrategy.values()) {
            try (Pipe.OneWay own = Pipe.options()
                    .capacity(RING)
                    .receiversWait(strategy)
                    .sendersWait(strategy)
                    .makeOneWay()) {
                var sender = Threads.run(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        own.writer().sendBytes(new byte[i]);
                    }
                });
                for (int i = 0; i < 2_000; i++) {
                    assertEquals(i, own.reader().recvBytes().length);
                }
                sender.get();
            }
        }
    }

    @Test
    void interruptsTakeNothing() throws Exception {
        var waiting = Threads.call(reader::recv);
        waiting.interrupt();
        assertThrows(InterruptedException.class, waiting::get);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> writer.send("x"));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> reader.recv(Duration.ZERO));
        assertFalse(Thread.interrupted());
        assertFalse(reader.poll());
        assertSame(writer, writer);
    }
}
