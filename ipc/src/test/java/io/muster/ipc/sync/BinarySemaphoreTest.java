package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.Tasks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lock that another may release, as two parties see it. */
class BinarySemaphoreTest {
    private final LockWorld world = new LockWorld();
    private final LockWorld.Member other = world.join();
    private final SharedBinarySemaphore here = world.maker.semaphoreHandle();
    private final SharedBinarySemaphore there = other.semaphoreHandle();

    @Test
    void oneHolderAtATime() throws Exception {
        long[] counter = new long[1];
        int rounds = 2_000;
        List<Task<Void>> tasks = new ArrayList<>();
        for (SharedBinarySemaphore each : List.of(here, here, there, there)) {
            tasks.add(Tasks.start(() -> {
                for (int i = 0; i < rounds; i++) {
                    each.acquire();
                    counter[0]++;
                    each.release();
                }
            }));
        }
        for (Task<Void> task : tasks) {
            task.get();
        }
        assertEquals(4L * rounds, counter[0]);
    }

    @Test
    void anybodyMayReleaseIt() throws Exception {
        here.acquire();
        assertFalse(here.tryAcquire(), "it is not reentrant");
        assertFalse(there.tryAcquire());
        assertTrue(there.isHeld());
        assertFalse(there.isHeldByThisProcess());
        Task<Void> waiter = Tasks.start(here::acquire);
        Tasks.until("waits", world.maker.semaphore()::isWaitedForHere);
        Tasks.start(there::release).get();
        waiter.get();
        assertTrue(here.isHeldByThisProcess());
        there.release();
        assertFalse(here.isHeld());
    }

    @Test
    void twoProcessesCanTakeTurnsByReleasingEachOther() throws Exception {
        SharedBinarySemaphore ping = here;
        List<Integer> order = new ArrayList<>();
        ping.acquire();
        Task<Void> partner = Tasks.start(() -> {
            for (int i = 0; i < 100; i++) {
                there.acquire();
                order.add(i);
            }
        });
        for (int i = 0; i < 100; i++) {
            here.release();
            int count = i + 1;
            Tasks.until("turn " + i, () -> other.semaphore().isHeldHere() && order.size() == count);
        }
        partner.get();
    }

    @Test
    void whatNobodyHoldsCannotBeReleased() {
        IllegalStateException refused = assertThrows(IllegalStateException.class, here::release);
        assertTrue(refused.getMessage().contains("nobody holds it"), refused.getMessage());
        assertThrows(IllegalStateException.class, here::releaseAbandoned);
        assertThrows(IllegalStateException.class, here::fencingToken);
        assertThrows(IllegalStateException.class, here::abandonedOwner);
    }

    @Test
    void itHasTokensAndTellsWhoGaveItUpOrDied() {
        long token;
        try (Held held = here.hold()) {
            token = held.token();
            assertTrue(held.abandonedOwner().isEmpty());
        }
        assertTrue(there.tryAcquire());
        assertTrue(there.fencingToken() > token);
        token = there.fencingToken();
        there.releaseAbandoned();
        assertTrue(here.tryAcquire());
        assertTrue(here.wasAbandoned());
        here.release();
        there.acquireUninterruptibly();
        token = there.fencingToken();
        other.party().point().kill();
        here.acquireUninterruptibly();
        assertTrue(here.wasAbandoned());
        assertEquals(token, here.abandonedOwner().orElseThrow().token());
        here.release();
        assertTrue(here.tryAcquire());
        assertFalse(here.wasAbandoned());
    }

    @Test
    void timesAndInterruptsEndTheWait() throws Exception {
        here.acquire();
        long start = System.nanoTime();
        assertFalse(there.tryAcquire(Duration.ofMillis(20)));
        assertTrue(System.nanoTime() - start >= 20_000_000);
        assertFalse(there.tryAcquire(Duration.ZERO));
        assertFalse(there.tryAcquire(Duration.ofSeconds(-1)));
        assertThrows(NullPointerException.class, () -> there.tryAcquire(null));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, there::acquire);
        Task<Void> waiter = Tasks.start(there::acquire);
        Tasks.until("waits", other.semaphore()::isWaitedForHere);
        waiter.thread.interrupt();
        assertThrows(InterruptedException.class, waiter::get);
        here.release();
        assertTrue(there.tryAcquire());
    }

    @Test
    void theOneOfASessionTravelsAndCloses() throws Exception {
        SharedBinarySemaphore semaphore = SharedBinarySemaphore.create();
        SharedBinarySemaphore same = SharedLockOwnTest.travel(semaphore);
        assertEquals(semaphore, same);
        semaphore.acquire();
        Task<Void> waiter = Tasks.start(same::acquire);
        Tasks.until("sleeps", () -> semaphore.toString().contains("held by") && !waiter.isDone());
        semaphore.close();
        assertThrows(ClosedObjectException.class, waiter::get);
        assertThrows(ClosedObjectException.class, same::release);
        assertTrue(same.toString().contains("closed"), same::toString);
    }
}
