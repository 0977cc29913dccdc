package io.muster.ipc.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** For how long who waits goes to sleep, if nobody ever wakes it: no time passes here. */
class SlicesTest {
    private static final long MILLI = 1_000_000;
    private static final int SLICES = 12;

    /** Notes the slices of one thread; the others sleep until they are let go. */
    private static final class NotingParking implements Parking {
        final Thread noted = Thread.currentThread();
        final List<Long> millis = new ArrayList<>();
        final CountDownLatch letGo = new CountDownLatch(1);
        volatile int others;

        @Override
        public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
            if (Thread.currentThread() == noted) {
                millis.add(nanos / MILLI);
            } else {
                synchronized (this) {
                    others++;
                }
                Eventually.until("the slices are noted", () -> letGo.getCount() == 0);
            }
            return Outcome.TIMED_OUT;
        }

        @Override
        public boolean wake(WaitWord word, int count) {
            return false;
        }

        @Override
        public long maxSliceNanos() {
            return 250 * MILLI;
        }
    }

    private final NotingParking parking = new NotingParking();
    private final TestPlace place = TestPlace.of(parking);

    private static Waiter.Builder builder() {
        return Waiter.builder().strategy(WaitStrategy.BLOCKING);
    }

    private List<Long> slices(Waiter waiter) {
        parking.millis.clear();
        waiter.awaitUninterruptibly(place.word, () -> parking.millis.size() == SLICES, Deadline.never());
        return parking.millis;
    }

    @Test
    void theyDoubleUpToWhatTheParkingSays() {
        assertEquals(
                List.of(2L, 4L, 8L, 16L, 32L, 64L, 128L, 250L, 250L, 250L, 250L, 250L),
                slices(builder().build()));
    }

    @Test
    void theyAreKeptShort() {
        Waiter waiter = builder().lookEvery(Duration.ofMillis(32)).build();
        assertEquals(List.of(2L, 4L, 8L, 16L, 32L, 32L, 32L, 32L, 32L, 32L, 32L, 32L), slices(waiter));
        Waiter never = builder().lookEvery(Duration.ofSeconds(1)).build();
        assertEquals(250, slices(never).get(SLICES - 1), "not longer than usual");
    }

    @Test
    void theyAreKeptShortWhileSomethingIsSo() {
        Waiter waiter = builder()
                .lookEvery(Duration.ofMillis(32), () -> parking.millis.size() >= 9)
                .build();
        assertEquals(List.of(2L, 4L, 8L, 16L, 32L, 64L, 128L, 250L, 250L, 32L, 32L, 32L), slices(waiter));
    }

    @Test
    void aCrowdLooksNoMoreThanAThousandTimesASecondAllTogether() {
        Waiter waiter = builder().lookEvery(Duration.ofMillis(32)).build();
        List<Thread> crowd = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Thread thread = new Thread(() ->
                    waiter.awaitUninterruptibly(place.word, () -> parking.letGo.getCount() == 0, Deadline.never()));
            thread.setDaemon(true);
            thread.start();
            crowd.add(thread);
        }
        Eventually.until("all sleep", () -> parking.others == 50);
        assertEquals(51, slices(waiter).get(SLICES - 1));
        parking.letGo.countDown();
        crowd.forEach(Eventually::joined);
        assertEquals(32, slices(waiter).get(SLICES - 1));
    }

    @Test
    void theyAreNotShorterAndLongerThanUsual() {
        Waiter.Builder both = Waiter.builder().lookEvery(Duration.ofMillis(32)).longestSlice(Duration.ofSeconds(1));
        assertThrows(IllegalStateException.class, both::build);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Waiter.builder().lookEvery(Duration.ZERO))
                .getMessage();
        assertTrue(message.contains("must be more than 0"), message);
    }
}
