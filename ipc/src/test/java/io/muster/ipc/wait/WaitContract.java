package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every way of sleeping must do; each subclass is one. */
abstract class WaitContract {
    private static final long MILLI = 1_000_000;

    private final WatchedParking parking = new WatchedParking(parking(), false);
    private final TestPlace place = TestPlace.of(parking);

    abstract Parking parking();

    private static Waiter waiter(WaitStrategy strategy) {
        return Waiter.builder().strategy(strategy).build();
    }

    @Test
    void whatIsReadyIsNotWaitedFor() throws Exception {
        assertTrue(Waiter.create().await(place.word, () -> true, Deadline.afterNanos(0)));
        assertEquals(0, parking.parks.get());
        assertFalse(place.word.hasSleepers());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void aWaitEndsWhenTheOtherSideHasActed(WaitStrategy strategy) {
        AtomicInteger taken = new AtomicInteger();
        Thread consumer = start(() -> {
            Waiter waiter = waiter(strategy);
            for (int i = 0; i < 200; i++) {
                taken.addAndGet(waiter.await(place.word, place::takeItem, place::hasItems, Deadline.never()) ? 1 : 0);
            }
        });
        for (int i = 1; i <= 200; i++) {
            place.addItems(1);
            place.word.wakeAfterCas(1);
            int expected = i;
            Eventually.until("item " + i + " taken", () -> taken.get() == expected);
        }
        Eventually.joined(consumer);
    }

    @Test
    void wakingCostsNoCallWhenNobodySleeps() {
        for (int i = 0; i < 100; i++) {
            assertFalse(place.word.wake(1));
            assertFalse(place.word.wakeAll());
        }
        assertEquals(0, parking.wakes.get());
    }

    @Test
    void sleepersAreAnnouncedAndWokenOnce() {
        Thread sleeper = start(() ->
                waiter(WaitStrategy.BLOCKING).await(place.word.forOneWaiter(), place::hasItems, Deadline.never()));
        Eventually.until("asleep", () -> parking.asleep.get() == 1 && place.word.hasSleepers());
        place.addItems(1);
        place.word.wake(1);
        Eventually.joined(sleeper);
        assertEquals(1, parking.wakes.get());
        // One that was woken on its way to sleep has announced itself once more before it saw what it waited for.
        assertEquals(parking.refused.get() != 0, place.word.hasSleepers());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void deadlinesAreNeverEarlyAndNotVeryLate(WaitStrategy strategy) throws Exception {
        Waiter waiter = waiter(strategy);
        for (long nanos : new long[] {1, 1000, 100_000, MILLI, 7 * MILLI, 31 * MILLI, 120 * MILLI}) {
            long start = System.nanoTime();
            assertFalse(waiter.await(place.word, () -> false, Deadline.afterNanos(nanos)));
            long took = System.nanoTime() - start;
            assertTrue(took >= nanos, took + " ns, asked for " + nanos);
            assertTrue(took < nanos + 2000 * MILLI, took + " ns, asked for " + nanos);
        }
    }

    @Test
    void deadlinesThatHavePassedDoNotSleep() throws Exception {
        assertFalse(Waiter.create().await(place.word, () -> false, Deadline.afterNanos(0)));
        assertFalse(Waiter.create().await(place.word, () -> false, Deadline.afterNanos(Long.MIN_VALUE)));
        assertEquals(0, parking.parks.get());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void anInterruptEndsTheWaitAndClearsTheFlag(WaitStrategy strategy) {
        AtomicBoolean flag = new AtomicBoolean(true);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread sleeper = start(() -> {
            try {
                waiter(strategy).await(place.word, () -> false, Deadline.never());
            } catch (InterruptedException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        if (strategy != WaitStrategy.BUSY_SPIN) {
            Eventually.until("asleep", () -> parking.asleep.get() == 1);
        }
        sleeper.interrupt();
        Eventually.joined(sleeper);
        assertTrue(thrown.get() instanceof InterruptedException);
        assertFalse(flag.get());
    }

    @Test
    void anInterruptOnEntryIsThrownEvenIfReady() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Waiter.create().await(place.word, () -> true, Deadline.never()));
        assertFalse(Thread.interrupted());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void uninterruptibleWaitsGoOnAndKeepTheFlag(WaitStrategy strategy) {
        AtomicBoolean flag = new AtomicBoolean();
        AtomicInteger looks = new AtomicInteger();
        BooleanSupplier ready = () -> {
            looks.incrementAndGet();
            return place.hasItems();
        };
        Thread sleeper = start(() -> {
            Thread.currentThread().interrupt();
            waiter(strategy).awaitUninterruptibly(place.word, ready, Deadline.never());
            flag.set(Thread.currentThread().isInterrupted());
        });
        Eventually.until("waiting", () -> looks.get() > 1);
        sleeper.interrupt();
        place.addItems(1);
        place.word.wake(1);
        Eventually.joined(sleeper);
        assertTrue(flag.get());
    }

    @Test
    void anInterruptThatComesWithTheEventIsNotSwallowed() throws Exception {
        boolean ready = Waiter.create()
                .await(
                        place.word,
                        () -> {
                            Thread.currentThread().interrupt();
                            return true;
                        },
                        Deadline.never());
        assertTrue(ready);
        assertTrue(Thread.interrupted());
    }

    @Test
    void aDeathWakesSleepersAndRunsTheirRepair() {
        AtomicBoolean dead = new AtomicBoolean();
        AtomicInteger repairs = new AtomicInteger();
        Waiter waiter = Waiter.builder()
                .strategy(WaitStrategy.BLOCKING)
                .repair(() -> {
                    if (dead.get()) { // It runs after a slice too, and the first one may be over by now.
                        repairs.incrementAndGet();
                        place.addItems(1);
                    }
                })
                .build();
        Thread sleeper = start(() -> waiter.await(place.word, place::takeItem, place::hasItems, Deadline.never()));
        Eventually.until("asleep", () -> parking.asleep.get() == 1);
        dead.set(true);
        place.broadcastDeath();
        Eventually.joined(sleeper);
        assertEquals(1, repairs.get());
    }

    @Test
    void aDeathBetweenReadingAndSleepingIsNotSleptThrough() throws Exception {
        TestPlace sliceFree = TestPlace.of(new WatchedParking(parking(), true));
        AtomicInteger looks = new AtomicInteger();
        BooleanSupplier dead = () -> {
            boolean known = sliceFree.hasItems();
            if (looks.incrementAndGet() == 2) {
                sliceFree.addItems(1);
                sliceFree.broadcastDeath();
            }
            return known;
        };
        assertTrue(waiter(WaitStrategy.BLOCKING).await(sliceFree.word, dead, Deadline.never()));
    }

    @Test
    void withoutAnyWakeUpTheSliceLooksAndRepairs() throws Exception {
        AtomicInteger repairs = new AtomicInteger();
        Waiter waiter = Waiter.builder()
                .strategy(WaitStrategy.BLOCKING)
                .repair(repairs::incrementAndGet)
                .build();
        assertTrue(waiter.await(place.word, () -> repairs.get() == 3, Deadline.never()));
    }

    @Test
    void anIdleSleeperLooksOnlyOnceASlice() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        BooleanSupplier never = () -> {
            looks.incrementAndGet();
            return false;
        };
        waiter(WaitStrategy.BLOCKING).await(place.word, never, Deadline.afterNanos(1500 * MILLI));
        // 20 + 40 + 80 + 160 + 250 ..: about 10 slices; without futex_waitv 75.
        int most = parking.maxSliceNanos() > 100 * MILLI ? 20 : 90;
        assertTrue(looks.get() <= most, looks + " looks in 1.5 s");
    }

    @Test
    void wakeAllWakesAll() {
        TestPlace sliceFree = TestPlace.of(new WatchedParking(parking(), true));
        List<Thread> threads = new ArrayList<>();
        AtomicInteger looks = new AtomicInteger();
        for (int i = 0; i < 16; i++) {
            threads.add(start(() -> waiter(WaitStrategy.BLOCKING)
                    .await(
                            sliceFree.word,
                            () -> {
                                looks.incrementAndGet();
                                return sliceFree.hasItems();
                            },
                            Deadline.never())));
        }
        Eventually.until("all have looked", () -> looks.get() >= 32);
        sliceFree.addItems(1);
        sliceFree.word.wakeAll();
        threads.forEach(Eventually::joined);
    }

    @ParameterizedTest
    @EnumSource(
            value = WaitStrategy.class,
            names = {"ADAPTIVE", "BLOCKING"})
    void noItemIsLeftLyingAndNoSliceIsNeededForThat(WaitStrategy strategy) {
        TestPlace sliceFree = TestPlace.of(new WatchedParking(parking(), true));
        int items = itemsInTheCrowd();
        int threads = 5;
        AtomicLong taken = new AtomicLong();
        List<Thread> consumers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            consumers.add(start(() -> {
                Waiter waiter = waiter(strategy);
                while (waiter.await(sliceFree.word, sliceFree::takeItem, sliceFree::hasItems, Deadline.never())
                        && taken.incrementAndGet() <= items) {}
            }));
        }
        List<Thread> producers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            producers.add(start(() -> {
                for (int item = 0; item < items / 2; item++) {
                    sliceFree.addItems(1);
                    sliceFree.word.wakeAfterCas(1);
                    for (int pause = item % 400; pause > 0; pause--) {
                        Thread.onSpinWait();
                    }
                }
            }));
        }
        producers.forEach(Eventually::joined);
        Eventually.until("all taken", () -> taken.get() == items);
        sliceFree.addItems(threads);
        sliceFree.word.wakeAll();
        consumers.forEach(Eventually::joined);
    }

    int itemsInTheCrowd() {
        return 20_000;
    }

    @Test
    void aReadyThatThrowsEndsTheWaitAndPassesTheWakeUpOn() {
        TestPlace sliceFree = TestPlace.of(new WatchedParking(parking(), true));
        AtomicInteger looks = new AtomicInteger();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread failing = start(() -> {
            try {
                waiter(WaitStrategy.BLOCKING)
                        .await(
                                sliceFree.word,
                                () -> {
                                    if (looks.incrementAndGet() > 2) {
                                        throw new IllegalStateException("on purpose");
                                    }
                                    return false;
                                },
                                sliceFree::hasItems,
                                Deadline.never());
            } catch (IllegalStateException e) {
                thrown.set(e);
            }
        });
        Eventually.until("first asleep", () -> looks.get() == 2);
        AtomicInteger secondLooks = new AtomicInteger();
        Thread other = start(() -> waiter(WaitStrategy.BLOCKING)
                .await(
                        sliceFree.word,
                        () -> {
                            secondLooks.incrementAndGet();
                            return sliceFree.takeItem();
                        },
                        sliceFree::hasItems,
                        Deadline.never()));
        Eventually.until("second asleep", () -> secondLooks.get() == 2);
        sliceFree.addItems(1);
        sliceFree.word.wake(1);
        Eventually.joined(other);
        sliceFree.word.arm();
        sliceFree.word.wakeAll();
        Eventually.joined(failing);
        assertTrue(thrown.get() instanceof IllegalStateException);
    }

    @Test
    void aDoorbellGathersManySources() throws Exception {
        int sources = 200;
        Doorbell bell = new Doorbell(place.memory, TestPlace.OTHERS + 64, sources, place.second);
        AtomicInteger[] pending = new AtomicInteger[sources];
        for (int i = 0; i < sources; i++) {
            pending[i] = new AtomicInteger();
        }
        int rounds = 4000;
        List<Thread> ringers = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            int first = t;
            ringers.add(start(() -> {
                for (int i = 0; i < rounds; i++) {
                    int source = (i * 7 + first) % sources;
                    pending[source].incrementAndGet();
                    bell.ring(source);
                }
            }));
        }
        AtomicInteger seen = new AtomicInteger();
        Waiter waiter = Waiter.create();
        while (seen.get() < 2 * rounds) {
            assertTrue(bell.await(waiter, Deadline.afterNanos(30_000 * MILLI)), "seen " + seen);
            bell.drain(source -> seen.addAndGet(pending[source].getAndSet(0)));
        }
        ringers.forEach(Eventually::joined);
        assertEquals(2 * rounds, seen.get());
    }

    @Test
    void interruptsAtRandomMomentsAreNotLost() {
        int interrupts = interruptsInTheStorm();
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        Thread sleeper = start(() -> {
            Waiter waiter = waiter(WaitStrategy.BLOCKING);
            while (!stop.get()) {
                try {
                    waiter.await(place.word, stop::get, Deadline.never());
                } catch (InterruptedException e) {
                    seen.incrementAndGet();
                }
            }
        });
        java.util.Random random = new java.util.Random(1);
        long longest = 0;
        for (int i = 1; i <= interrupts; i++) {
            for (int pause = random.nextInt(400); pause > 0; pause--) {
                Thread.onSpinWait();
            }
            long start = System.nanoTime();
            sleeper.interrupt();
            int expected = i;
            while (seen.get() != expected) {
                Thread.onSpinWait();
                if (System.nanoTime() - start > 10_000 * MILLI) {
                    Eventually.until("interrupt " + i + " seen", () -> seen.get() == expected);
                }
            }
            longest = Math.max(longest, System.nanoTime() - start);
        }
        stop.set(true);
        sleeper.interrupt();
        Eventually.joined(sleeper);
        // A slice, and what a busy machine adds to it.
        assertTrue(longest < 3000 * MILLI, "longest " + longest + " ns");
    }

    int interruptsInTheStorm() {
        return 20_000;
    }

    private interface Body {
        void run() throws Exception;
    }

    private static Thread start(Body body) {
        Thread thread = new Thread(() -> {
            try {
                body.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
