package io.muster.ipc.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.muster.ipc.internal.lock.RobustLock;
import io.muster.ipc.memory.Memory;
import io.muster.ipc.memory.SegmentException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Somebody has overwritten the bytes of a semaphore and the like: wrong answers or an error with a text, and never a hang. */
class DamagedSyncTest {
    private static final int ROUNDS = 200;
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Not the lock: whoever writes there decides who may go on. */
    private static final int FROM = 16 + RobustLock.BYTES;

    private static final int BYTES = 200;

    /** One use of an object. */
    private interface Use {
        void run() throws Exception;
    }

    private static void damage(SyncWorld world, Random random) {
        Memory memory = world.world.shared();
        for (int i = random.nextInt(8); i >= 0; i--) {
            long at = FROM + random.nextInt(BYTES / Long.BYTES) * (long) Long.BYTES;
            memory.putLongVolatile(at, random.nextBoolean() ? random.nextLong() : random.nextInt(64));
        }
    }

    private static void each(Use... uses) throws Exception {
        for (Use use : uses) {
            try {
                use.run();
            } catch (SegmentException
                    | IllegalStateException
                    | IllegalMonitorStateException
                    | BrokenBarrierException
                    | TimeoutException e) {
                assertFalse(String.valueOf(e.toString()).isEmpty());
            }
        }
    }

    @Test
    void ofASemaphore() {
        Random random = new Random(1);
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                SyncWorld world = new SyncWorld();
                SharedSemaphore semaphore =
                        new SemaphoreHandle(world.newSemaphore(2, SemaphoreLayout.NO_LIMIT, round % 2 == 0), false);
                damage(world, random);
                each(
                        semaphore::tryAcquire,
                        () -> semaphore.tryAcquire(2, MOMENT),
                        semaphore::release,
                        semaphore::availablePermits,
                        semaphore::drainPermits,
                        semaphore::toString);
            }
        });
    }

    @Test
    void ofABarrier() {
        Random random = new Random(2);
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                SyncWorld world = new SyncWorld();
                SharedBarrier barrier = new BarrierHandle(world.newBarrier(2), false);
                damage(world, random);
                each(
                        () -> barrier.await(MOMENT),
                        barrier::waiting,
                        barrier::isBroken,
                        barrier::reset,
                        barrier::toString);
            }
        });
    }

    @Test
    void ofAReadWriteLock() {
        Random random = new Random(3);
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                SyncWorld world = new SyncWorld();
                SharedReadWriteLock lock = new ReadWriteLockHandle(world.newReadWriteLock(), false);
                damage(world, random);
                each(
                        () -> lock.readLock().tryLock(1, TimeUnit.MILLISECONDS),
                        lock.readLock()::unlock,
                        () -> lock.writeLock().tryLock(1, TimeUnit.MILLISECONDS),
                        lock.writeLock()::unlock,
                        lock::toString);
            }
        });
    }

    @Test
    void ofAnEvent() {
        Random random = new Random(4);
        assertTimeoutPreemptively(LIMIT, () -> {
            for (int round = 0; round < ROUNDS; round++) {
                SyncWorld world = new SyncWorld();
                SharedEvent event = new EventHandle(world.newEvent(), false);
                world.world.shared().putLongVolatile(16, random.nextLong());
                world.world.shared().putLongVolatile(24, random.nextLong());
                each(() -> event.await(MOMENT), event::clear, event::set, event::await, event::toString);
            }
        });
    }
}
