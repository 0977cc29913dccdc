package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CrashPoint;
import io.muster.ipc.wait.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only our semaphore promises: bounds, blocks, order, handles. */
class SharedSemaphoreTest {

    @Test
    void aBoundIsKept() {
        try (SharedSemaphore two = SharedSemaphore.createBounded(2)) {
            assertThrows(IllegalStateException.class, two::release);
            assertTrue(two.tryAcquire(2));
            two.release();
            IllegalStateException refused = assertThrows(IllegalStateException.class, () -> two.release(2));
            assertTrue(refused.getMessage().contains("bound is 2"), refused::getMessage);
            assertEquals(1, two.availablePermits());
            two.release();
            assertEquals(2, two.availablePermits());
        }
    }

    @Test
    void anOverflowIsRefused() {
        try (SharedSemaphore many = SharedSemaphore.create(Integer.MAX_VALUE)) {
            assertThrows(IllegalStateException.class, many::release);
            assertEquals(SharedSemaphore.MOST_HELD, many.drainPermits());
            assertThrows(IllegalStateException.class, many::tryAcquire);
            assertEquals(Integer.MAX_VALUE - SharedSemaphore.MOST_HELD, many.availablePermits());
        }
    }

    @Test
    void blocksGiveBackOnce() throws Exception {
        SharedSemaphore three = SharedSemaphore.create(3);
        SharedSemaphore.Hold two = three.hold(2);
        assertEquals(1, three.availablePermits());
        two.close();
        assertEquals(3, three.availablePermits());
        two.close();
        assertEquals(3, three.availablePermits());
        SharedSemaphore.Hold last = three.hold();
        three.close();
        last.close();
        assertThrows(ClosedObjectException.class, three::release);
    }

    @Test
    void closingEndsAllWhoWait() {
        SharedSemaphore made = SharedSemaphore.create(0);
        SharedSemaphore fair = SharedSemaphore.createFair(0);
        List<Threads.Running<Void>> waiting = new ArrayList<>();
        for (SharedSemaphore each : List.of(made, fair)) {
            SharedSemaphore other = Travel.through(each);
            assertEquals(each, other);
            waiting.add(Threads.run(other::acquire));
            waiting.add(Threads.run(() -> other.acquire(2)));
            waiting.add(Threads.run(other::acquireUninterruptibly));
        }
        made.close();
        fair.close();
        for (var each : waiting) {
            assertThrows(ClosedObjectException.class, each::get);
        }
        assertTrue(made.toString().contains("closed"), made::toString);
    }

    @Test
    void aFairOneServesInOrderWhateverTheyAskFor() throws Exception {
        SyncWorld world = new SyncWorld();
        SemaphoreCore releaser = world.newSemaphore(0, SemaphoreLayout.NO_LIMIT, true);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<Threads.Running<Void>> waiting = new ArrayList<>();
        int[] wanted = {5, 1, 3};
        for (int party = 0; party < wanted.length; party++) {
            SemaphoreCore semaphore = SyncWorld.semaphore(world.join(CrashPoint.never()));
            int permits = wanted[party];
            waiting.add(Threads.run(() -> {
                semaphore.acquire(permits, Deadline.never(), true);
                served.add(permits);
            }));
            long place = party + 1;
            Threads.until(
                    "party " + party + " stands in line",
                    () -> world.world.shared().getLongVolatile(16 + SemaphoreLayout.LAST) == place);
        }
        assertTrue(releaser.tryAcquire(0));
        releaser.release(4);
        releaser.release(1);
        Threads.until("the first is served", () -> served.size() == 1);
        releaser.release(1);
        Threads.until("the second is served", () -> served.size() == 2);
        releaser.release(3);
        for (var each : waiting) {
            each.get();
        }
        assertEquals(List.of(5, 1, 3), served);
    }

    @Test
    void whoIsStoppedAtTheFrontOfTheLineIsPassedBy() throws Exception {
        SyncWorld world = new SyncWorld();
        SemaphoreCore releaser = world.newSemaphore(0, SemaphoreLayout.NO_LIMIT, true);
        // A party that stands in line and never looks: as one that was stopped there.
        SemaphoreLine stopped =
                new SemaphoreLine(world.join(CrashPoint.never()).participant(), world.victim.memory(), 16);
        stopped.stand(1);
        SemaphoreCore second = SyncWorld.semaphore(world.join(CrashPoint.never()));
        var waiting = Threads.call(() -> second.acquire(1, Deadline.never(), true));
        Threads.until("it stands in line", () -> world.world.shared().getLongVolatile(16 + SemaphoreLayout.LAST) == 2);
        assertFalse(waiting.isDone());
        releaser.release(1);
        assertTrue(waiting.get());
    }
}
