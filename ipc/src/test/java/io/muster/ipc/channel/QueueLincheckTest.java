package io.muster.ipc.channel;

import io.muster.ipc.testing.LincheckJar;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Histories of concurrent operations on a small deque, which is a queue and a stack too. */
@ExtendWith(LincheckJar.class)
class QueueLincheckTest {
    private static final int CAPACITY = 3;

    /** What Lincheck drives. */
    @Param(name = "item", gen = IntGen.class, conf = "1:5")
    public static class Shared {
        private static SharedDeque<Object> former;

        private final SharedDeque<Object> queue = SharedDeque.create(CAPACITY);

        public Shared() {
            if (former != null) {
                former.close();
            }
            former = queue;
        }

        @Operation
        public boolean offer(@Param(name = "item") int item) {
            return queue.offer(item);
        }

        @Operation
        public boolean offerFirst(@Param(name = "item") int item) {
            return queue.offerFirst("text " + item);
        }

        @Operation
        public Object poll() {
            return queue.poll();
        }

        @Operation
        public Object pollLast() {
            return queue.pollLast();
        }

        @Operation
        public Object peek() {
            return queue.peek();
        }

        @Operation
        public boolean remove(@Param(name = "item") int item) {
            return queue.remove(item);
        }

        @Operation
        public boolean contains(@Param(name = "item") int item) {
            return queue.contains(item);
        }

        @Operation
        public int size() {
            return queue.size();
        }

        @Operation
        public int remainingCapacity() {
            return queue.remainingCapacity();
        }
    }

    /** The same without concurrency. */
    public static class Model {
        private final Deque<Object> queue = new ArrayDeque<>();

        public boolean offer(int item) {
            return queue.size() < CAPACITY && queue.offer(item);
        }

        public boolean offerFirst(int item) {
            return queue.size() < CAPACITY && queue.offerFirst("text " + item);
        }

        public Object poll() {
            return queue.poll();
        }

        public Object pollLast() {
            return queue.pollLast();
        }

        public Object peek() {
            return queue.peek();
        }

        public boolean remove(int item) {
            return queue.remove(item);
        }

        public boolean contains(int item) {
            return queue.contains(item);
        }

        public int size() {
            return queue.size();
        }

        public int remainingCapacity() {
            return CAPACITY - queue.size();
        }
    }

    @Test
    void historiesAreThoseOfAQueueThatDoesOneThingAfterTheOther() {
        check(3);
    }

    @Tag("storm")
    @Test
    void manyHistoriesAreThoseOfAQueueThatDoesOneThingAfterTheOther() {
        check(60);
    }

    private static void check(int scenarios) {
        new StressOptions()
                .sequentialSpecification(Model.class)
                .iterations(scenarios)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(5)
                .actorsBefore(2)
                .actorsAfter(2)
                .check(Shared.class);
    }
}
