package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What signals and latches promise to the living. */
class CountersTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @Nested
    class Signal {
        private List<SharedSignal> ofTwoParties() {
            SyncWorld world = new SyncWorld();
            SignalCore first = world.newSignal();
            SignalCore second = SyncWorld.signal(world.join(CrashPoint.never()));
            return List.of(new SignalHandle(first, false), new SignalHandle(second, false));
        }

        private void eachPostIsTakenOnce(List<SharedSignal> two) throws Exception {
            int each = 500;
            List<Threads.Running<Void>> threads = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                SharedSignal mine = two.get(t);
                SharedSignal other = two.get(1 - t);
                threads.add(Threads.run(() -> {
                    for (int i = 0; i < each; i++) {
                        mine.await();
                    }
                }));
                threads.add(Threads.run(() -> {
                    for (int i = 0; i < each; i += 2) {
                        other.post();
                        other.post(1);
                    }
                }));
            }
            for (var thread : threads) {
                thread.get();
            }
            assertEquals(0, two.get(0).count());
            assertFalse(two.get(0).tryAwait());
        }

        @Test
        void eachPostIsTakenOnce() throws Exception {
            try (SharedSignal made = SharedSignal.create()) {
                eachPostIsTakenOnce(List.of(made, Travel.through(made)));
            }
        }

        @Test
        void eachPostIsTakenOnceByPartiesThatPoll() throws Exception {
            eachPostIsTakenOnce(ofTwoParties());
        }

        @Test
        void waitsEndAsTheyShould() throws Exception {
            SharedSignal made = SharedSignal.create();
            assertFalse(made.await(Duration.ZERO));
            assertFalse(made.await(Duration.ofMillis(5)));
            var interrupted = Threads.run(made::await);
            interrupted.interrupt();
            assertThrows(InterruptedException.class, interrupted::get);
            made.post(2);
            assertEquals(2, made.count());
            assertTrue(made.await(LONG));
            made.awaitUninterruptibly();
            assertEquals(0, made.count());
            assertThrows(IllegalArgumentException.class, () -> made.post(0));
            assertThrows(NullPointerException.class, () -> made.await(null));
            var waiting = Threads.run(Travel.through(made)::await);
            made.close();
            assertThrows(ClosedObjectException.class, waiting::get);
            assertThrows(ClosedObjectException.class, made::post);
        }
    }

    /** One party's way to use a latch. */
    interface Latch {
        void countDown();

        long getCount();

        void await() throws InterruptedException;

        boolean await(long timeout, TimeUnit unit) throws InterruptedException;
    }

    abstract static class LatchContract {
        abstract List<Latch> create(int count);

        @Test
        void whoWaitsIsLetGoAtZeroAndNotBefore() throws Exception {
            List<Latch> two = create(3);
            List<Threads.Running<Void>> waiting = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                waiting.add(Threads.run(two.get(i % 2)::await));
            }
            two.get(0).countDown();
            two.get(1).countDown();
            assertEquals(1, two.get(0).getCount());
            assertFalse(two.get(1).await(5, TimeUnit.MILLISECONDS));
            assertFalse(waiting.get(0).isDone());
            two.get(1).countDown();
            for (var each : waiting) {
                each.get();
            }
            two.get(0).countDown();
            assertEquals(0, two.get(1).getCount());
            assertTrue(two.get(1).await(0, TimeUnit.SECONDS));
        }

        @Test
        void zeroIsOpenFromTheStart() throws Exception {
            create(0).get(1).await();
        }

        @Test
        void anInterruptEndsTheWait() throws Exception {
            List<Latch> two = create(1);
            var waiting = Threads.run(two.get(0)::await);
            waiting.interrupt();
            assertThrows(InterruptedException.class, waiting::get);
            assertEquals(1, two.get(0).getCount());
        }
    }

    @Nested
    class LatchOfTheJdk extends LatchContract {
        @Override
        List<Latch> create(int count) {
            CountDownLatch latch = new CountDownLatch(count);
            Latch one = new Latch() {
                @Override
                public void countDown() {
                    latch.countDown();
                }

                @Override
                public long getCount() {
                    return latch.getCount();
                }

                @Override
                public void await() throws InterruptedException {
                    latch.await();
                }

                @Override
                public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
                    return latch.await(timeout, unit);
                }
            };
            return List.of(one, one);
        }
    }

    @Nested
    class SharedLatch extends LatchContract {
        @Override
        List<Latch> create(int count) {
            SharedCountDownLatch made = SharedCountDownLatch.create(count);
            return List.of(new Of(made), new Of(Travel.through(made)));
        }

        @Test
        void closingEndsAllWhoWait() {
            SharedCountDownLatch made = SharedCountDownLatch.create(1);
            var waiting = Threads.run(Travel.through(made)::await);
            made.close();
            assertThrows(ClosedObjectException.class, waiting::get);
            assertThrows(ClosedObjectException.class, made::countDown);
        }

        @Test
        void badNumbersAreRefused() {
            assertThrows(IllegalArgumentException.class, () -> SharedCountDownLatch.create(-1));
        }
    }

    @Nested
    class LatchOfTwoPartiesThatPoll extends LatchContract {
        @Override
        List<Latch> create(int count) {
            SyncWorld world = new SyncWorld();
            LatchCore first = world.newLatch(count);
            LatchCore second = SyncWorld.latch(world.join(CrashPoint.never()));
            return List.of(new Of(new LatchHandle(first, false)), new Of(new LatchHandle(second, false)));
        }
    }

    private record Of(SharedCountDownLatch latch) implements Latch {
        @Override
        public void countDown() {
            latch.countDown();
        }

        @Override
        public long getCount() {
            return latch.getCount();
        }

        @Override
        public void await() throws InterruptedException {
            latch.await();
        }

        @Override
        public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
            return latch.await(timeout, unit);
        }
    }
}
