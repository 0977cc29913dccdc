package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.Manager;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.codec.ObjectCodec;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.memory.WrongObjectException;
import io.muster.ipc.sync.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What only one kind of queue promises: its order, its ends, its end. */
class QueueStylesTest {

    @Test
    void theFirstInIsTheFirstOut() {
        try (SharedQueue<String> queue = SharedQueue.create(10)) {
            queue.addAll(List.of("a", "b", "c"));
            assertEquals("[a, b, c]", queue.toString());
            assertEquals("a", queue.poll());
            assertEquals("b", queue.remove());
            assertEquals("c", queue.element());
        }
    }

    @Test
    void theLastInIsTheFirstOutOfAStack() {
        try (SharedQueue<String> stack =
                SharedQueue.builder(String.class).order(SharedQueue.Order.LIFO).create()) {
            stack.addAll(List.of("a", "b", "c"));
            assertEquals("[c, b, a]", stack.toString());
            assertEquals("c", stack.poll());
            stack.add("d");
            assertEquals("d", stack.peek());
            assertEquals("d", stack.poll());
            assertEquals("b", stack.poll());
        }
    }

    /** Against the JDK's, also around the end of the ring. */
    @Test
    void aDequeIsADeque() throws InterruptedException {
        Deque<Integer> model = new ArrayDeque<>();
        Random random = new Random(7);
        try (SharedDeque<Integer> deque = SharedDeque.create(20)) {
            for (int i = 0; i < 20_000; i++) {
                boolean room = model.size() < 20;
                switch (random.nextInt(8)) {
                    case 0, 1 -> assertEquals(room && model.offerFirst(i), deque.offerFirst(i));
                    case 2, 3 -> assertEquals(room && model.offerLast(i), deque.offerLast(i));
                    case 4 -> assertEquals(model.pollFirst(), deque.pollFirst());
                    case 5 -> assertEquals(model.pollLast(), deque.pollLast(1, TimeUnit.NANOSECONDS));
                    case 6 -> {
                        int sought = i - random.nextInt(30);
                        assertEquals(model.removeLastOccurrence(sought), deque.removeLastOccurrence(sought));
                    }
                    default -> {
                        assertEquals(model.peekFirst(), deque.peekFirst());
                        assertEquals(model.peekLast(), deque.peekLast());
                    }
                }
                assertEquals(model.size(), deque.size());
            }
            assertEquals(new ArrayList<>(model), new ArrayList<>(deque));
            Iterator<Integer> backwards = deque.descendingIterator();
            Iterator<Integer> expected = model.descendingIterator();
            while (expected.hasNext()) {
                assertEquals(expected.next(), backwards.next());
            }
            deque.clear();
            deque.push(1);
            deque.putFirst(0);
            deque.putLast(2);
            assertEquals(0, deque.pop());
            assertEquals(2, deque.takeLast());
            assertEquals(1, deque.getFirst());
            assertEquals(1, deque.takeFirst());
            assertThrows(java.util.NoSuchElementException.class, deque::removeLast);
        }
    }

    private enum Urgency {
        NOW,
        LATER
    }

    private record Job(String name, long priority) implements SharedPriorityQueue.Prioritized {}

