package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.Threads;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Room that was claimed in a pipe, and what becomes of it. */
class PipeClaimTest {
    private static final Duration SOON = Duration.ofMillis(20);

    private final Pipe.OneWay pipe =
            Pipe.options().capacity(Pipe.LEAST_CAPACITY).makeOneWay();
    private final PipeConnection writer = pipe.writer();
    private final PipeConnection reader = pipe.reader();

    @AfterEach
    void close() {
        pipe.close();
    }

    @Test
    void aClaimThatItsThreadHasForgottenEndsWithItsEnd() throws Exception {
        FutureTask<MessageClaim> claiming = new FutureTask<>(() -> writer.tryClaim(10));
        Thread thread = new Thread(claiming);
        thread.start();
        thread.join();
        assertEquals(10, claiming.get().buffer().remaining());
        writer.close();
        assertThrows(EOFException.class, () -> reader.recv(Duration.ofSeconds(20)));
    }

    @Test
    void aClaimWhoseThreadEndsAfterItsEndWasClosedIsAborted() throws Exception {
        PipeConnection other = Travel.through(writer);
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        var forgetful = Threads.call(() -> {
            MessageClaim claim = writer.tryClaim(10);
            claimed.countDown();
            closed.await();
            claim.buffer().putLong(1); // it may do that until it hears of the end
            return null;
        });
        claimed.await();
        writer.close();
        assertThrows(TimeoutException.class, () -> other.send("while the claim is open", SOON));
        other.close();
        assertFalse(reader.poll(), "the claim may be written to still");
        closed.countDown();
        forgetful.get();
        assertThrows(EOFException.class, () -> reader.recv(Duration.ofSeconds(20)));
    }

    @Test
    void othersGoOnWhenAClaimIsAbortedWithItsThread() throws Exception {
        PipeConnection other = Travel.through(writer);
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        var forgetful = Threads.call(() -> {
            writer.tryClaim(10);
            claimed.countDown();
            closed.await();
            return null;
        });
        claimed.await();
        writer.close();
        closed.countDown();
        forgetful.get();
        other.send("goes on", Duration.ofSeconds(20));
        assertEquals("goes on", reader.recv());
        other.close();
        assertThrows(EOFException.class, reader::recv);
    }

    @Test
    void aClaimThatAnotherThreadHasClosedTheEndOfIsRefused() throws Exception {
        CountDownLatch claimed = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        var committing = Threads.call(() -> {
            try (MessageClaim claim = writer.tryClaim(10)) {
                claimed.countDown();
                closed.await();
                assertThrows(ClosedObjectException.class, claim::commit);
            }
            return seen.await(60, TimeUnit.SECONDS);
        });
        claimed.await();
        writer.close();
        closed.countDown();
        assertThrows(EOFException.class, () -> reader.recv(Duration.ofSeconds(20)));
        seen.countDown();
        assertTrue(committing.get(), "the end did not wait for the thread");
    }

    @Test
    void whoClosesAnEndWithAClaimOfItsOwnAbortsIt() throws Exception {
        MessageClaim claim = writer.tryClaim(10);
        writer.close();
        assertTrue(reader.poll());
        assertThrows(EOFException.class, reader::recv);
        assertThrows(ClosedObjectException.class, claim::buffer);
        assertThrows(ClosedObjectException.class, claim::commit);
        claim.abort();
    }

    @Test
    void claimsAreSentWhenCommittedAndLeaveNothingWhenNot() throws Exception {
        try (MessageClaim claim = writer.tryClaim(16)) {
            claim.buffer().putLong(1).putLong(2);
            assertFalse(reader.poll());
            assertThrows(IllegalStateException.class, () -> writer.send("hangs otherwise"));
            claim.commit();
            assertThrows(IllegalStateException.class, claim::commit);
        }
        writer.tryClaim(writer.maxClaim()).close();
        assertThrows(IllegalArgumentException.class, () -> writer.tryClaim(writer.maxClaim() + 1));
        writer.tryClaim(0).commit();
        ByteBuffer got = ByteBuffer.allocate(100);
        assertEquals(16, reader.recvInto(got));
        assertEquals(1, got.flip().getLong());
        assertEquals(0, reader.recvBytes().length);
        assertFalse(reader.poll());
    }

    @Test
    void anEndIsInUseAsLongAsAClaimByIt() throws Exception {
        MessageClaim claim = Travel.through(writer).tryClaim(Long.BYTES);
        CountDownLatch collected = new CountDownLatch(1);
        EndUse.CLEANER.register(new Object(), collected::countDown);
        Threads.until("garbage is collected", () -> {
            System.gc();
            return collected.getCount() == 0;
        });
        claim.buffer().putLong(1);
        claim.commit();
        assertEquals(Long.BYTES, reader.recvBytes().length);
    }
}
