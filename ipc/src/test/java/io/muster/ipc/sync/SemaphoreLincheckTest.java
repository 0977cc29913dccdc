package io.muster.ipc.sync;

import io.muster.ipc.testing.LincheckJar;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Histories of concurrent operations that do not wait; those that wait have their own tests. */
@ExtendWith(LincheckJar.class)
public class SemaphoreLincheckTest {
    private static final int PERMITS = 3;

    /** What Lincheck drives: always the same semaphore, as of its start. */
    @Param(name = "permits", gen = IntGen.class, conf = "0:3")
    public static class Shared {
        private static final SharedSemaphore SEMAPHORE = SharedSemaphore.create(PERMITS);

        /** Whatever the last history left. */
        public Shared() {
            SEMAPHORE.drainPermits();
            SEMAPHORE.release(PERMITS);
        }

        @Operation
        public boolean tryAcquire(@Param(name = "permits") int permits) {
            return SEMAPHORE.tryAcquire(permits);
        }

        @Operation
        public void release(@Param(name = "permits") int permits) {
            SEMAPHORE.release(permits);
        }

        @Operation
        public int availablePermits() {
            return SEMAPHORE.availablePermits();
        }

        @Operation
        public int drainPermits() {
            return SEMAPHORE.drainPermits();
        }
    }

    /** The same without concurrency. */
    public static class Model {
        private int available = PERMITS;

        public boolean tryAcquire(int permits) {
            boolean enough = available >= permits;
            available -= enough ? permits : 0;
            return enough;
        }

        public void release(int permits) {
            available += permits;
        }

        public int availablePermits() {
            return available;
        }

        public int drainPermits() {
            int drained = available;
            available = 0;
            return drained;
        }
    }

    @Test
    void historiesAreThoseOfASemaphoreThatDoesOneThingAfterTheOther() {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .iterations(8)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(4)
                .actorsBefore(1)
                .actorsAfter(2)
                .check(Shared.class);
    }
}
