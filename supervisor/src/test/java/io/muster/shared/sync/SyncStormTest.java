package io.muster.shared.sync;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.data.SharedIntArray;
import io.muster.ipc.sync.SharedBarrier;
import io.muster.ipc.sync.SharedEvent;
import io.muster.ipc.sync.SharedReadWriteLock;
import io.muster.ipc.sync.SharedSemaphore;
import io.muster.ipc.sync.SharedSignal;
import io.muster.testing.HangDump;
import java.io.Serializable;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Children that use everything at once are killed at random moments for a minute, and replaced. */
@Tag("storm")
@ExtendWith(HangDump.class)
@HangDump.Limit(seconds = 240)
class SyncStormTest {
    private static final Duration STORM = Duration.ofSeconds(60);
    private static final int CHILDREN = 3;
    private static final int PERMITS = 4;

    private static final int INSIDE = 0;
    private static final int VIOLATIONS = 1;
    private static final int LEFT = 2;
    private static final int RIGHT = 3;
    private static final int ABANDONED = 4;
    private static final int BROKEN = 5;
    private static final int PASSES = 6;

    /** All that the children share. */
    private record Things(
            SharedSemaphore one,
            SharedSemaphore some,
            SharedSemaphore fair,
            SharedReadWriteLock lock,
            SharedBarrier barrier,
            SharedEvent stop,
            SharedSignal rounds,
            SharedIntArray state)
            implements Serializable {

        void useUntilStopped(int self) throws Exception {
            Random random = new Random(self);
            while (!stop.isSet()) {
                exclusively(one, self);
                exclusively(fair, self);
                int permits = 1 + random.nextInt(PERMITS);
                some.acquire(permits);
                some.release(permits);
                write(self);
                read();
                meet();
                rounds.post();
            }
        }

        /** One inside at a time; whoever died inside has left its mark, which the next overwrites. */
        private void exclusively(SharedSemaphore semaphore, int self) throws InterruptedException {
            int mark = semaphore == one ? INSIDE : PASSES + 1;
            semaphore.acquire();
            state.set(mark, self);
            for (int look = 0; look < 20; look++) {
                if (state.get(mark) != self) {
                    state.set(VIOLATIONS, 1);
                }
            }
            semaphore.release();
        }

        private void write(int self) {
            lock.writeLock().lock();
            if (state.get(LEFT) != state.get(RIGHT)) {
                state.set(lock.isAbandoned() ? ABANDONED : VIOLATIONS, 2);
            }
            state.set(LEFT, self);
            state.set(RIGHT, self);
            lock.writeLock().unlock();
        }

        private void read() {
            lock.readLock().lock();
            if (state.get(LEFT) != state.get(RIGHT) && !lock.isAbandoned()) {
                state.set(VIOLATIONS, 3);
            }
            lock.readLock().unlock();
        }

        private void meet() throws InterruptedException {
            try {
                barrier.await(Duration.ofMillis(200));
                state.set(PASSES, 1);
            } catch (BrokenBarrierException | TimeoutException e) {
                state.set(BROKEN, 1);
                barrier.reset();
            }
        }
    }

    @Test
    void whateverIsKilledTheOthersGoOnAndAtTheEndAllIsThere() throws Exception {
        try (Meeting meeting = new Meeting();
                SharedIntArray state = SharedIntArray.create(PASSES + 2)) {
            Things things = new Things(
                    SharedSemaphore.createBounded(1),
                    SharedSemaphore.create(PERMITS),
                    SharedSemaphore.createFair(1),
                    SharedReadWriteLock.create(),
                    SharedBarrier.create(2),
                    SharedEvent.create(),
                    SharedSignal.create(),
                    state);
            ChildProcess[] children = new ChildProcess[CHILDREN];
            Random random = new Random(42);
            int kills = 0;
            long start = System.nanoTime();
            while (System.nanoTime() - start < STORM.toNanos()) {
                int victim = random.nextInt(CHILDREN);
                if (children[victim] == null || !children[victim].isAlive()) {
                    int self = ++kills;
                    children[victim] = meeting.start("child-" + self, () -> things.useUntilStopped(self));
                } else {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
                    Meeting.kill(children[victim]);
                }
                assertEquals(0, state.get(VIOLATIONS));
            }
            long rounds = things.rounds().count();
            assertTrue(rounds > 100, "only " + rounds + " rounds");
            assertEquals(1, state.get(PASSES));
            eventually(() -> things.rounds().count() > rounds || noneLives(children), () -> "they hang");
            things.stop().set();
            for (ChildProcess child : children) {
                if (child != null) {
                    assertTrue(child.join(Duration.ofSeconds(30)), () -> child + " hangs: " + things);
                }
            }
            eventually(() -> things.one().availablePermits() == 1, () -> things);
            eventually(() -> things.some().availablePermits() == PERMITS, () -> things);
            eventually(() -> things.fair().availablePermits() == 1, () -> things);
            assertTrue(things.lock().writeLock().tryLock(10, TimeUnit.SECONDS));
            things.lock().writeLock().unlock();
            assertFalse(things.lock().isAbandoned());
            assertEquals(0, state.get(VIOLATIONS));
        }
    }

    private static boolean noneLives(ChildProcess[] children) {
        for (ChildProcess child : children) {
            if (child != null && child.isAlive()) {
                return false;
            }
        }
        return true;
    }
}
