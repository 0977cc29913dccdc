package io.muster.ipc.internal.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.internal.cell.CrashParty;
import io.muster.ipc.internal.cell.Participant;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.memory.CrashWorld;
import io.muster.ipc.wait.Deadline;
import io.muster.ipc.wait.Parking;
import io.muster.ipc.wait.WaitWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a lock promises to the living: several parties with several threads each. */
class RobustLockTest {
    private static final Deadline NOW = Deadline.afterNanos(0);

    private final CrashWorld world = new CrashWorld(256);
    private final CrashParty first = CrashParty.join(world);
    private final CrashParty second = CrashParty.join(world);
    private final RobustLock firsts = new RobustLock(first.participant(), first.memory(), 0);
    private final RobustLock seconds = new RobustLock(second.participant(), second.memory(), 0);

    @Test
    void oneHolderAtATime() throws Exception {
        long[] counter = new long[1];
        int rounds = 5_000;
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (RobustLock lock : List.of(firsts, firsts, seconds, seconds)) {
            tasks.add(start(() -> {
                for (int i = 0; i < rounds; i++) {
                    lock.acquire();
                    counter[0]++;
                    lock.release();
                }
            }));
        }
        for (FutureTask<Void> task : tasks) {
            task.get(60, TimeUnit.SECONDS);
        }
        assertEquals(4L * rounds, counter[0]);
        assertTrue(firsts.tryAcquire());
        assertEquals(4L * rounds + 1, firsts.token(), "one token for each acquisition");
    }

    @Test
    void whoWaitsTooLongIsServedAlthoughAnotherNeverLetsGoForLong() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        FutureTask<Void> hog = start(() -> {
            while (!stop.get()) {
                firsts.acquire();
                firsts.release();
            }
        });
        for (int i = 0; i < 50; i++) {
            assertTrue(seconds.acquire(Deadline.afterNanos(20_000_000_000L)), "starved in round " + i);
            seconds.release();
        }
        stop.set(true);
        hog.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aTryAndAPassedDeadlineTryOnce() throws Exception {
        assertTrue(firsts.acquire(NOW));
        assertFalse(seconds.tryAcquire());
        assertFalse(seconds.acquire(NOW));
        assertFalse(firsts.tryAcquire(), "it is not reentrant");
        firsts.release();
        assertTrue(seconds.acquire(NOW));
    }

    @Test
    void anInterruptEndsTheWaitAndTakesNothing() throws Exception {
        firsts.acquire();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> seconds.acquire(Deadline.never()));
        Thread waiting = new Thread(() -> {});
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            try {
                return seconds.acquire(Deadline.never());
            } catch (InterruptedException e) {
                return false;
            }
        });
        waiting = new Thread(waiter);
        waiting.start();
        while (!seconds.hasWaiters()) {
            Thread.onSpinWait();
        }
        waiting.interrupt();
        assertFalse(waiter.get(60, TimeUnit.SECONDS));
        firsts.release();
        assertTrue(seconds.tryAcquire());
    }

    @Test
    void onlyItsHolderReleases() {
        firsts.acquire();
        IllegalMonitorStateException refused = assertThrows(IllegalMonitorStateException.class, seconds::release);
        assertTrue(refused.getMessage().contains("'party'"), refused.getMessage());
        assertTrue(firsts.isHeldByThisProcess());
        firsts.release();
        assertThrows(IllegalMonitorStateException.class, firsts::release);
    }

    @Test
    void closingWakesWaitersAndRefusesAll() throws Exception {
        firsts.acquire();
        FutureTask<Void> waiter = start(seconds::acquire);
        while (!seconds.hasWaiters()) {
            Thread.onSpinWait();
        }
        firsts.close();
        Throwable thrown =
                assertThrows(java.util.concurrent.ExecutionException.class, () -> waiter.get(60, TimeUnit.SECONDS));
        assertTrue(thrown.getCause() instanceof ClosedObjectException, thrown.getCause()::toString);
        assertThrows(ClosedObjectException.class, firsts::tryAcquire);
    }

    /** Nobody tells that the first is dead: the others look. Where users hold it they have 250 ms. */
    @Test
    void whoWaitsForOneThatIsHeldForMomentsLooksOften() {
        assertEquals(32, longestSliceMillis(false));
        assertEquals(250, longestSliceMillis(true));
    }

    private long longestSliceMillis(boolean byUsers) {
        AtomicLong longest = new AtomicLong();
        AtomicInteger slices = new AtomicInteger();
        Parking parking = new Parking() {
            @Override
            public Outcome park(WaitWord word, int armed, int deaths, long nanos, boolean interruptible) {
                longest.accumulateAndGet(nanos / 1_000_000, Math::max);
                if (nanos > 2_000_000 && slices.incrementAndGet() == 20) { // behind the first slice
                    firsts.release();
                }
                return Outcome.TIMED_OUT;
            }

            @Override
            public boolean wake(WaitWord word, int count) {
                return false;
            }

            @Override
            public long maxSliceNanos() {
                return 250_000_000;
            }
        };
        Participant third =
                new Participant(Path.of("/crash-world"), world.join().place(), parking);
        RobustLock thirds =
                byUsers ? RobustLock.heldByUsers(third, second.memory(), 0) : new RobustLock(third, second.memory(), 0);
        firsts.acquire();
        thirds.acquire();
        thirds.release();
        return longest.get();
    }

    @Test
    void bytesThatWereOverwrittenAreAnErrorAndNoHang() {
        world.shared().putLongVolatile(0, 0x7fff_1234_5678_9000L);
        assertThrows(CorruptSegmentException.class, firsts::acquire);
    }

    @Test
    void itSaysWhoHoldsIt() {
        assertEquals("free", firsts.toString());
        firsts.acquire();
        firsts.noteThread(4711);
        assertTrue(seconds.toString().contains("'party'"), seconds::toString);
        assertTrue(firsts.toString().contains("4711"), firsts::toString);
    }

    private static FutureTask<Void> start(Runnable body) {
        FutureTask<Void> task = new FutureTask<>(body, null);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }
}
