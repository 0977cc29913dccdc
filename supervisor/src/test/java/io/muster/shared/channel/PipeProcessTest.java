package io.muster.shared.channel;

import static io.muster.shared.sync.Meeting.LONG;
import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ChildStartException;
import io.muster.ProcessPool;
import io.muster.TaskSerializationException;
import io.muster.TaskSerializationException.Place;
import io.muster.ipc.PlaceInspector;
import io.muster.ipc.channel.BrokenPipeException;
import io.muster.ipc.channel.Pipe;
import io.muster.ipc.channel.PipeConnection;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.memory.SessionDirectory;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.shared.sync.Meeting;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.io.EOFException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ends of pipes in other processes, and the deaths of those. */
@ExtendWith(HangDump.class)
class PipeProcessTest {
    private static final int RING = Pipe.LEAST_CAPACITY;

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void theParentMayCloseItsCopyAtOnce() throws Exception {
        try (Meeting meeting = new Meeting()) {
            Pipe.OneWay pipe = Pipe.oneWay();
            PipeConnection writer = pipe.writer();
            ChildProcess child = meeting.start("writer", () -> {
                try (writer) {
                    for (int i = 0; i < 1000; i++) {
                        writer.send(i);
                    }
                }
            });
            writer.close();
            for (int i = 0; i < 1000; i++) {
                assertEquals(i, pipe.reader().recv());
            }
            assertThrows(EOFException.class, pipe.reader()::recv);
            child.join();
            pipe.close();
        }
    }

    @Test
    void bothEndsMayGoAway() throws Exception {
        try (Meeting meeting = new Meeting();
                Pipe.OneWay result = Pipe.oneWay()) {
            Pipe.Duplex pipe = Pipe.options().capacity(RING).makeDuplex();
            PipeConnection first = pipe.first();
            PipeConnection second = pipe.second();
            PipeConnection told = result.writer();
            meeting.start("first", () -> {
                try (first;
                        told) {
                    for (int i = 0; i < 300; i++) {
                        first.sendBytes(bytes(i * 50));
                        assertArrayEquals(bytes(i * 50), first.recvBytes());
                    }
                    told.send("done");
                }
            });
            meeting.start("second", () -> {
                try (second) {
                    while (true) {
                        second.sendBytes(second.recvBytes());
                    }
                } catch (EOFException e) {
                    second.close();
                }
            });
            pipe.close();
            told.close();
            assertEquals("done", result.reader().recv());
            assertThrows(EOFException.class, result.reader()::recv);
        }
    }

    @Test
    void theEndComesWithTheDeathOfTheLastWriter() throws Exception {
        for (boolean inTheMiddle : new boolean[] {false, true}) {
            try (Meeting meeting = new Meeting()) {
                Pipe.OneWay pipe = Pipe.options().capacity(RING).makeOneWay();
                PipeConnection writer = pipe.writer();
                ChildProcess child = meeting.start("victim", () -> {
                    writer.send("whole");
                    if (inTheMiddle) {
                        writer.sendBytes(new byte[100 * RING]);
                    }
                    Processes.waitForEver();
                });
                writer.close();
                assertEquals("whole", pipe.reader().recv());
                if (inTheMiddle) {
                    eventually(() -> !pipe.toString().contains(", 0 of"), pipe::toString);
                }
                Meeting.kill(child);
                assertThrows(EOFException.class, pipe.reader()::recv);
                pipe.close();
            }
        }
    }

