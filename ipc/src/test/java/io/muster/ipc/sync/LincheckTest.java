package io.muster.ipc.sync;

import io.muster.ipc.testing.LincheckJar;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What is guarded by a lock, and handed over by a condition, looks as if one thread did one thing after the other. Lincheck
 * runs it under stress: its model checker cannot see through mapped memory.
 */
@ExtendWith(LincheckJar.class)
class LincheckTest {
    private static final SharedLock LOCK = SharedLock.create();
    private static final SharedCondition NOT_EMPTY = LOCK.newCondition();

    /** A counter whose two halves only the lock keeps together. */
    public static class Counter {
        private int low;
        private int high;

        @Operation
        public long increment() {
            LOCK.lock();
            try {
                return addUnderLock();
            } finally {
                LOCK.unlock();
            }
        }

        @Operation
        public long incrementTwice() throws InterruptedException {
            LOCK.lockInterruptibly();
            try {
                addUnderLock();
                try (Held held = LOCK.hold()) {
                    return held.token() == 0 ? -1 : addUnderLock();
                }
            } finally {
                LOCK.unlock();
            }
        }

        @Operation
        public long get() {
            LOCK.lock();
            try {
                return low == high ? low : Long.MIN_VALUE;
            } finally {
                LOCK.unlock();
            }
        }

        private int addUnderLock() {
            low++;
            high++;
            return low;
        }
    }

    /** A queue whose take waits. */
    public static class Buffer {
        private final Queue<Integer> items = new ArrayDeque<>();

        public void put(int item) {
            LOCK.lock();
            try {
                items.add(item);
                NOT_EMPTY.signal();
            } finally {
                LOCK.unlock();
            }
        }

        public Integer take() throws InterruptedException {
            LOCK.lock();
            try {
                while (items.isEmpty()) {
                    NOT_EMPTY.await();
                }
                return items.remove();
            } finally {
                LOCK.unlock();
            }
        }
    }

    /** The same for one thread: what would wait gives null, which the real one never does. */
    public static class SequentialBuffer {
        private final Queue<Integer> items = new ArrayDeque<>();

        public void put(int item) {
            items.add(item);
        }

        public Integer take() {
            return items.poll();
        }
    }

    @Test
    void theLock() {
        new StressOptions()
                .iterations(5)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .check(Counter.class);
    }

    @Test
    void theCondition() throws Exception {
        Method put = Buffer.class.getMethod("put", int.class);
        Method take = Buffer.class.getMethod("take");
        Actor takes = new Actor(take, List.of());
        // As many are taken as are put, and nobody puts only after it has taken: so nobody is left waiting.
        ExecutionScenario crossed = new ExecutionScenario(
                List.of(),
                List.of(
                        List.of(new Actor(put, List.of(1)), takes),
                        List.of(new Actor(put, List.of(2)), takes),
                        List.of(new Actor(put, List.of(3)), takes)),
                List.of(),
                null);
        ExecutionScenario fanOut = new ExecutionScenario(
                List.of(),
                List.of(
                        List.of(takes, takes),
                        List.of(takes),
                        List.of(new Actor(put, List.of(1)), new Actor(put, List.of(2)), new Actor(put, List.of(3)))),
                List.of(),
                null);
        new StressOptions()
                .iterations(0)
                .invocationsPerIteration(500)
                .addCustomScenario(crossed)
                .addCustomScenario(fanOut)
                .sequentialSpecification(SequentialBuffer.class)
                .minimizeFailedScenario(false)
                .check(Buffer.class);
    }
}
