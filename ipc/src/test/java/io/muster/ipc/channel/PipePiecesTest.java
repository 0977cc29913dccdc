package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.sync.Threads;
import io.muster.ipc.wait.Deadline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A message in pieces goes right into the receiver's buffer, and into an array when that gives up. */
class PipePiecesTest extends PipeWorld {
    private static final Deadline NOW = Deadline.afterNanos(0);

    private static final String MESSAGE = text(3 * MOST_WHOLE - 8, 'm');

    @Test
    void whatFitsIsDelivered() throws Exception {
        assertTrue(send(core, writer, MESSAGE));
        ByteBuffer buffer = ByteBuffer.allocate(RING).position(5);
        assertTrue(core.in.find(reader, NOW, buffer));
        assertTrue(core.in.isDelivered());
        assertEquals(5, buffer.position());
        assertEquals(MESSAGE, new String(buffer.array(), 5, core.in.length(), StandardCharsets.US_ASCII));
        core.in.take();
        assertFalse(core.in.isReady(reader));
    }

    @Test
    void whatDoesNotFitHasAnArray() throws Exception {
        assertTrue(send(core, writer, MESSAGE));
        assertTrue(core.in.find(reader, NOW, ByteBuffer.allocate(MESSAGE.length() - 1)));
        assertFalse(core.in.isDelivered());
        assertEquals(MESSAGE, new String(core.in.gathered(), StandardCharsets.US_ASCII));
        core.in.take();
    }

    /** Who does not wait for the next piece mostly gives up in the middle. */
    @Test
    void whoAsksAgainGetsTheWholeMessage() throws Exception {
        for (int i = 0; i < 20; i++) {
            String message = text(20 * MOST_WHOLE + i, (char) ('a' + i));
            var sender = Threads.call(() -> send(core, writer, message));
            ByteBuffer buffer = ByteBuffer.allocate(message.length());
            long end = System.nanoTime() + LIMIT_NANOS;
            while (!core.in.find(reader, NOW, buffer)) {
                assertTrue(System.nanoTime() < end, "nothing came");
                Thread.yield();
            }
            byte[] got = core.in.isDelivered() ? buffer.array() : core.in.gathered();
            assertEquals(message, new String(got, StandardCharsets.US_ASCII));
            core.in.take();
            assertTrue(sender.get());
        }
    }

    @Test
    void whoGivesUpInTheMiddleLosesNothing() {
        PipePieces pieces = new PipePieces(16, ByteBuffer.allocate(20).position(2));
        core.memory.putBytes(core.ring, "first___second__".getBytes(StandardCharsets.US_ASCII), 0, 16);
        pieces.add(core.memory, core.ring, 8);
        pieces.keep();
        assertFalse(pieces.isLent());
        assertEquals(8, pieces.missing());
        pieces.add(core.memory, core.ring + 8, 8);
        assertEquals(0, pieces.missing());
        assertEquals("first___second__", new String(pieces.array(), StandardCharsets.US_ASCII));
    }
}
