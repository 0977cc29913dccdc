package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many virtual threads wait without holding the few carriers. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "virtual threads came with 21")
class VirtualThreadWaitTest {
    private static final int MANY = 10_000;

    private static Parking parking(boolean portable) {
        Futex futex = NativeLayer.futex();
        assumeTrue(portable || futex != null && futex.waitsOnMany(), "no futex_waitv here");
        return portable ? Parking.portable() : new FutexParking(futex);
    }

    /** By reflection, as this is compiled for 17. */
    private static Thread startVirtual(Runnable body) {
        try {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertOthersStillRun() {
        AtomicInteger ran = new AtomicInteger();
        startVirtual(ran::incrementAndGet);
        Eventually.until("another virtual thread runs", () -> ran.get() == 1);
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void tenThousandOnOneWordAreAllWoken(boolean portable) {
        WatchedParking parking = new WatchedParking(parking(portable), false);
        TestPlace place = TestPlace.of(parking);
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            startVirtual(() -> {
                Waiter.create().awaitUninterruptibly(place.word, place::hasItems, Deadline.never());
                done.incrementAndGet();
            });
        }
        Eventually.until("all asleep", () -> parking.asleep.get() > MANY * 9 / 10);
        assertOthersStillRun();
        assertEquals(0, done.get());
        place.addItems(1);
        place.word.wakeAll();
        Eventually.until("all woken", () -> done.get() == MANY);
    }

    @Test
    void eachItemWakesOneAndNoneIsLeftLying() {
        TestPlace place = TestPlace.of(new WatchedParking(parking(false), true));
        int threads = 2000;
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            startVirtual(() -> {
                Waiter.create().awaitUninterruptibly(place.word, place::takeItem, place::hasItems, Deadline.never());
                done.incrementAndGet();
            });
        }
        for (int i = 0; i < threads; i++) {
            place.addItems(1);
            place.word.wakeAfterCas(1);
        }
        Eventually.until("all taken", () -> done.get() == threads);
        assertEquals(0, place.items());
    }

    @Test
    void manyWordsAreSharedOutAmongHelpers() {
        WatchedParking parking = new WatchedParking(parking(false), true);
        TestPlace place = TestPlace.of(parking);
        int words = 300;
        AtomicInteger[] done = new AtomicInteger[words];
        List<WaitWord> all = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            int index = i;
            done[i] = new AtomicInteger();
            WaitWord word = new WaitWord(place.memory, TestPlace.OTHERS + 4L * i, place.memory, TestPlace.DEATHS)
                    .withParking(parking);
            all.add(word);
            for (int t = 0; t < 3; t++) {
                startVirtual(() -> {
                    Waiter.create().awaitUninterruptibly(word, () -> place.items() > index, Deadline.never());
                    done[index].incrementAndGet();
                });
            }
        }
        Eventually.until("all asleep", () -> parking.asleep.get() == 3 * words);
        for (int i = 0; i < words; i++) {
            place.addItems(1);
            all.get(i).wakeAll();
        }
        for (int i = 0; i < words; i++) {
            int index = i;
            Eventually.until("word " + i, () -> done[index].get() == 3);
        }
    }

    @Test
    void aDeathWakesThemAll() {
        WatchedParking parking = new WatchedParking(parking(false), true);
        TestPlace place = TestPlace.of(parking);
        AtomicInteger repairs = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            startVirtual(() -> {
                Waiter waiter =
                        Waiter.builder().repair(repairs::incrementAndGet).build();
                waiter.awaitUninterruptibly(place.word, () -> repairs.get() > 0, Deadline.never());
                done.incrementAndGet();
            });
        }
        Eventually.until("all asleep", () -> parking.asleep.get() == 100);
        place.broadcastDeath();
        Eventually.until("all woken", () -> done.get() == 100);
    }

    @ParameterizedTest(name = "portable: {0}")
    @ValueSource(booleans = {false, true})
    void interruptsAndDeadlinesReachThem(boolean portable) {
        WatchedParking parking = new WatchedParking(parking(portable), false);
        TestPlace place = TestPlace.of(parking);
        AtomicInteger interrupted = new AtomicInteger();
        AtomicInteger timedOut = new AtomicInteger();
        Thread sleeper = startVirtual(() -> {
            try {
                Waiter.create().await(place.word, () -> false, Deadline.never());
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        Eventually.until("asleep", () -> parking.asleep.get() == 1);
        sleeper.interrupt();
        Eventually.until("interrupted", () -> interrupted.get() == 1);
        long start = System.nanoTime();
        startVirtual(() -> {
            boolean ready =
                    Waiter.create().awaitUninterruptibly(place.word, () -> false, Deadline.afterNanos(30_000_000));
            timedOut.addAndGet(ready ? 0 : 1);
        });
        Eventually.until("timed out", () -> timedOut.get() == 1);
        assertTrue(System.nanoTime() - start >= 30_000_000);
    }
}
