package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.sync.Tasks.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** What the JDK promises of a reentrant lock and its conditions; the JDK's own is one that must keep it. */
abstract class LockContract {
    private static final long MILLI = 1_000_000;

    /** The lock, always the same one. */
    abstract Lock lock();

    /** The same lock as another process sees it, where there are processes. */
    abstract Lock elsewhere();

    /** A condition of the lock, always the same one. */
    abstract Condition condition();

    /** The same condition as another process sees it. */
    abstract Condition conditionElsewhere();

    /** How many wait in the condition; called without the lock. */
    abstract int waiters();

    abstract int holds(Lock lock);

    /** Whether any thread waits for the lock itself. */
    abstract boolean isWaitedFor();

    private void awaitWaiters(int count) {
        Tasks.until(count + " waiters", () -> waiters() == count);
    }

    // --- the lock

    @Test
    void oneHolderAtATime() throws Exception {
        long[] counter = new long[1];
        int rounds = 3_000;
        List<Task<Void>> tasks = new ArrayList<>();
        for (Lock each : List.of(lock(), lock(), elsewhere(), elsewhere())) {
            tasks.add(Tasks.start(() -> {
                for (int i = 0; i < rounds; i++) {
                    each.lock();
                    try {
                        counter[0]++;
                    } finally {
                        each.unlock();
                    }
                }
            }));
        }
        for (Task<Void> task : tasks) {
            task.get();
        }
        assertEquals(4L * rounds, counter[0]);
    }

    @Test
    void itIsHeldAsOftenAsItWasLocked() throws Exception {
        lock().lock();
        lock().lockInterruptibly();
        assertTrue(lock().tryLock());
        assertTrue(lock().tryLock(0, TimeUnit.SECONDS));
        assertEquals(4, holds(lock()));
        for (int left = 3; left >= 0; left--) {
            assertFalse(Tasks.ask(elsewhere()::tryLock).get());
            lock().unlock();
            assertEquals(left, holds(lock()));
        }
        assertTrue(elsewhere().tryLock());
        elsewhere().unlock();
    }

    @Test
    void aTryTakesNothingThatIsHeld() throws Exception {
        lock().lock();
        Tasks.start(() -> {
                    assertFalse(lock().tryLock());
                    assertFalse(elsewhere().tryLock());
                    assertFalse(elsewhere().tryLock(0, TimeUnit.SECONDS));
                    assertFalse(elsewhere().tryLock(-5, TimeUnit.DAYS));
                    long start = System.nanoTime();
                    assertFalse(elsewhere().tryLock(30, TimeUnit.MILLISECONDS));
                    assertTrue(System.nanoTime() - start >= 30 * MILLI, "gave up early");
                    assertEquals(0, holds(elsewhere()));
                })
                .get();
        lock().unlock();
        assertTrue(elsewhere().tryLock(1, TimeUnit.MINUTES));
        elsewhere().unlock();
    }

    @Test
    void whoDoesNotHoldItCannotUnlock() throws Exception {
        assertThrows(IllegalMonitorStateException.class, lock()::unlock);
        lock().lock();
        Tasks.start(() -> {
                    assertThrows(IllegalMonitorStateException.class, lock()::unlock);
                    assertThrows(IllegalMonitorStateException.class, elsewhere()::unlock);
                })
                .get();
        assertEquals(1, holds(lock()));
        lock().unlock();
        assertThrows(IllegalMonitorStateException.class, lock()::unlock);
    }

