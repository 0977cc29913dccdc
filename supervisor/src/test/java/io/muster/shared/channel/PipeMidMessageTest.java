package io.muster.shared.channel;

import static io.muster.shared.sync.Meeting.LONG;
import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.channel.BrokenPipeException;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.PipeConnection;
import io.muster.ipc.sync.SharedSignal;
import io.muster.shared.sync.Meeting;
import io.muster.testing.HangDump;
import io.muster.testing.Processes;
import java.io.EOFException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who sends or receives a message that is far larger than the ring is killed when a part of it is through, and not all of it can be:
 * the other side stands still then.
 */
@ExtendWith(HangDump.class)
class PipeMidMessageTest {
    private static final int RING = Pipe.LEAST_CAPACITY;
    private static final int LARGE = 100 * RING;

    private final Meeting meeting = new Meeting();
    private final SharedSignal sent = SharedSignal.create();
    private final SharedSignal broken = SharedSignal.create();
    private final Pipe.OneWay pipe = Pipe.options().capacity(RING).makeOneWay();
    private final PipeConnection writer = pipe.writer();
    private final PipeConnection reader = pipe.reader();

    @AfterEach
    void end() {
        meeting.close();
        pipe.close();
        sent.close();
        broken.close();
    }

    private boolean isEmpty() {
        return pipe.toString().contains(", 0 of");
    }

    private void untilEmpty() {
        eventually(this::isEmpty, pipe::toString);
    }

    /** Nobody receives, so it has sent a part and waits for room. */
    private void untilTheWriterIsInTheMiddle() {
        eventually(() -> !isEmpty(), pipe::toString);
    }

    private ChildProcess startWriter() {
        PipeConnection out = writer;
        SharedSignal done = sent;
        SharedSignal failed = broken;
        return meeting.start("writer", () -> {
            try {
                out.sendBytes(filled(LARGE));
                out.send("after");
                done.post();
            } catch (BrokenPipeException e) {
                failed.post();
            }
            Processes.waitForEver();
        });
    }

    private ChildProcess startReader() {
        PipeConnection in = reader;
        return meeting.start("reader", () -> {
            in.recvBytes();
            Processes.waitForEver();
        });
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    /** The writer, stopped in the middle of a message; the reader has taken all that there is of it, and waits for more. */
    private ChildProcess[] bothInTheMiddle() {
        ChildProcess source = startWriter();
        untilTheWriterIsInTheMiddle();
        Meeting.stop(source);
        ChildProcess victim = startReader();
        untilEmpty();
        return new ChildProcess[] {source, victim};
    }

    @Test
    void theNextReaderSkipsWhatAKilledOneHadBegun() throws Exception {
        ChildProcess[] both = bothInTheMiddle();
        Meeting.kill(both[1]);
        Meeting.goOn(both[0]);
        assertEquals("after", reader.recv(LONG));
        assertTrue(sent.await(LONG), "the writer hangs");
        assertFalse(reader.poll());
    }

    /** Its writer waits for room when it is killed. */
    @Test
    void alsoOneThatWasStoppedBeforeSoThatTheWriterWaits() throws Exception {
        ChildProcess[] both = bothInTheMiddle();
        Meeting.stop(both[1]);
        Meeting.goOn(both[0]);
        untilTheWriterIsInTheMiddle();
        assertThrows(TimeoutException.class, () -> reader.recv(Duration.ofMillis(50)), "it lives, and goes on with it");
        Meeting.kill(both[1]);
        assertEquals("after", reader.recv(LONG));
        assertTrue(sent.await(LONG), "the writer hangs");
    }

    @Test
    void aWriterIsToldThatItsOnlyReaderWasKilledInTheMiddle() throws Exception {
        ChildProcess[] both = bothInTheMiddle();
        reader.close();
        Meeting.kill(both[1]);
        Meeting.goOn(both[0]);
        assertTrue(broken.await(LONG), pipe::toString);
        assertThrows(BrokenPipeException.class, () -> writer.send("to nobody"));
    }

    @Test
    void aWriterThatWaitsForRoomIsToldToo() throws Exception {
        ChildProcess[] both = bothInTheMiddle();
        reader.close();
        Meeting.stop(both[1]);
        Meeting.goOn(both[0]);
        untilTheWriterIsInTheMiddle();
        assertFalse(broken.await(Duration.ofMillis(50)), "a stopped reader lives");
        Meeting.kill(both[1]);
        assertTrue(broken.await(LONG), pipe::toString);
    }

    @Test
    void aReaderThatIsStoppedInTheMiddleGetsAllOfIt() throws Exception {
        PipeConnection in = reader;
        SharedSignal whole = broken;
        ChildProcess source = startWriter();
        untilTheWriterIsInTheMiddle();
        Meeting.stop(source);
        ChildProcess stopped = meeting.start("reader", () -> {
            if (Arrays.equals(filled(LARGE), in.recvBytes())) {
                whole.post();
            }
            Processes.waitForEver();
        });
        untilEmpty();
        Meeting.stop(stopped);
        Meeting.goOn(source);
        untilTheWriterIsInTheMiddle();
        Meeting.goOn(stopped);
        assertTrue(whole.await(LONG));
        assertEquals("after", reader.recv(LONG));
    }

    @Test
    void aWriterKilledInTheMiddleHoldsUpNobody() throws Exception {
        ChildProcess victim = startWriter();
        untilTheWriterIsInTheMiddle();
        assertThrows(TimeoutException.class, () -> writer.send("kept out", Duration.ofMillis(50)));
        Meeting.kill(victim);
        writer.send("after", LONG);
        assertEquals("after", reader.recv());
    }

    /** It waits for the rest when the writer is killed. */
    @Test
    void aReaderDiscardsWhatHasComeOfAMessageWhoseWriterIsKilled() throws Exception {
        ChildProcess victim = startWriter();
        untilTheWriterIsInTheMiddle();
        Meeting.stop(victim);
        FutureTask<byte[]> receiving = new FutureTask<>(reader::recvBytes);
        new Thread(receiving).start();
        untilEmpty();
        Meeting.kill(victim);
        writer.sendBytes(filled(5));
        assertArrayEquals(filled(5), receiving.get());
        writer.sendBytes(filled(RING / 2));
        assertArrayEquals(filled(RING / 2), reader.recvBytes());
    }

    @Test
    void andLearnsThatTheEndHasComeIfThatWasTheLastWriter() throws Exception {
        ChildProcess victim = startWriter();
        writer.close();
        untilTheWriterIsInTheMiddle();
        Meeting.stop(victim);
        assertThrows(TimeoutException.class, () -> reader.recv(Duration.ofMillis(20)), "a part is no message");
        assertTrue(isEmpty());
        FutureTask<byte[]> receiving = new FutureTask<>(reader::recvBytes);
        new Thread(receiving).start();
        Meeting.kill(victim);
        ExecutionException end = assertThrows(ExecutionException.class, receiving::get);
        assertEquals(EOFException.class, end.getCause().getClass());
        assertThrows(EOFException.class, reader::recv);
    }
}
