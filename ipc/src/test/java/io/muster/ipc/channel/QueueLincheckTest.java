package io.muster.ipc.channel;

import io.muster.ipc.testing.LincheckJar;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Histories of concurrent operations on a small deque, which is a queue and a stack too, and on a queue with two locks. */
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

    /** One whose producers and consumers have a lock each. */
    @Param(name = "item", gen = IntGen.class, conf = "1:5")
    public static class SharedFifo {
        private static SharedQueue<Object> former;

        private final SharedQueue<Object> queue = SharedQueue.create(CAPACITY);

        public SharedFifo() {
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
        public int offerAll(@Param(name = "item") int item) {
            return queue.offerAll(List.of(item));
        }

        @Operation
        public Object poll() {
            return queue.poll();
        }

        @Operation
        public String drain() {
            List<Object> drained = new ArrayList<>();
            queue.drainTo(drained, 1);
            return drained.toString();
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
        public String content() {
            return new ArrayList<>(queue).toString();
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
    public static class FifoModel {
        private final ArrayDeque<Object> queue = new ArrayDeque<>();

        public boolean offer(int item) {
            return queue.size() < CAPACITY && queue.offer(item);
        }

        public int offerAll(int item) {
            return offer(item) ? 1 : 0;
        }

        public Object poll() {
            return queue.poll();
        }

        public String drain() {
            List<Object> drained = new ArrayList<>();
            if (!queue.isEmpty()) {
                drained.add(queue.poll());
            }
            return drained.toString();
        }

        public Object peek() {
            return queue.peek();
        }

        public boolean remove(int item) {
            return queue.remove(item);
        }

        public String content() {
            return queue.toString();
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
        check(Shared.class, Model.class, 3);
    }

    @Test
    void soAreThoseOfAQueueWithTwoLocks() {
        check(SharedFifo.class, FifoModel.class, 3);
    }

    @Tag("storm")
    @Test
    void manyHistoriesAreThoseOfAQueueThatDoesOneThingAfterTheOther() {
        check(Shared.class, Model.class, 60);
        check(SharedFifo.class, FifoModel.class, 100);
    }

    private static void check(Class<?> queue, Class<?> model, int scenarios) {
        new StressOptions()
                .sequentialSpecification(model)
                .iterations(scenarios)
                .invocationsPerIteration(200)
                .threads(3)
                .actorsPerThread(5)
                .actorsBefore(2)
                .actorsAfter(2)
                .check(queue);
    }
}