    @Test
    void anInterruptEndsTheWaitAndTakesNothing() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, lock()::lockInterruptibly);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> lock().tryLock(1, TimeUnit.SECONDS));
        assertFalse(Thread.interrupted());
        assertEquals(0, holds(lock()));
        lock().lock();
        for (int timed = 0; timed < 2; timed++) {
            boolean withTime = timed == 1;
            Task<Void> waiter = Tasks.start(() -> {
                if (withTime) {
                    elsewhere().tryLock(1, TimeUnit.HOURS);
                } else {
                    elsewhere().lockInterruptibly();
                }
            });
            Tasks.until("waits", this::isWaitedFor);
            waiter.thread.interrupt();
            assertThrows(InterruptedException.class, waiter::get);
        }
        lock().unlock();
        assertTrue(elsewhere().tryLock());
        elsewhere().unlock();
    }

    @Test
    void anInterruptDoesNotEndAnOrdinaryLock() throws Exception {
        lock().lock();
        Task<Boolean> waiter = Tasks.ask(() -> {
            elsewhere().lock();
            boolean flag = Thread.interrupted();
            elsewhere().unlock();
            return flag;
        });
        Tasks.until("waits", this::isWaitedFor);
        waiter.thread.interrupt();
        lock().unlock();
        assertTrue(waiter.get(), "the flag is kept");
        Thread.currentThread().interrupt();
        assertTrue(lock().tryLock());
        assertTrue(Thread.interrupted());
        lock().unlock();
    }

    @Test
    void nullIsRefused() {
        assertThrows(NullPointerException.class, () -> lock().tryLock(1, null));
        assertThrows(NullPointerException.class, () -> {
            lock().lock();
            try {
                condition().await(1, null);
            } finally {
                lock().unlock();
            }
        });
        assertEquals(0, holds(lock()));
    }

    // --- its conditions

    @Test
    void aConditionWantsItsLock() {
        assertThrows(IllegalMonitorStateException.class, condition()::await);
        assertThrows(IllegalMonitorStateException.class, condition()::awaitUninterruptibly);
        assertThrows(IllegalMonitorStateException.class, () -> condition().awaitNanos(1));
        assertThrows(IllegalMonitorStateException.class, condition()::signal);
        assertThrows(IllegalMonitorStateException.class, condition()::signalAll);
        assertEquals(0, waiters());
    }

    private Task<Boolean> waiting(Lock lock, Condition condition) {
        int before = waiters();
        Task<Boolean> task = Tasks.ask(() -> {
            lock.lock();
            try {
                return condition.await(1, TimeUnit.HOURS);
            } finally {
                lock.unlock();
            }
        });
        awaitWaiters(before + 1);
        return task;
    }

    private void signal(boolean all) {
        lock().lock();
        try {
            if (all) {
                condition().signalAll();
            } else {
                condition().signal();
            }
        } finally {
            lock().unlock();
        }
    }

    @Test
    void aSignalLetsTheLongestWaiterGo() throws Exception {
        List<Task<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(waiting(i % 2 == 0 ? lock() : elsewhere(), i % 2 == 0 ? condition() : conditionElsewhere()));
        }
        for (int i = 0; i < 4; i++) {
            signal(false);
            assertTrue(tasks.get(i).get());
            for (int later = i + 1; later < 4; later++) {
                assertFalse(tasks.get(later).isDone());
            }
            assertEquals(3 - i, waiters());
        }
    }

    @Test
    void signalAllLetsAllGoWhoWaitAndNobodyLater() throws Exception {
        List<Task<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tasks.add(waiting(elsewhere(), conditionElsewhere()));
        }
        signal(true);
        for (Task<Boolean> task : tasks) {
            assertTrue(task.get());
        }
        lock().lock();
        condition().signal();
        condition().signalAll();
        assertFalse(condition().await(5, TimeUnit.MILLISECONDS), "a signal was stored");
        lock().unlock();
    }

    @Test
    void aNotifiedWaiterReturnsOnlyWithTheLock() throws Exception {
        Task<Boolean> task = waiting(elsewhere(), conditionElsewhere());
        lock().lock();
        condition().signal();
        assertFalse(task.isDone());
        assertEquals(1, holds(lock()));
        lock().unlock();
        assertTrue(task.get());
    }

    @Test
    void allHoldsAreGivenBackForTheWaitAndRestored() throws Exception {
        Task<Integer> task = Tasks.ask(() -> {
            for (int i = 0; i < 3; i++) {
                elsewhere().lock();
            }
            conditionElsewhere().await();
            int holds = holds(elsewhere());
            for (int i = 0; i < 3; i++) {
                elsewhere().unlock();
            }
            return holds;
        });
        awaitWaiters(1);
        signal(false);
        assertEquals(3, task.get());
        assertTrue(lock().tryLock());
        lock().unlock();
    }

    @Test
    void timedWaitsEndAndAreForgotten() throws Exception {
        lock().lock();
        long start = System.nanoTime();
        assertFalse(condition().await(20, TimeUnit.MILLISECONDS));
        assertTrue(condition().awaitNanos(20 * MILLI) <= 0);
        assertFalse(condition().awaitUntil(new Date(System.currentTimeMillis() + 20)));
        assertTrue(System.nanoTime() - start >= 59 * MILLI, "gave up early");
        assertFalse(condition().await(0, TimeUnit.SECONDS));
        assertTrue(condition().awaitNanos(-1) <= 0);
        assertFalse(condition().awaitUntil(new Date(0)));
        assertEquals(1, holds(lock()));
        condition().signal();
        lock().unlock();
        assertEquals(0, waiters());
    }

    @Test
    void timedWaitsSayWhatIsLeft() throws Exception {
        Task<Boolean> task = Tasks.ask(() -> {
            elsewhere().lock();
            long left = conditionElsewhere().awaitNanos(TimeUnit.HOURS.toNanos(1));
            boolean until = conditionElsewhere().awaitUntil(new Date(System.currentTimeMillis() + 3_600_000));
            elsewhere().unlock();
            return until && left > 0 && left <= TimeUnit.HOURS.toNanos(1);
        });
        awaitWaiters(1);
        signal(false);
        Tasks.until("waits again or is done", () -> task.isDone() || waiters() == 1);
        signal(false);
        assertTrue(task.get());
    }

    @Test
    void anInterruptEndsAWaitThatWasNotNotified() throws Exception {
        Thread.currentThread().interrupt();
        lock().lock();
        assertThrows(InterruptedException.class, condition()::await);
        assertFalse(Thread.interrupted());
        assertEquals(1, holds(lock()));
        lock().unlock();
        Task<Boolean> task = waiting(elsewhere(), conditionElsewhere());
        Task<Boolean> other = waiting(lock(), condition());
        task.thread.interrupt();
        assertThrows(InterruptedException.class, task::get);
        assertEquals(1, waiters());
        signal(false);
        assertTrue(other.get());
    }

    @Test
    void whoWasNotifiedFirstReturnsAndKeepsTheFlag() throws Exception {
        AtomicInteger outcome = new AtomicInteger();
        Task<Void> task = Tasks.start(() -> {
            elsewhere().lock();
            try {
                conditionElsewhere().await();
                outcome.set(Thread.interrupted() ? 1 : 2);
            } finally {
                elsewhere().unlock();
            }
        });
        awaitWaiters(1);
        lock().lock();
        condition().signal();
        task.thread.interrupt();
        lock().unlock();
        task.get();
        assertEquals(1, outcome.get(), "notified, then interrupted");
    }

    @Test
    void anInterruptLeavesAnUninterruptibleWaitAlone() throws Exception {
        Task<Boolean> task = Tasks.ask(() -> {
            Thread.currentThread().interrupt();
            elsewhere().lock();
            conditionElsewhere().awaitUninterruptibly();
            elsewhere().unlock();
            return Thread.interrupted();
        });
        awaitWaiters(1);
        task.thread.interrupt();
        assertEquals(1, waiters());
        signal(false);
        assertTrue(task.get(), "the flag is kept");
    }

    @Test
    void aBoundedBufferLosesNothing() throws Exception {
        Queue<Integer> buffer = new ArrayDeque<>();
        int items = 1_000;
        List<Task<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            tasks.add(Tasks.ask(() -> {
                for (int item = 1; item <= items; item++) {
                    lock().lock();
                    while (buffer.size() == 3) {
                        condition().await();
                    }
                    buffer.add(item);
                    condition().signalAll();
                    lock().unlock();
                }
                return 0L;
            }));
            tasks.add(Tasks.ask(() -> {
                long sum = 0;
                for (int item = 1; item <= items; item++) {
                    elsewhere().lock();
                    while (buffer.isEmpty()) {
                        conditionElsewhere().awaitUninterruptibly();
                    }
                    sum += buffer.remove();
                    conditionElsewhere().signalAll();
                    elsewhere().unlock();
                }
                return sum;
            }));
        }
        long sum = 0;
        for (Task<Long> task : tasks) {
            sum += task.get();
        }
        assertEquals((long) items * (items + 1), sum);
        assertNull(buffer.peek());
    }
}
