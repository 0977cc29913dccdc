package io.muster.ipc.sync;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract over all that should keep it. */
class SemaphoreContractTest {

    @Nested
    class OfTheJdk extends SemaphoreContract {
        @Override
        List<Sem> create(int permits) {
            Sem sem = new JdkSem(new Semaphore(permits));
            return List.of(sem, sem);
        }
    }

    @Nested
    class Shared extends SemaphoreContract {
        private SharedSemaphore made;

        @Override
        List<Sem> create(int permits) {
            made = SharedSemaphore.create(permits);
            return List.of(new SharedSem(made), new SharedSem(Travel.through(made)));
        }

        @AfterEach
        void close() {
            made.close();
        }
    }

    @Nested
    class Fair extends SemaphoreContract {
        private SharedSemaphore made;

        @Override
        List<Sem> create(int permits) {
            made = SharedSemaphore.createFair(permits);
            return List.of(new SharedSem(made), new SharedSem(Travel.through(made)));
        }

        @AfterEach
        void close() {
            made.close();
        }
    }

    @Nested
    class OfTwoPartiesThatPoll extends SemaphoreContract {
        @Override
        List<Sem> create(int permits) {
            return ofTwoParties(permits, false);
        }
    }

    @Nested
    class FairOfTwoPartiesThatPoll extends SemaphoreContract {
        @Override
        List<Sem> create(int permits) {
            return ofTwoParties(permits, true);
        }
    }

    private static List<SemaphoreContract.Sem> ofTwoParties(int permits, boolean fair) {
        SyncWorld world = new SyncWorld();
        SemaphoreCore first = world.newSemaphore(permits, SemaphoreLayout.NO_LIMIT, fair);
        SemaphoreCore second = SyncWorld.semaphore(world.join(io.muster.ipc.memory.CrashPoint.never()));
        return List.of(
                new SharedSem(new SemaphoreHandle(first, false)), new SharedSem(new SemaphoreHandle(second, false)));
    }

    private record JdkSem(Semaphore semaphore) implements SemaphoreContract.Sem {
        @Override
        public void acquire(int permits) throws InterruptedException {
            semaphore.acquire(permits);
        }

        @Override
        public void acquireUninterruptibly(int permits) {
            semaphore.acquireUninterruptibly(permits);
        }

        @Override
        public boolean tryAcquire(int permits) {
            return semaphore.tryAcquire(permits);
        }

        @Override
        public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
            return semaphore.tryAcquire(permits, timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void release(int permits) {
            semaphore.release(permits);
        }

        @Override
        public int available() {
            return semaphore.availablePermits();
        }

        @Override
        public int drain() {
            return semaphore.drainPermits();
        }
    }

    private record SharedSem(SharedSemaphore semaphore) implements SemaphoreContract.Sem {
        @Override
        public void acquire(int permits) throws InterruptedException {
            semaphore.acquire(permits);
        }

        @Override
        public void acquireUninterruptibly(int permits) {
            semaphore.acquireUninterruptibly(permits);
        }

        @Override
        public boolean tryAcquire(int permits) {
            return semaphore.tryAcquire(permits);
        }

        @Override
        public boolean tryAcquire(int permits, Duration timeout) throws InterruptedException {
            return semaphore.tryAcquire(permits, timeout);
        }

        @Override
        public void release(int permits) {
            semaphore.release(permits);
        }

        @Override
        public int available() {
            return semaphore.availablePermits();
        }

        @Override
        public int drain() {
            return semaphore.drainPermits();
        }
    }
}
