package io.muster.ipc.sync;

import io.muster.ipc.memory.CrashPoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract over all that should keep it. */
class BarrierContractTest {

    @Nested
    class OfTheJdk extends BarrierContract {
        @Override
        List<Bar> create(int parties, Runnable action) {
            Bar bar = new JdkBar(new CyclicBarrier(parties, action));
            return List.of(bar, bar);
        }
    }

    @Nested
    class Shared extends BarrierContract {
        private SharedBarrier made;

        @Override
        List<Bar> create(int parties, Runnable action) {
            made = SharedBarrier.create(parties);
            return List.of(new SharedBar(made, action), new SharedBar(Travel.through(made), action));
        }

        @AfterEach
        void close() {
            made.close();
        }
    }

    @Nested
    class OfTwoPartiesThatPoll extends BarrierContract {
        @Override
        List<Bar> create(int parties, Runnable action) {
            SyncWorld world = new SyncWorld();
            BarrierCore first = world.newBarrier(parties);
            BarrierCore second = SyncWorld.barrier(world.join(CrashPoint.never()));
            return List.of(
                    new SharedBar(new BarrierHandle(first, false), action),
                    new SharedBar(new BarrierHandle(second, false), action));
        }
    }

    private record JdkBar(CyclicBarrier barrier) implements BarrierContract.Bar {
        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            return barrier.await();
        }

        @Override
        public int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
            return barrier.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void reset() {
            barrier.reset();
        }

        @Override
        public boolean isBroken() {
            return barrier.isBroken();
        }

        @Override
        public int waiting() {
            return barrier.getNumberWaiting();
        }
    }

    private record SharedBar(SharedBarrier barrier, Runnable action) implements BarrierContract.Bar {
        @Override
        public int await() throws InterruptedException, BrokenBarrierException {
            return barrier.await(action);
        }

        @Override
        public int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
            return barrier.await(action, timeout);
        }

        @Override
        public void reset() {
            barrier.reset();
        }

        @Override
        public boolean isBroken() {
            return barrier.isBroken();
        }

        @Override
        public int waiting() {
            return barrier.waiting();
        }
    }
}
