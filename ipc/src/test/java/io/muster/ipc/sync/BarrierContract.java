package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** What every barrier promises to the living; the JDK's own shows that the contract is right. */
abstract class BarrierContract {
    private static final Duration LONG = Duration.ofSeconds(60);

    /** One party's way to use it. */
    interface Bar {
        int await() throws InterruptedException, BrokenBarrierException;

        int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException;

        void reset();

        boolean isBroken();

        int waiting();
    }

    /** Two ways to use a new barrier, of two parties where there can be two; each pass runs the action once. */
    abstract List<Bar> create(int parties, Runnable action);

    private List<Bar> create(int parties) {
        return create(parties, () -> {});
    }

    @Test
    void thousandsOfPassesInStep() throws Exception {
        int parties = 3;
        int passes = 2_000;
        AtomicInteger actions = new AtomicInteger();
        List<Bar> two = create(parties, actions::incrementAndGet);
        AtomicIntegerArray steps = new AtomicIntegerArray(parties);
        List<Threads.Running<Void>> threads = new ArrayList<>();
        for (int t = 0; t < parties; t++) {
            int self = t;
            threads.add(Threads.run(() -> {
                for (int pass = 0; pass < passes; pass++) {
                    steps.set(self, pass);
                    two.get(self % 2).await();
                    for (int other = 0; other < parties; other++) {
                        int at = steps.get(other);
                        assertTrue(at == pass || at == pass + 1, at + " while in " + pass);
                    }
                    assertTrue(actions.get() == pass + 1 || actions.get() == pass + 2);
                }
            }));
        }
        for (var thread : threads) {
            thread.get();
        }
        assertEquals(passes, actions.get());
        assertEquals(0, two.get(0).waiting());
    }

    @Test
    void eachHasAPlaceOfItsOwn() throws Exception {
        List<Bar> two = create(3);
        var first = Threads.call(() -> two.get(0).await());
        Threads.until("one waits", () -> two.get(1).waiting() == 1);
        var second = Threads.call(() -> two.get(1).await());
        Threads.until("two wait", () -> two.get(0).waiting() == 2);
        assertEquals(0, two.get(1).await());
        assertEquals(2, first.get());
        assertEquals(1, second.get());
    }

    @Test
    void oneAloneAlwaysPasses() throws Exception {
        List<Bar> two = create(1);
        for (int i = 0; i < 10; i++) {
            assertEquals(0, two.get(i % 2).await());
        }
    }

    @Test
    void whoRunsOutOfTimeBreaksItForAll() throws Exception {
        List<Bar> two = create(3);
        var waiting = Threads.call(() -> two.get(0).await());
        Threads.until("one waits", () -> two.get(1).waiting() == 1);
        assertThrows(TimeoutException.class, () -> two.get(1).await(Duration.ofMillis(10)));
        assertThrows(BrokenBarrierException.class, waiting::get);
        assertTrue(two.get(0).isBroken());
        assertThrows(BrokenBarrierException.class, () -> two.get(1).await());
        assertThrows(BrokenBarrierException.class, () -> two.get(0).await(LONG));
    }

    @Test
    void noTimeIsEnoughForTheLastOnly() throws Exception {
        List<Bar> two = create(2);
        var waiting = Threads.call(() -> two.get(0).await());
        Threads.until("one waits", () -> two.get(1).waiting() == 1);
        assertEquals(0, two.get(1).await(Duration.ZERO));
        assertEquals(1, waiting.get());
        assertThrows(TimeoutException.class, () -> two.get(1).await(Duration.ZERO));
    }

    @Test
    void whoIsInterruptedBreaksItForAll() throws Exception {
        List<Bar> two = create(3);
        var other = Threads.call(() -> two.get(1).await());
        Threads.until("one waits", () -> two.get(1).waiting() == 1);
        var interrupted = Threads.call(() -> two.get(0).await());
        Threads.until("two wait", () -> two.get(1).waiting() == 2);
        interrupted.interrupt();
        assertThrows(InterruptedException.class, interrupted::get);
        assertThrows(BrokenBarrierException.class, other::get);
    }

    @Test
    void resetLetsThoseGoWhoWaitAndMakesItAsNew() throws Exception {
        List<Bar> two = create(2);
        var waiting = Threads.call(() -> two.get(0).await());
        Threads.until("one waits", () -> two.get(1).waiting() == 1);
        two.get(1).reset();
        assertThrows(BrokenBarrierException.class, waiting::get);
        assertFalse(two.get(0).isBroken());
        var again = Threads.call(() -> two.get(0).await());
        Set<Integer> places = new TreeSet<>();
        places.add(two.get(1).await());
        places.add(again.get());
        assertEquals(Set.of(0, 1), places);
    }

    @Test
    void anActionThatThrowsBreaksIt() throws Exception {
        List<Bar> two = create(2, () -> {
            throw new UnsupportedOperationException("the action");
        });
        var waiting = Threads.call(() -> two.get(0).await());
        Threads.until("one waits", () -> two.get(1).waiting() == 1);
        assertThrows(UnsupportedOperationException.class, () -> two.get(1).await());
        assertThrows(BrokenBarrierException.class, waiting::get);
        assertTrue(two.get(0).isBroken());
    }
}
