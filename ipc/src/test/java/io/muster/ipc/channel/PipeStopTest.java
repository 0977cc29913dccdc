package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.CrashEnumeration;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Eventually;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A party is stopped at each step at which it finds out that the other side has gone: others keep to their deadlines. */
class PipeStopTest {
    private static final long BRIEF_NANOS = 20_000_000;

    private static <T> void assertComesBack(Callable<T> operation, String what) {
        FutureTask<T> task = new FutureTask<>(operation);
        Thread thread = new Thread(task, what);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertTrue(e.getCause() instanceof IOException, e::toString);
        } catch (Exception e) {
            throw new AssertionError(what + " hangs while another process is stopped", e);
        }
    }

    @Test
    void receiversKeepToTheirDeadlines() {
        new CrashEnumeration<>(
                        () -> {
                            PipeWorld world = new PipeWorld();
                            world.writer.run();
                            return world;
                        },
                        (PipeWorld world, CrashPoint point) -> {
                            PipeCore core = world.join(point);
                            EndUse end = new EndUse(core, null, false);
                            try {
                                core.in.tryFind(end);
                            } catch (IOException e) {
                                end.run();
                            }
                        })
                .pauseTogether(
                        world -> {
                            assertComesBack(
                                    () -> world.core.in.find(world.reader, Deadline.afterNanos(BRIEF_NANOS)), "recv");
                            assertComesBack(() -> world.core.in.isReady(world.reader), "poll");
                        },
                        world -> assertEquals(List.of(), world.receiveAll()));
    }

    /** One more receiver, who waits without end. */
    private static final class Waiting extends PipeWorld {
        private Call<String> call;

        Waiting() {
            writer.run();
        }

        void begin() {
            call = Call.of(() -> receive(core, reader));
            Eventually.until("it waits, or has found the end", () -> call.isDone() || call.isWaiting());
        }
    }

    @Test
    void whoWasNotSureMeanwhileHearsOfTheEnd() {
        new CrashEnumeration<>(Waiting::new, (Waiting world, CrashPoint point) -> {
                    PipeCore core = world.join(point);
                    EndUse end = new EndUse(core, null, false);
                    assertThrows(IOException.class, () -> core.in.tryFind(end));
                })
                .pauseTogether(Waiting::begin, world -> {
                    if (world.call != null) {
                        world.call.failure(EOFException.class);
                    }
                });
    }

    @Test
    void sendersKeepToTheirDeadlines() {
        new CrashEnumeration<>(
                        () -> {
                            PipeWorld world = new PipeWorld();
                            world.reader.run();
                            return world;
                        },
                        (PipeWorld world, CrashPoint point) -> {
                            PipeCore core = world.join(point);
                            EndUse end = new EndUse(null, core, false);
                            try {
                                core.out.offer(end, new byte[8], null, 0, 8);
                            } catch (IOException e) {
                                end.run();
                            }
                        })
                .pauseTogether(
                        world -> {
                            byte[] message = new byte[8];
                            assertComesBack(() -> world.core.out.offer(world.writer, message, null, 0, 8), "offer");
                            assertComesBack(
                                    () -> world.core.out.send(
                                            world.writer, message, null, 0, 8, Deadline.afterNanos(BRIEF_NANOS)),
                                    "send");
                        },
                        world -> assertThrows(
                                BrokenPipeException.class,
                                () -> PipeWorld.send(world.core, world.writer, "to nobody")));
    }
}
