package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.CorruptSegmentException;
import io.muster.ipc.sync.Tasks.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a shared lock and its conditions promise beyond the JDK's contract, as far as one process can show it. */
class SharedLockOwnTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void eachAcquisitionHasAHigherToken() {
        LockWorld world = new LockWorld();
        SharedLock here = world.maker.lockHandle();
        SharedLock there = world.join().lockHandle();
        assertThrows(IllegalMonitorStateException.class, here::fencingToken);
        long last = 0;
        for (int i = 0; i < 10; i++) {
            SharedLock each = i % 2 == 0 ? here : there;
            try (Held held = each.hold()) {
                assertTrue(held.token() > last);
                last = held.token();
                each.lock();
                assertEquals(last, each.fencingToken(), "a reentrant lock is the same acquisition");
                each.unlock();
                assertEquals(Optional.empty(), held.abandonedOwner());
            }
        }
        assertFalse(here.isLocked());
    }

    @Test
    void aScopeGivesBackOnceAndOnlyWhatIsHeld() {
        try (SharedLock lock = SharedLock.create()) {
            Held held = lock.hold();
            assertEquals(1, lock.holdCount());
            held.close();
            held.close();
            assertFalse(lock.isLocked());
            assertThrows(IllegalMonitorStateException.class, held::token);
        }
    }

    @Test
    void whatIsGivenUpHalfDoneIsToldUntilSomebodyUnlocksInOrder() {
        LockWorld world = new LockWorld();
        SharedLock here = world.maker.lockHandle();
        SharedLock there = world.join().lockHandle();
        here.lock();
        here.lock();
        assertThrows(IllegalMonitorStateException.class, here::unlockAbandoned, "held twice");
        here.unlock();
        long token = here.fencingToken();
        here.unlockAbandoned();
        there.lock();
        AbandonedOwner told = there.abandonedOwner().orElseThrow();
        assertEquals("party", told.party());
        assertTrue(told.pid().isPresent());
        assertEquals(token, told.token());
        assertTrue(told.toString().startsWith("'party' (pid "), told::toString);
        there.unlockAbandoned();
        here.lock();
        assertTrue(here.abandonedOwner().isPresent());
        here.unlock();
        there.lock();
        assertEquals(Optional.empty(), there.abandonedOwner());
        there.unlock();
    }

    @Test
    void theNextOwnerIsToldWhoDied() {
        LockWorld world = new LockWorld();
        LockWorld.Member victim = world.join();
        victim.lock().lock();
        long token = victim.lock().token();
        SharedLock here = world.maker.lockHandle();
        assertFalse(here.tryLock());
        victim.party().point().kill();
        here.lock();
        assertEquals(token, here.abandonedOwner().orElseThrow().token());
        assertTrue(here.fencingToken() > token);
        here.unlock();
    }

    @Test
    void triesAloneFindADeadOwnerInTheEnd() {
        LockWorld world = new LockWorld();
        LockWorld.Member victim = world.join();
        victim.lock().lock();
        victim.party().point().kill();
        Tasks.until("taken over", world.maker.lock()::tryLock);
        assertTrue(world.maker.lock().abandonedOwner().isPresent());
    }

    @Test
    void itTellsWhoHoldsIt() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            assertTrue(lock.toString().contains("free"), lock::toString);
            Thread holder = new Thread(lock::lock, "the \u00e4lteste thread with a very long name indeed");
            holder.start();
            holder.join();
            String told = lock.toString();
            assertTrue(told.contains("(pid " + ProcessHandle.current().pid() + ", live)"), told);
            assertTrue(told.contains("thread " + holder.getId() + " 'the \u00e4lteste thread with a very"), told);
            IllegalMonitorStateException refused = assertThrows(IllegalMonitorStateException.class, lock::unlock);
            assertTrue(refused.getMessage().contains("held by process"), refused.getMessage());
        }
    }

    @Test
    void anUncontendedLockAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (SharedLock lock = SharedLock.create()) {
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1_000; i++) {
                    lock.lock();
                    lock.unlock();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertTrue(least < 500, "1,000 locks allocated " + least + " bytes");
        }
    }

    @Test
    void aHandleThatTravelledIsTheSameLock() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            SharedLock other = travel(lock);
            assertEquals(lock, other);
            lock.lock();
            assertTrue(other.isHeldByCurrentThread());
            other.close();
            assertThrows(ClosedObjectException.class, other::isLocked);
            lock.unlock();
        }
    }

    @Test
    void aConditionTravelsWithItsLock() throws Exception {
        try (SharedCondition condition = SharedCondition.create(1)) {
            SharedCondition other = travel(condition);
            Task<Boolean> waiter = Tasks.ask(() -> {
                try (Held held = other.lock().hold()) {
                    assertTrue(held.token() > 0);
                    return other.await(LONG);
                }
            });
            Tasks.until("waits", () -> condition.waiters() == 1);
            try (Held held = condition.lock().hold()) {
                assertTrue(held.token() > 0);
                IllegalStateException refused =
                        assertThrows(IllegalStateException.class, () -> condition.await(Duration.ZERO));
                assertTrue(
                        refused.getMessage().contains("1 threads wait already")
                                && refused.getMessage().contains("mostWaiters"),
                        refused.getMessage());
                assertEquals(1, condition.lock().holdCount());
                assertEquals(1, condition.signal(5));
                assertEquals(0, condition.signal(5));
            }
            assertTrue(waiter.get());
        }
    }

    @Test
    void aConditionHasOneDeadlineForAllItsWaits() throws Exception {
        try (SharedCondition condition = SharedCondition.create()) {
            assertThrows(IllegalMonitorStateException.class, () -> condition.waitFor(() -> true, LONG));
            int[] asked = new int[1];
            Task<Boolean> waiter = Tasks.ask(() -> {
                try (Held held = condition.lock().hold()) {
                    assertTrue(held.token() > 0);
                    return condition.waitFor(() -> ++asked[0] == 3, LONG)
                            && !condition.waitFor(() -> false, Duration.ofMillis(5))
                            && !condition.waitFor(() -> false, Duration.ZERO);
                }
            });
            for (int i = 0; i < 2; i++) {
                int times = i + 1;
                Tasks.until("asked " + times, () -> condition.waiters() == 1 && asked[0] == times);
                condition.lock().lock();
                condition.signalAll();
                condition.lock().unlock();
            }
            assertTrue(waiter.get());
            assertEquals(3, asked[0]);
        }
    }

    @Test
    void signalLetsExactlySoManyGo() throws Exception {
        try (SharedCondition condition = SharedCondition.create(20)) {
            Task<?>[] waiters = new Task<?>[20];
            for (int i = 0; i < waiters.length; i++) {
                waiters[i] = Tasks.start(() -> {
                    condition.lock().lock();
                    condition.await();
                    condition.lock().unlock();
                });
                int count = i + 1;
                Tasks.until("waits", () -> condition.waiters() == count);
            }
            condition.lock().lock();
            assertThrows(IllegalArgumentException.class, () -> condition.signal(-1));
            assertEquals(0, condition.signal(0));
            assertEquals(7, condition.signal(7));
            assertEquals(13, condition.waiters());
            condition.lock().unlock();
            for (int i = 0; i < 7; i++) {
                waiters[i].get();
            }
            condition.lock().lock();
            assertEquals(13, condition.signal(100));
            condition.lock().unlock();
            for (Task<?> waiter : waiters) {
                waiter.get();
            }
        }
    }

    @Test
    void closingTheLockEndsAllWaitsButNotTheHold() throws Exception {
        SharedLock lock = SharedLock.create();
        SharedCondition condition = lock.newCondition();
        Task<Void> inCondition = Tasks.start(() -> {
            lock.lock();
            try {
                condition.await();
            } finally {
                lock.unlock();
            }
        });
        Tasks.until("waits", () -> condition.waiters() == 1);
        Held held = lock.hold();
        Task<Void> waiter = Tasks.start(lock::lock);
        Tasks.until("waits", ((LockHandle) lock).lockCore()::isWaitedForHere);
        lock.close();
        assertThrows(ClosedObjectException.class, waiter::get);
        assertThrows(ClosedObjectException.class, inCondition::get);
        assertThrows(ClosedObjectException.class, lock::lock);
        assertThrows(ClosedObjectException.class, condition::signal);
        held.close();
        lock.close();
        try (SharedLock next = SharedLock.create()) {
            assertTrue(next.tryLock());
            assertNotEquals(lock, next);
            next.unlock();
        }
    }

    @Test
    void closingAConditionEndsItsWaitsWithTheLockHeld() throws Exception {
        try (SharedLock lock = SharedLock.create()) {
            SharedCondition condition = lock.newCondition();
            Task<Boolean> waiter = Tasks.ask(() -> {
                lock.lock();
                try {
                    condition.await();
                    return false;
                } catch (ClosedObjectException e) {
                    return lock.isHeldByCurrentThread();
                } finally {
                    lock.unlock();
                }
            });
            Tasks.until("waits", () -> condition.waiters() == 1);
            condition.close();
            assertTrue(waiter.get());
            assertTrue(lock.tryLock());
            lock.unlock();
        }
    }

    @Test
    void badArgumentsAndBytesAreRefused() {
        try (SharedLock lock = SharedLock.create()) {
            assertThrows(IllegalArgumentException.class, () -> lock.newCondition(0));
            assertThrows(IllegalArgumentException.class, () -> SharedCondition.create(1_000_001));
            assertThrows(NullPointerException.class, () -> lock.tryLock(null));
        }
        LockWorld world = new LockWorld();
        world.world.shared().putLongVolatile(16, 0x7fff_1234_5678_9000L);
        assertThrows(CorruptSegmentException.class, world.maker.lock()::lock);
    }

    @SuppressWarnings("unchecked")
    static <T> T travel(T handle) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(handle);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) in.readObject();
        }
    }
}
