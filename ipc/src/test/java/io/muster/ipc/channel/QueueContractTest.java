package io.muster.ipc.channel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.channel.Queues.Maker;
import io.muster.ipc.codec.EncodeException;
import io.muster.ipc.memory.ClosedObjectException;
import io.muster.ipc.sync.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every queue keeps, of whatever style and in whatever memory: the JDK's contract and our own. */
class QueueContractTest {
    private static final String ALL = "io.muster.ipc.channel.Queues#all";

    private final List<SharedQueue<?>> made = new ArrayList<>();

    @AfterEach
    void closeAll() {
        made.forEach(SharedQueue::close);
    }

    private SharedQueue<Object> make(Maker maker, int capacity) {
        return make(maker, capacity, SharedQueue.DEFAULT_CAPACITY_BYTES);
    }

    private SharedQueue<Object> make(Maker maker, int capacity, long bytes) {
        SharedQueue<Object> queue = maker.make(capacity, bytes);
        made.add(queue);
        return queue;
    }

    private static void done(SharedQueue<?> queue) {
        if (queue instanceof JoinableQueue<?> joinable) {
            joinable.taskDone();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void whatIsPutIsTaken(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 4);
        assertNull(queue.poll());
        assertNull(queue.peek());
        queue.put(7);
        assertEquals(7, queue.peek());
        assertEquals(1, queue.size());
        assertEquals(7, queue.take());
        assertTrue(queue.isEmpty());
        assertNull(queue.poll(Duration.ofMillis(1)));
        assertNull(queue.poll(-1, TimeUnit.SECONDS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void capacityCountsTruthfully(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(3 - i, queue.remainingCapacity());
            assertTrue(queue.offer(1));
        }
        assertEquals(0, queue.remainingCapacity());
        assertFalse(queue.offer(1));
        assertFalse(queue.offer(1, Duration.ofMillis(1)));
        assertFalse(queue.offer(1, 0, TimeUnit.SECONDS));
        assertThrows(IllegalStateException.class, () -> queue.add(1));
        queue.take();
        assertEquals(1, queue.remainingCapacity());
        assertTrue(queue.offer(1));
        assertFalse(queue.offer(1));
        assertEquals(3, queue.capacity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void bytesAreBoundToo(String name, Maker maker) throws Exception {
        SharedQueue<Object> queue = make(maker, 100, 1000);
        assertEquals(1000, queue.capacityBytes());
        assertThrows(IllegalArgumentException.class, () -> put(queue, "x".repeat(1000)));
        String half = "x".repeat(490);
        assertTrue(put(queue, half));
        assertTrue(put(queue, half));
        assertFalse(put(queue, half));
        Threads.Running<Boolean> putter = Threads.call(() -> offer(queue, half, Duration.ofSeconds(60)));
        Threads.Running<Boolean> smaller = Threads.call(() -> offer(queue, "y".repeat(90), Duration.ofSeconds(60)));
        assertEquals(half, queue.take());
        done(queue);
        Threads.until("one of them has put", () -> putter.isDone() || smaller.isDone());
        queue.take();
        done(queue);
        assertTrue(putter.get());
        assertTrue(smaller.get());
    }

    private static boolean put(SharedQueue<Object> queue, Object item) {
        return queue instanceof SharedPriorityQueue<Object> priorities ? priorities.offer(item, 1) : queue.offer(item);
    }

    private static boolean offer(SharedQueue<Object> queue, Object item, Duration timeout) throws InterruptedException {
        return queue instanceof SharedPriorityQueue<Object> priorities
                ? priorities.offer(item, 1, timeout)
                : queue.offer(item, timeout);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void itemsOfEverySizeComeBackWhole(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 8, 64 << 20);
        List<Integer> sizes = new ArrayList<>();
        for (int limit : new int[] {
            0,
            QueueLayout.MOST_INLINE_BYTES,
            QueueLayout.BLOCK_BYTES,
            2 * QueueLayout.BLOCK_BYTES,
            64 * QueueLayout.BLOCK_BYTES,
            QueueLayout.MOST_BLOCK_BYTES,
            1 << 20,
            (int) QueueLayout.MOST_ROOM_BYTES
        }) {
            for (int size = Math.max(0, limit - 10); size < limit + 3; size++) {
                sizes.add(size);
            }
        }
        for (int size : sizes) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (i * 31 + size);
            }
            assertTrue(put(queue, bytes));
            assertArrayEquals(bytes, (byte[]) queue.peek());
            assertArrayEquals(bytes, (byte[]) queue.take(), "of " + size);
            done(queue);
        }
        assertEquals(8, queue.remainingCapacity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void roomIsUsedAgainAndAgain(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 5, 20_000);
        int put = 0;
        for (int round = 0; round < 3_000; round++) {
            while (put(queue, sized(round))) {
                put++;
            }
            String taken = (String) queue.take();
            int ofRound = Integer.parseInt(taken.substring(9).strip());
            assertEquals(sized(ofRound), taken);
            done(queue);
            assertTrue(queue.size() <= 5);
        }
        assertTrue(put > 3_000, "only " + put);
    }

    private static String sized(int round) {
        return "of round " + round + " ".repeat(round * 37 % 2_900);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void nullIsRefusedEverywhere(String name, Maker maker) {
        SharedQueue<Object> queue = make(maker, 3);
        assertThrows(NullPointerException.class, () -> queue.put(null));
        assertThrows(NullPointerException.class, () -> queue.add(null));
        assertThrows(NullPointerException.class, () -> queue.offer(null));
        assertThrows(NullPointerException.class, () -> queue.offer(null, Duration.ZERO));
        assertThrows(NullPointerException.class, () -> queue.drainTo(null));
        assertThrows(NullPointerException.class, () -> queue.addAll(null));
        assertThrows(NullPointerException.class, () -> queue.putAll(null));
        assertThrows(NullPointerException.class, () -> queue.poll((Duration) null));
        assertFalse(queue.contains(null));
        assertFalse(queue.remove(null));
        assertEquals(0, queue.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void anEmptyOneSaysSo(String name, Maker maker) {
        SharedQueue<Object> queue = make(maker, 3);
        assertThrows(NoSuchElementException.class, queue::remove);
        assertThrows(NoSuchElementException.class, queue::element);
        assertThrows(NoSuchElementException.class, queue.iterator()::next);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void drainToTakesAllOrSome(String name, Maker maker) {
        SharedQueue<Object> queue = make(maker, 10);
        for (int i = 0; i < 10; i++) {
            queue.add(i);
        }
        List<Object> some = new ArrayList<>();
        assertEquals(3, queue.drainTo(some, 3));
        assertEquals(3, some.size());
        assertEquals(0, queue.drainTo(some, 0));
        assertEquals(0, queue.drainTo(some, -1));
        assertEquals(7, queue.drainTo(some));
        assertEquals(0, queue.drainTo(some));
        assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), Set.copyOf(some));
        assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue));
        assertThrows(IllegalArgumentException.class, () -> queue.addAll(queue));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void batchesArePutInTheirOrder(String name, Maker maker) throws Exception {
        SharedQueue<Object> queue = make(maker, 4);
        assertEquals(4, queue.offerAll(List.of(1, 2, 3, 4, 5, 6)));
        assertEquals(0, queue.offerAll(List.of(1)));
        queue.clear();
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(i);
        }
        Threads.Running<Void> putter = Threads.run(() -> queue.putAll(many));
        List<Object> found = new ArrayList<>();
        while (found.size() < 100) {
            found.add(queue.take());
            done(queue);
        }
        putter.get();
        found.sort(null);
        assertEquals(many, found);
        queue.putAll(List.of());
        assertThrows(NullPointerException.class, () -> queue.putAll(java.util.Arrays.asList(1, null)));
        assertEquals(0, queue.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void whatCannotTravelIsRefusedByPut(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 3);
        Object thread = new Thread();
        assertThrows(EncodeException.class, () -> put(queue, thread));
        assertThrows(EncodeException.class, () -> offer(queue, thread, Duration.ofSeconds(1)));
        assertEquals(0, queue.size());
        assertEquals(3, queue.remainingCapacity());
        assertTrue(queue.offer(1));
        assertEquals(1, queue.take());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void whatCannotBeReadFailsInThatTakeAlone(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 3);
        put(queue, new Moody(true, ""));
        put(queue, new Moody(true, "x".repeat(70_000)));
        put(queue, new Moody(false, ""));
        int failed = 0;
        int read = 0;
        for (int i = 0; i < 3; i++) {
            try {
                assertFalse(((Moody) queue.take()).failing());
                read++;
                done(queue);
            } catch (UnreadableItemException e) {
                assertTrue(e.bytes().length > 10);
                assertEquals(io.muster.ipc.codec.DecodeException.Reason.USER_CODE, e.reason());
                failed++;
            }
        }
        assertEquals(2, failed);
        assertEquals(1, read);
        assertEquals(3, queue.remainingCapacity());
        put(queue, new Moody(true, ""));
        assertThrows(UnreadableItemException.class, queue::peek);
        assertEquals(1, queue.size());
        assertTrue(queue.toString().contains("1 item"), queue::toString);
        assertThrows(UnreadableItemException.class, queue::receive);
        assertEquals(0, queue.size());
    }

    /** Can be written, and sometimes not be read. */
    record Moody(boolean failing, String filler) {
        static boolean reading = true;

        Moody {
            if (failing && Thread.currentThread().getStackTrace().length > 0 && isDecoding()) {
                throw new IllegalStateException("in a bad mood");
            }
        }

        private static boolean isDecoding() {
            return StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getClassName().startsWith("io.muster.ipc.codec")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void aTakerWaitsForWhoPuts(String name, Maker maker) throws Exception {
        SharedQueue<Object> queue = make(maker, 3);
        Threads.Running<Object> taker = Threads.call(queue::take);
        Threads.Running<Object> timed = Threads.call(() -> queue.poll(Duration.ofSeconds(60)));
        queue.put(1);
        queue.put(1);
        assertEquals(1, taker.get());
        assertEquals(1, timed.get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void aPutterWaitsForWhoTakes(String name, Maker maker) throws Exception {
        SharedQueue<Object> queue = make(maker, 1);
        queue.put(1);
        Threads.Running<Void> putter = Threads.run(() -> queue.put(1));
        Threads.Running<Boolean> timed = Threads.call(() -> queue.offer(1, 60, TimeUnit.SECONDS));
        for (int i = 0; i < 3; i++) {
            assertEquals(1, queue.take());
            done(queue);
        }
        putter.get();
        assertTrue(timed.get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void interruptsEndWaitsAndTakeNothing(String name, Maker maker) throws Exception {
        SharedQueue<Object> queue = make(maker, 1);
        for (Threads.Body wait : List.<Threads.Body>of(
                queue::take,
                queue::receive,
                () -> queue.poll(Duration.ofSeconds(60)),
                () -> queue.poll(60, TimeUnit.SECONDS))) {
            checkInterrupted(wait);
        }
        queue.put(1);
        for (Threads.Body wait : List.<Threads.Body>of(
                () -> queue.put(2),
                () -> queue.putAll(List.of(2)),
                () -> queue.offer(2, Duration.ofSeconds(60)),
                () -> queue.offer(2, 60, TimeUnit.SECONDS))) {
            checkInterrupted(wait);
        }
        assertEquals(1, queue.take());
        assertEquals(0, queue.size());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    private static void checkInterrupted(Threads.Body wait) throws Exception {
        Threads.Running<Void> waiting = Threads.run(wait);
        Thread.onSpinWait();
        waiting.interrupt();
        assertThrows(InterruptedException.class, waiting::get);
        Threads.Running<Void> before = Threads.run(() -> {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, wait::run);
            assertFalse(Thread.currentThread().isInterrupted());
        });
        before.get();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void closingEndsAllWaits(String name, Maker maker) throws Exception {
        SharedQueue<Object> empty = make(maker, 1);
        SharedQueue<Object> full = make(maker, 1);
        full.put(1);
        Threads.Running<Object> taker = Threads.call(empty::take);
        Threads.Running<Void> putter = Threads.run(() -> full.put(1));
        Threads.until("both wait", () -> taker.isWaiting() && putter.isWaiting());
        empty.close();
        full.close();
        for (Threads.Running<?> waiting : List.of(taker, putter)) {
            ClosedObjectException closed = assertThrows(ClosedObjectException.class, waiting::get);
            assertTrue(closed.getMessage().startsWith("the shared queue"), closed.getMessage());
        }
        assertThrows(ClosedObjectException.class, () -> empty.offer(1));
        assertThrows(ClosedObjectException.class, full::poll);
        assertThrows(ClosedObjectException.class, full::size);
        assertThrows(ClosedObjectException.class, full::iterator);
        full.close();
        assertEquals("SharedQueue, closed", full.toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void deliveriesAreTheQueuesUntilAcknowledged(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 2);
        queue.put(1);
        Delivery<Object> first = queue.receive();
        assertEquals(1, first.value());
        assertEquals(1, first.attempts());
        assertFalse(first.isRedelivered());
        assertEquals(0, queue.size());
        assertTrue(queue.receive(Duration.ZERO).isEmpty());
        first.nack();
        assertEquals(1, queue.size());
        assertThrows(IllegalStateException.class, first::ack);
        try (Delivery<Object> second = queue.receive(Duration.ofSeconds(1)).orElseThrow()) {
            assertEquals(2, second.attempts());
            assertTrue(second.isRedelivered());
        }
        Delivery<Object> third = queue.receive();
        assertEquals(3, third.attempts());
        third.ack();
        third.close();
        assertThrows(IllegalStateException.class, third::nack);
        assertEquals(0, queue.size());
        assertEquals(2, queue.remainingCapacity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void whatIsGivenBackTakesItsOldPlace(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 10);
        for (int i = 0; i < 5; i++) {
            queue.put(i);
        }
        List<Object> order = List.of(queue.toArray());
        Delivery<Object> first = queue.receive();
        Delivery<Object> second = queue.receive();
        Delivery<Object> third = queue.receive();
        second.nack();
        third.nack();
        first.nack();
        assertEquals(order, List.of(queue.toArray()));
        assertEquals(order.get(0), queue.take());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void manyUnacknowledgedItemsShowInWhatRemains(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 2);
        List<Delivery<Object>> held = new ArrayList<>();
        while (queue.remainingCapacity() > 0) {
            assertTrue(queue.offer(1));
            held.add(queue.receive());
            assertTrue(held.size() < 1_000);
        }
        assertTrue(held.size() >= 60, "only " + held.size());
        assertFalse(queue.offer(1));
        held.remove(0).ack();
        assertEquals(1, queue.remainingCapacity());
        assertTrue(queue.offer(1, Duration.ofSeconds(60)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void iteratorsShowOneMomentAndRemoveWhatStillWaits(String name, Maker maker) throws InterruptedException {
        SharedQueue<Object> queue = make(maker, 10);
        for (int i = 0; i < 4; i++) {
            queue.put(i);
        }
        Iterator<Object> iterator = queue.iterator();
        assertThrows(IllegalStateException.class, iterator::remove);
        Object taken = queue.take();
        assertEquals(taken, iterator.next());
        iterator.remove();
        assertEquals(3, queue.size());
        Object next = iterator.next();
        assertTrue(iterator.hasNext());
        iterator.remove();
        assertFalse(queue.contains(next));
        assertEquals(2, queue.size());
        assertThrows(IllegalStateException.class, iterator::remove);
        queue.put(9);
        int left = 0;
        while (iterator.hasNext()) {
            iterator.next();
            left++;
        }
        assertEquals(2, left);
        assertTrue(queue.removeIf(item -> item.equals(9)));
        assertEquals(2, queue.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void itemsAreFoundByTheirBytes(String name, Maker maker) {
        SharedQueue<Object> queue = make(maker, 10, 10 << 20);
        String large = "l".repeat(200_000);
        for (Object item : List.of("small", "middle".repeat(100), large, large + "r")) {
            put(queue, item);
        }
        assertTrue(queue.contains("middle".repeat(100)));
        assertTrue(queue.containsAll(List.of("small", large)));
        assertFalse(queue.contains(large + "x"));
        assertTrue(queue.remove(large));
        assertFalse(queue.remove(large));
        assertTrue(queue.removeAll(List.of("small", "other")));
        assertEquals(2, queue.size());
        assertTrue(queue.retainAll(List.of(large + "r")));
        assertEquals(List.of(large + "r"), List.of(queue.toArray()));
        queue.clear();
        assertEquals(10, queue.remainingCapacity());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(ALL)
    void manyThreadsPassEachItemOnce(String name, Maker maker) throws Exception {
        int threads = 4;
        int each = 5_000;
        SharedQueue<Object> queue = make(maker, 16);
        List<Threads.Running<Void>> putters = new ArrayList<>();
        List<Threads.Running<long[]>> takers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int from = i * each;
            putters.add(Threads.run(() -> {
                for (int item = from; item < from + each; item++) {
                    queue.put(item);
                }
            }));
            takers.add(Threads.call(() -> takeSome(queue, each)));
        }
        for (Threads.Running<Void> putter : putters) {
            putter.get();
        }
        long sum = 0;
        for (Threads.Running<long[]> taker : takers) {
            sum += taker.get()[0];
        }
        long all = (long) threads * each;
        assertEquals(all * (all - 1) / 2, sum);
        assertEquals(0, queue.size());
    }

    private static long[] takeSome(BlockingQueue<Object> queue, int count) throws InterruptedException {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += (Integer) queue.take();
            if (queue instanceof JoinableQueue<?> joinable) {
                joinable.taskDone();
            }
        }
        return new long[] {sum};
    }
}
