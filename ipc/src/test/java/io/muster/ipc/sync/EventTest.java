package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.wait.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an event promises, as Python's does, in the configured way of sleeping and between parties that poll. */
class EventTest {

    abstract static class Contract {
        /** Two ways to use a new event. */
        abstract List<SharedEvent> create();

        @Test
        void itIsSetOrNot() {
            List<SharedEvent> two = create();
            assertFalse(two.get(0).isSet());
            two.get(0).set();
            two.get(0).set();
            assertTrue(two.get(1).isSet());
            two.get(1).clear();
            two.get(1).clear();
            assertFalse(two.get(0).isSet());
        }

        @Test
        void waitingEndsWhenItIsSet() throws Exception {
            List<SharedEvent> two = create();
            List<Threads.Running<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                SharedEvent event = two.get(i % 2);
                waiting.add(i < 2 ? Threads.run(event::await) : Threads.run(event::awaitUninterruptibly));
            }
            two.get(0).set();
            for (var each : waiting) {
                each.get();
            }
            two.get(1).await();
            assertTrue(two.get(1).await(Duration.ZERO));
        }

        @Test
        void timeIsKept() throws Exception {
            List<SharedEvent> two = create();
            long start = System.nanoTime();
            assertFalse(two.get(0).await(Duration.ofMillis(15)));
            assertTrue(System.nanoTime() - start >= 15_000_000);
            assertFalse(two.get(0).await(Duration.ZERO));
            assertFalse(two.get(0).await(Duration.ofSeconds(-1)));
        }

        @Test
        void anInterruptEndsTheWait() throws Exception {
            List<SharedEvent> two = create();
            var waiting = Threads.run(two.get(0)::await);
            waiting.interrupt();
            assertThrows(InterruptedException.class, waiting::get);
            two.get(0).set();
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> two.get(1).await(Duration.ofSeconds(60)));
            Thread.currentThread().interrupt();
            two.get(1).awaitUninterruptibly();
            assertTrue(Thread.interrupted());
        }

        @Test
        void pingPong() throws Exception {
            List<SharedEvent> ping = create();
            SharedSignal done = SharedSignal.create();
            List<SharedEvent> pong = create();
            var other = Threads.run(() -> {
                for (int i = 0; i < 2_000; i++) {
                    ping.get(1).await();
                    ping.get(1).clear();
                    pong.get(1).set();
                }
                done.post();
            });
            for (int i = 0; i < 2_000; i++) {
                ping.get(0).set();
                pong.get(0).await();
                pong.get(0).clear();
            }
            other.get();
            assertTrue(done.tryAwait());
            done.close();
        }
    }

    @Nested
    class Shared extends Contract {
        private final List<SharedEvent> made = new ArrayList<>();

        @Override
        List<SharedEvent> create() {
            SharedEvent event = SharedEvent.create();
            made.add(event);
            return List.of(event, Travel.through(event));
        }

        @AfterEach
        void close() {
            made.forEach(SharedEvent::close);
        }

        @Test
        void closingEndsItForAll() throws Exception {
            List<SharedEvent> two = create();
            assertEquals(two.get(0), two.get(1));
            var waiting = Threads.run(two.get(1)::await);
            made.get(0).close();
            made.get(0).close();
            assertThrows(ClosedObjectException.class, waiting::get);
            assertThrows(ClosedObjectException.class, two.get(0)::set);
            assertThrows(ClosedObjectException.class, two.get(1)::isSet);
            assertTrue(two.get(1).toString().contains("closed"), two.get(1)::toString);
        }

        @Test
        void aHandleThatWasGivenEndsOnlyItself() {
            List<SharedEvent> two = create();
            two.get(1).close();
            assertThrows(ClosedObjectException.class, two.get(1)::set);
            two.get(0).set();
            assertTrue(two.get(0).toString().contains("set"), two.get(0)::toString);
        }

        @Test
        void nullIsRefused() {
            assertThrows(NullPointerException.class, () -> create().get(0).await(null));
        }
    }

    @Nested
    class OfTwoPartiesThatPoll extends Contract {
        @Override
        List<SharedEvent> create() {
            SyncWorld world = new SyncWorld();
            EventCore first = world.newEvent();
            EventCore second = SyncWorld.event(world.join(CrashPoint.never()));
            return List.of(new EventHandle(first, false), new EventHandle(second, false));
        }

        /** Set once and cleared at once: if that is missed, nobody sets it again. */
        @Test
        void whoWaitedIsLetGoAlsoIfItIsClearedAtOnce() throws Exception {
            SyncWorld world = new SyncWorld();
            EventCore first = world.newEvent();
            CrashParty party = world.join(CrashPoint.never());
            EventCore second = SyncWorld.event(party);
            for (int round = 0; round < 100; round++) {
                int steps = party.point().steps();
                var waiting = Threads.run(() -> second.await(Deadline.never(), true));
                // Its first step is to announce a sleeper, when it has seen the event unset.
                Threads.until("it is about to sleep", () -> party.point().steps() != steps);
                first.set();
                first.clear();
                waiting.get();
            }
        }
    }
}