    @Test
    void theLowestPriorityIsFirstAndTiesStandInOrderOfArrival() throws InterruptedException {
        try (SharedPriorityQueue<Object> queue = SharedPriorityQueue.create(1_000)) {
            Random random = new Random(3);
            for (int i = 0; i < 1_000; i++) {
                queue.put(i, random.nextInt(20) - 10);
            }
            random = new Random(3);
            List<List<Integer>> byPriority = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                byPriority.add(new ArrayList<>());
            }
            for (int i = 0; i < 1_000; i++) {
                byPriority.get(random.nextInt(20)).add(i);
            }
            List<Object> expected = new ArrayList<>();
            byPriority.forEach(expected::addAll);
            assertEquals(expected, List.of(queue.toArray()));
            assertTrue(queue.remove(500));
            expected.remove((Object) 500);
            List<Object> found = new ArrayList<>();
            queue.drainTo(found);
            assertEquals(expected, found);
        }
    }

    @Test
    void itemsThatKnowTheirPriorityNeedNoneSaid() throws InterruptedException {
        try (SharedPriorityQueue<Object> queue = SharedPriorityQueue.create(100)) {
            queue.addAll(List.of(3.5, -2.0, Double.MAX_VALUE, -1e300, 0.0, 2.5f));
            assertEquals("[-1.0E300, -2.0, 0.0, 2.5, 3.5, 1.7976931348623157E308]", queue.toString());
            queue.clear();
            queue.addAll(List.of(Urgency.LATER, Urgency.NOW));
            assertEquals(Urgency.NOW, queue.poll());
            queue.clear();
            queue.addAll(List.of(5, 'a', (short) 2, (byte) 1, true, 4L));
            assertEquals("[1, true, 2, 4, 5, a]", queue.toString());
            queue.clear();
            queue.putAll(List.of(new Job("last", 9), new Job("first", -9)));
            assertEquals(new Job("first", -9), queue.take());
            assertThrows(IllegalArgumentException.class, () -> queue.put("no number"));
            assertTrue(queue.offer("a number", 3));
            assertTrue(queue.offer("another", 2, Duration.ofSeconds(1)));
            assertEquals("another", queue.poll());
        }
    }

    @Test
    void joinWaitsForWhatIsUnfinished() throws Exception {
        try (JoinableQueue<Integer> queue = JoinableQueue.create(10)) {
            queue.join();
            queue.putAll(List.of(1, 2));
            assertThrows(IllegalStateException.class, queue::taskDone);
            assertFalse(queue.join(Duration.ofMillis(2)));
            assertEquals(2, queue.unfinished());
            queue.take();
            queue.take();
            Threads.Running<Void> joiner = Threads.run(queue::join);
            queue.taskDone();
            assertEquals(1, queue.unfinished());
            Threads.until("the joiner waits", joiner::isWaiting);
            assertFalse(joiner.isDone());
            queue.taskDone();
            joiner.get();
            assertTrue(queue.join(Duration.ZERO));
            assertThrows(IllegalStateException.class, queue::taskDone);
        }
    }

    @Test
    void aDeliveryOfAJoinableQueueIsAcknowledgedByItself() throws InterruptedException {
        try (JoinableQueue<Integer> queue = JoinableQueue.create(10)) {
            queue.put(1);
            Delivery<Integer> delivery = queue.receive();
            assertThrows(IllegalStateException.class, queue::taskDone);
            assertEquals(1, queue.unfinished());
            delivery.ack();
            queue.join();
            queue.put(2);
            queue.clear();
            assertTrue(queue.join(Duration.ofSeconds(60)));
        }
    }

    @Test
    void joinCanBeInterruptedAndEndsWithTheQueue() throws Exception {
        JoinableQueue<Integer> queue = JoinableQueue.create(10);
        queue.put(1);
        Threads.Running<Void> interrupted = Threads.run(queue::join);
        interrupted.interrupt();
        assertThrows(InterruptedException.class, interrupted::get);
        Threads.Running<Void> joiner = Threads.run(queue::join);
        Threads.until("the joiner waits", joiner::isWaiting);
        queue.close();
        assertThrows(ClosedObjectException.class, joiner::get);
    }

    @Test
    void handlesTravelAndMeanTheSameQueue() {
        ObjectCodec codec = ObjectCodec.standard();
        for (SharedQueue<Integer> queue : List.<SharedQueue<Integer>>of(
                SharedQueue.create(), SharedDeque.create(5), SharedPriorityQueue.create(5), JoinableQueue.create(5))) {
            Object other = codec.decode(codec.encode(queue));
            assertEquals(queue.getClass(), other.getClass());
            @SuppressWarnings("unchecked")
            SharedQueue<Integer> same = (SharedQueue<Integer>) other;
            queue.add(1);
            assertEquals(1, same.poll());
            same.close();
            queue.add(2);
            queue.close();
        }
    }

    @Test
    void whatIsMadeInProcessStaysThere() {
        try (SharedQueue<Integer> queue =
                SharedQueue.builder(Integer.class).capacity(3).createInProcess()) {
            assertThrows(EncodeException.class, () -> ObjectCodec.standard().encode(queue));
        }
    }

    @Test
    void boundsAreChecked() {
        SharedQueueBuilder<Object, ?> builder = SharedQueue.builder(Object.class);
        assertThrows(IllegalArgumentException.class, () -> builder.capacity(0));
        assertThrows(IllegalArgumentException.class, () -> builder.capacity(Integer.MAX_VALUE));
        assertThrows(IllegalArgumentException.class, () -> builder.capacityBytes(0));
        assertThrows(IllegalArgumentException.class, () -> SharedQueue.create(-1));
        assertThrows(
                IllegalStateException.class,
                () -> SharedDeque.builder(Object.class).order(SharedQueue.Order.LIFO));
    }

    @Test
    void queuesWithNamesAreFoundByThem() throws InterruptedException {
        try (Manager manager = Manager.session()) {
            String name = "queue of " + getClass().getSimpleName();
            SharedQueue<String> queue = manager.getQueue(name, String.class);
            queue.put("x".repeat(100_000));
            queue.put("small");
            assertEquals(100_000, manager.getQueue(name, String.class).take().length());
            assertThrows(WrongObjectException.class, () -> manager.getQueue(name, Integer.class));
            assertThrows(WrongObjectException.class, () -> manager.getDeque(name, String.class));
            assertThrows(
                    WrongObjectException.class,
                    () -> manager.getQueue(
                            name, SharedQueue.builder(String.class).order(SharedQueue.Order.LIFO)));
            assertEquals("SharedQueue<java.lang.String>", entry(manager, name).type());
            queue.close();
            assertEquals("small", manager.getQueue(name, String.class).poll());
            SharedQueue<String> other = manager.getQueue(name, String.class);
            other.put("y".repeat(100_000));
            assertTrue(manager.remove(name));
            assertThrows(ClosedObjectException.class, other::poll);
            assertEquals(0, filesOf(manager, name));
        }
    }

    @Test
    void eachKindHasNames() {
        try (Manager manager = Manager.session()) {
            manager.getDeque("a deque", String.class).addFirst("1");
            manager.getPriorityQueue("a priority queue", Integer.class).add(1);
            assertInstanceOf(JoinableQueue.class, manager.getJoinableQueue("a joinable queue", String.class));
            SharedQueue<String> small =
                    manager.getQueue("small", SharedQueue.builder(String.class).capacity(2));
            assertEquals(2, small.capacity());
            assertEquals("1", manager.getDeque("a deque", String.class).pollLast());
            assertNull(
                    manager.getJoinableQueue("a joinable queue", String.class).poll());
            for (String name : List.of("a deque", "a priority queue", "a joinable queue", "small")) {
                assertTrue(manager.remove(name));
            }
        }
    }

    private static Manager.Entry entry(Manager manager, String name) {
        return manager.list().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long filesOf(Manager manager, String name) {
        String[] files = manager.path().toFile().list((parent, file) -> file.startsWith("queue-object"));
        return files == null ? 0 : List.of(files).size();
    }
}