    @Test
    void theEndComesWhileTheProcessOfAForgottenClaimLives() throws Exception {
        try (Meeting meeting = new Meeting();
                Pipe.OneWay pipe = Pipe.oneWay()) {
            PipeConnection writer = pipe.writer();
            ChildProcess child = meeting.start("forgetful", () -> {
                CountDownLatch claimed = new CountDownLatch(1);
                CountDownLatch closed = new CountDownLatch(1);
                Thread claiming = new Thread(() -> {
                    try {
                        writer.tryClaim(Long.BYTES);
                        claimed.countDown();
                        closed.await();
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
                claiming.start();
                claimed.await();
                writer.close();
                closed.countDown();
                Processes.waitForEver();
            });
            assertEnds(pipe);
            assertTrue(child.isAlive());
        }
    }

    @Test
    void aWriterLearnsThatTheLastReaderWasKilled() throws Exception {
        for (int size : new int[] {100, 20 * RING}) {
            try (Meeting meeting = new Meeting()) {
                Pipe.OneWay pipe = Pipe.options().capacity(RING).makeOneWay();
                PipeConnection reader = pipe.reader();
                ChildProcess child = meeting.start("victim", () -> {
                    reader.recvBytes();
                    Processes.waitForEver();
                });
                reader.close();
                pipe.writer().sendBytes(new byte[size]);
                Thread killer = new Thread(() -> {
                    eventually(() -> pipe.writer().toString().contains("bytes"), pipe::toString);
                    Meeting.kill(child);
                });
                killer.start();
                assertThrows(BrokenPipeException.class, () -> {
                    while (true) {
                        pipe.writer().sendBytes(new byte[size]);
                    }
                });
                killer.join();
                pipe.close();
            }
        }
    }

    @Test
    void aStoppedWriterIsAlive() throws Exception {
        try (Meeting meeting = new Meeting()) {
            Pipe.OneWay pipe = Pipe.options().capacity(RING).makeOneWay();
            PipeConnection writer = pipe.writer();
            ChildProcess child = meeting.start("stopped", () -> {
                writer.sendBytes(bytes(1000 * RING));
                writer.close();
                Processes.waitForEver();
            });
            writer.close();
            eventually(() -> !pipe.toString().contains(", 0 of"), pipe::toString);
            Meeting.stop(child);
            assertThrows(TimeoutException.class, () -> pipe.reader().recv(Duration.ofMillis(300)));
            Meeting.goOn(child);
            assertArrayEquals(bytes(1000 * RING), pipe.reader().recvBytes());
            assertThrows(EOFException.class, pipe.reader()::recv);
            pipe.close();
        }
    }

    @Test
    void grandchildrenHaveEndsOfTheirOwn() throws Exception {
        try (Meeting meeting = new Meeting()) {
            Pipe.OneWay pipe = Pipe.oneWay();
            PipeConnection writer = pipe.writer();
            ChildProcess child = meeting.startParent("child", () -> {
                ChildProcess grandchild = ChildProcess.named("grandchild")
                        .heap("48m")
                        .start(() -> {
                            writer.send("from the grandchild");
                            writer.close();
                        });
                writer.close();
                grandchild.join();
            });
            writer.close();
            assertEquals("from the grandchild", pipe.reader().recv());
            assertThrows(EOFException.class, pipe.reader()::recv);
            child.join();
            pipe.close();
        }
    }

    @Test
    void aChildThatCouldNotBeStartedIsNoWriter() throws Exception {
        Pipe.OneWay pipe = Pipe.oneWay();
        PipeConnection writer = pipe.writer();
        Object cannotTravel = new Object();
        assertThrows(ChildStartException.class, () -> ChildProcess.start(() -> writer.send(cannotTravel.toString())));
        assertThrows(
                ChildStartException.class,
                () -> ChildProcess.named("nowhere")
                        .directory(Path.of("/does/not/exist"))
                        .start(() -> writer.send("never")));
        Unreadable unreadable = new Unreadable();
        assertThrows(
                ChildStartException.class,
                () -> ChildProcess.named("unreadable").onLine(new Lines()).start(() -> writer.send(unreadable)));
        writer.close();
        assertThrows(EOFException.class, pipe.reader()::recv);
        pipe.close();
    }

    /** Cannot be decoded anywhere. */
    private static final class Unreadable implements Serializable {
        private static final long serialVersionUID = 1L;

        private Object readResolve() {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void whatCameWithSomethingUnreadableIsInUseByNobody() throws Exception {
        Unreadable unreadable = new Unreadable();
        try (Pipe.OneWay captured = Pipe.oneWay();
                Pipe.OneWay withArgument = Pipe.oneWay();
                Pipe.OneWay inResult = Pipe.oneWay();
                SharedQueue<Object> queue = SharedQueue.create();
                SharedBarrier barrier = SharedBarrier.create(2)) {
            PipeConnection first = captured.writer();
            PipeConnection second = withArgument.writer();
            PipeConnection third = inResult.writer();
            int attached = attachedToQueues();
            try (ProcessPool pool = ProcessPool.workers(1)) {
                assertUnreadable(Place.TASK_IN_WORKER, pool.applyAsync(() -> {
                    first.send(queue);
                    barrier.abort();
                    queue.put(unreadable);
                    return 1;
                }));
                assertUnreadable(
                        Place.TASK_IN_WORKER, pool.applyAsync(argument -> second.offer(argument), (Object) unreadable));
                assertUnreadable(Place.RESULT_IN_PARENT, pool.applyAsync(() -> new Object[] {third, new Unreadable()}));
                assertEnds(captured);
                assertEnds(withArgument);
                assertEquals(attached, attachedToQueues(), "the worker has the queue still");
            }
            assertEnds(inResult);
            assertFalse(barrier.isBroken(), "the worker had the barrier still when it ended");
        }
    }

    private static void assertUnreadable(Place where, Future<?> task) {
        var thrown = assertThrows(ExecutionException.class, task::get);
        assertEquals(where, ((TaskSerializationException) thrown.getCause()).place(), thrown::toString);
    }

    private static void assertEnds(Pipe.OneWay pipe) {
        pipe.writer().close();
        assertThrows(EOFException.class, () -> pipe.reader().recv(Duration.ofSeconds(20)));
    }

    /** How many processes have queues, counted once for each. */
    private static int attachedToQueues() {
        String session = SessionDirectory.current().path().toString();
        return PlaceInspector.look(session).channels().stream()
                .mapToInt(channel -> channel.attached().size())
                .sum();
    }

    @Test
    void aTaskKeepsItsEndUntilItIsOver() throws Exception {
        try (ProcessPool pool = ProcessPool.workers(1)) {
            Pipe.OneWay pipe = Pipe.oneWay();
            PipeConnection writer = pipe.writer();
            var busy = pool.applyAsync(() -> {
                LockSupport.parkNanos(300_000_000);
                return 1;
            });
            var sent = pool.applyAsync(() -> {
                try (writer) {
                    writer.send("from a task");
                }
                return 2;
            });
            writer.close();
            assertEquals("from a task", pipe.reader().recv());
            assertThrows(EOFException.class, pipe.reader()::recv);
            assertEquals(3, busy.get() + sent.get());
            pipe.close();
        }
    }

    @Test
    void aPartyOfABarrierIsMissedFromItsStartOn() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedBarrier barrier = SharedBarrier.create(2)) {
            Object cannotTravel = new Object();
            assertThrows(
                    ChildStartException.class,
                    () -> ChildProcess.start(() -> {
                        barrier.await();
                        cannotTravel.toString();
                    }));
            assertFalse(barrier.isBroken(), "by a child that was never started");
            ChildProcess child = meeting.start("victim", () -> {
                Processes.waitForEver();
                barrier.await();
            });
            Meeting.kill(child);
            assertThrows(BrokenBarrierException.class, () -> barrier.await(LONG));
        }
    }
}
