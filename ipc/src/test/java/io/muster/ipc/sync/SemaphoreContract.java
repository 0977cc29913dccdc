package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every semaphore promises to the living; the JDK's own shows that the contract is right. */
abstract class SemaphoreContract {
    static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(15);

    /** One party's way to use it. */
    interface Sem {
        void acquire(int permits) throws InterruptedException;

        void acquireUninterruptibly(int permits);

        boolean tryAcquire(int permits);

        boolean tryAcquire(int permits, Duration timeout) throws InterruptedException;

        void release(int permits);

        int available();

        int drain();
    }

    /** Two ways to use one new semaphore, of two parties where there can be two. */
    abstract List<Sem> create(int permits);

    @Test
    void permitsAreTakenAndGivenBack() throws Exception {
        List<Sem> two = create(3);
        two.get(0).acquire(2);
        assertEquals(1, two.get(1).available());
        assertFalse(two.get(1).tryAcquire(2));
        assertTrue(two.get(1).tryAcquire(1));
        assertEquals(0, two.get(0).available());
        two.get(0).release(1);
        two.get(1).release(1);
        two.get(0).release(1);
        assertEquals(3, two.get(0).available());
    }

    @Test
    void anybodyMayReleaseAndSoMakeOne() {
        List<Sem> two = create(0);
        two.get(0).release(2);
        assertEquals(2, two.get(1).available());
        assertTrue(two.get(1).tryAcquire(2));
        two.get(0).release(1);
        assertEquals(1, two.get(0).available());
    }

    @Test
    void noneAtAllIsAlwaysThere() throws Exception {
        List<Sem> two = create(0);
        two.get(0).acquire(0);
        assertTrue(two.get(0).tryAcquire(0));
        two.get(0).release(0);
        assertEquals(0, two.get(0).available());
    }

    @Test
    void drainTakesAll() {
        List<Sem> two = create(7);
        assertTrue(two.get(0).tryAcquire(2));
        assertEquals(5, two.get(1).drain());
        assertEquals(0, two.get(1).drain());
        two.get(1).release(5);
        assertEquals(5, two.get(0).available());
    }

    @Test
    void whoWaitsIsServedByARelease() throws Exception {
        List<Sem> two = create(0);
        var one = Threads.run(() -> two.get(0).acquire(1));
        var three = Threads.run(() -> two.get(1).acquireUninterruptibly(3));
        var timed = Threads.call(() -> two.get(1).tryAcquire(2, LONG));
        for (int i = 0; i < 6; i++) {
            two.get(i % 2).release(1);
        }
        one.get();
        three.get();
        assertTrue(timed.get());
        assertEquals(0, two.get(0).available());
    }

    @Test
    void timeIsKept() throws Exception {
        List<Sem> two = create(1);
        long start = System.nanoTime();
        assertFalse(two.get(0).tryAcquire(2, SHORT));
        assertTrue(System.nanoTime() - start >= SHORT.toNanos());
        assertFalse(two.get(0).tryAcquire(2, Duration.ZERO));
        assertFalse(two.get(0).tryAcquire(2, Duration.ofSeconds(-1)));
        assertTrue(two.get(0).tryAcquire(1, Duration.ZERO));
    }

    @Test
    void anInterruptTakesNothing() throws Exception {
        List<Sem> two = create(1);
        var waiting = Threads.run(() -> two.get(0).acquire(2));
        waiting.interrupt();
        assertThrows(InterruptedException.class, waiting::get);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> two.get(0).tryAcquire(1, LONG));
        assertFalse(Thread.interrupted());
        assertEquals(1, two.get(1).available());
    }

    @Test
    void anUninterruptibleWaitKeepsTheFlag() throws Exception {
        List<Sem> two = create(0);
        var waiting = Threads.call(() -> {
            Thread.currentThread().interrupt();
            two.get(0).acquireUninterruptibly(1);
            return Thread.interrupted();
        });
        two.get(1).release(1);
        assertTrue(waiting.get());
    }

    @Test
    void negativeNumbersAreRefused() {
        Sem sem = create(1).get(0);
        assertThrows(IllegalArgumentException.class, () -> sem.acquire(-1));
        assertThrows(IllegalArgumentException.class, () -> sem.tryAcquire(-1));
        assertThrows(IllegalArgumentException.class, () -> sem.tryAcquire(-1, LONG));
        assertThrows(IllegalArgumentException.class, () -> sem.release(-1));
    }

    @Test
    void neverMoreInsideThanPermits() throws Exception {
        List<Sem> two = create(2);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Threads.Running<Void>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Sem sem = two.get(t % 2);
            int permits = 1 + t / 3;
            threads.add(Threads.run(() -> {
                for (int i = 0; i < 500; i++) {
                    sem.acquire(permits);
                    most.accumulateAndGet(inside.addAndGet(permits), Math::max);
                    inside.addAndGet(-permits);
                    sem.release(permits);
                }
            }));
        }
        for (var thread : threads) {
            thread.get();
        }
        assertTrue(most.get() <= 2, "inside: " + most);
        assertEquals(2, two.get(0).available());
    }
}
