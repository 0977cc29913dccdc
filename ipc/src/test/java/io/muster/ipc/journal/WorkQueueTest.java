package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.ClosedObjectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a work queue promises, in one process; deaths are in the tests of the supervisor. */
class WorkQueueTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path temp;

    private Path path;
    private final AtomicLong clock =
            new AtomicLong(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());

    @BeforeEach
    void choosePath() {
        path = temp.resolve("work");
    }

    private WorkQueue<String> open() {
        return builder().open();
    }

    private WorkQueueBuilder<String> builder() {
        return WorkQueue.builder(path, String.class).clock(clock::get);
    }

    private static Delivery<String> expect(WorkQueue<String> queue, String entry, int attempt) {
        Delivery<String> delivery = queue.poll();
        assertNotNull(delivery, () -> entry + " should be there: " + queue.counts());
        assertEquals(entry, delivery.entry());
        assertEquals(attempt, delivery.attempt());
        return delivery;
    }

    @Test
    void eachEntryGoesToOneConsumer() {
        try (WorkQueue<String> queue = open();
                WorkQueue<String> other = open()) {
            queue.append("a");
            other.append("b");
            queue.append("c");
            assertEquals(new WorkQueue.Counts(3, 0, 0, 0), queue.counts());
            Delivery<String> a = expect(queue, "a", 1);
            Delivery<String> b = expect(other, "b", 1);
            Delivery<String> c = expect(queue, "c", 1);
            assertFalse(a.isRedelivered());
            assertNull(other.poll());
            assertEquals(new WorkQueue.Counts(0, 0, 3, 0), other.counts());
            assertTrue(a.ack());
            assertFalse(a.ack(), "twice");
            assertFalse(a.nack());
            assertTrue(b.ack());
            assertTrue(c.ack());
            assertEquals(new WorkQueue.Counts(0, 0, 0, 0), queue.counts());
        }
        try (WorkQueue<String> queue = open()) {
            assertNull(queue.poll());
        }
    }

    @Test
    void whatWasNotAcknowledgedComesBackWhenTheHandleCloses() {
        try (WorkQueue<String> queue = open()) {
            queue.append("a");
            queue.append("b");
            queue.append("c");
            Delivery<String> held;
            try (WorkQueue<String> other = open()) {
                held = expect(other, "a", 1);
                assertTrue(expect(other, "b", 1).ack());
            }
            assertFalse(held.ack(), "it is not ours any more");
            assertTrue(expect(queue, "a", 2).isRedelivered());
            expect(queue, "c", 1);
        }
        try (WorkQueue<String> queue = open()) {
            expect(queue, "a", 3).ack();
            expect(queue, "c", 2).ack();
            assertNull(queue.poll());
        }
    }

    @Test
    void nackGivesBackAtOnceOrLater() {
        try (WorkQueue<String> queue = open()) {
            queue.append("a");
            queue.append("b");
            assertTrue(expect(queue, "a", 1).nack());
            assertTrue(expect(queue, "a", 2).nack(Duration.ofSeconds(10)));
            Delivery<String> b = expect(queue, "b", 1);
            assertNull(queue.poll());
            assertEquals(new WorkQueue.Counts(0, 1, 1, 0), queue.counts());
            clock.addAndGet(9_999);
            assertNull(queue.poll());
            clock.addAndGet(1);
            expect(queue, "a", 3).ack();
            b.ack();
            assertEquals(0, queue.counts().open());
        }
    }

    @Test
    void delayedEntriesWaitAlsoOverARestart() {
        try (WorkQueue<String> queue = open()) {
            queue.append("later", Duration.ofMinutes(5));
            queue.append("now");
            queue.append("never", Duration.ofSeconds(Long.MAX_VALUE));
            expect(queue, "now", 1).ack();
            assertNull(queue.poll());
            assertEquals(new WorkQueue.Counts(0, 2, 0, 0), queue.counts());
        }
        try (WorkQueue<String> queue = open()) {
            assertNull(queue.poll());
            clock.addAndGet(Duration.ofMinutes(5).toMillis());
            expect(queue, "later", 1).ack();
            assertNull(queue.poll());
        }
    }

    @Test
    void aDeliveryComesBackWhenItsTimeIsOver() {
        try (WorkQueue<String> queue =
                        builder().visibility(Duration.ofSeconds(30)).open();
                WorkQueue<String> other = open()) {
            queue.append("a");
            Delivery<String> slow = expect(queue, "a", 1);
            clock.addAndGet(29_999);
            assertNull(other.poll());
            assertTrue(slow.extend(Duration.ofSeconds(60)));
            clock.addAndGet(59_999);
            assertNull(other.poll());
            clock.addAndGet(1);
            Delivery<String> second = expect(other, "a", 2);
            assertFalse(slow.extend(Duration.ofSeconds(60)));
            assertFalse(slow.ack(), "it is another's");
            assertTrue(second.ack());
            clock.addAndGet(100_000);
            assertNull(queue.poll());
        }
    }

    @Test
    void whatFailsTooOftenIsADeadLetter() {
        try (WorkQueue<String> queue = builder().maxAttempts(2).open()) {
            queue.append("bad");
            queue.append("good");
            expect(queue, "bad", 1).nack();
            expect(queue, "bad", 2).nack(Duration.ofHours(1));
            Delivery<String> good = expect(queue, "good", 1);
            assertNull(queue.poll());
            assertEquals(new WorkQueue.Counts(0, 0, 1, 1), queue.counts());
            List<WorkQueue.DeadLetter<String>> letters = queue.deadLetters();
            assertEquals("bad", letters.get(0).entry());
            assertEquals(2, letters.get(0).attempts());
            good.ack();
        }
        try (WorkQueue<String> queue = open()) {
            WorkQueue.DeadLetter<String> letter = queue.deadLetters().get(0);
            assertTrue(queue.requeue(letter));
            assertFalse(queue.requeue(letter));
            expect(queue, "bad", 1).nack();
            expect(queue, "bad", 2).nack();
            assertEquals(1, queue.deadLetters().size());
            assertTrue(queue.discard(queue.deadLetters().get(0)));
            assertFalse(queue.discard(letter));
            assertEquals(List.of(), queue.deadLetters());
        }
    }

    @Test
    void whatIsTakenTooOftenWithoutAWordIsADeadLetter() {
        try (WorkQueue<String> queue =
                builder().maxAttempts(2).visibility(Duration.ofSeconds(1)).open()) {
            queue.append("bad");
            expect(queue, "bad", 1);
            clock.addAndGet(1_000);
            expect(queue, "bad", 2);
            clock.addAndGet(1_000);
            assertNull(queue.poll());
            assertEquals("bad", queue.deadLetters().get(0).entry());
        }
    }

    @Test
    void anEntryThatCannotBeReadFailsThatTakeOnly() {
        try (WorkQueue<String> queue = builder().maxAttempts(2).open()) {
            queue.append("a");
            try (ChronicleLog log = ChronicleLog.open(path.resolve("entries"), Roll.HOUR, clock::get, pid -> true)) {
                byte[] nonsense = {100, 1, 2};
                log.append(0, nonsense, nonsense.length);
            }
            queue.append("b");
            expect(queue, "a", 1).ack();
            assertThrows(io.muster.ipc.codec.DecodeException.class, queue::poll);
            assertThrows(io.muster.ipc.codec.DecodeException.class, queue::poll);
            expect(queue, "b", 1).ack();
            WorkQueue.DeadLetter<String> letter = queue.deadLetters().get(0);
            assertNull(letter.entry());
            assertEquals(3, letter.bytes().length);
        }
    }

    @Test
    void aHandleHoldsNoMoreThanItMay() throws Exception {
        try (WorkQueue<String> queue =
                builder().prefetch(2).visibility(Duration.ofSeconds(1)).open()) {
            for (String each : List.of("a", "b", "c", "d")) {
                queue.append(each);
            }
            Delivery<String> a = expect(queue, "a", 1);
            expect(queue, "b", 1);
            assertNull(queue.poll());
            assertNull(queue.poll(Duration.ofMillis(10)));
            CompletableFuture<Delivery<String>> third = CompletableFuture.supplyAsync(() -> taken(queue));
            assertTrue(a.ack());
            assertEquals("c", third.get(SOON.toSeconds(), TimeUnit.SECONDS).entry());
            assertNull(queue.poll());
            clock.addAndGet(1_000);
            // Both have lost their time: there is room again.
            expect(queue, "b", 2);
            expect(queue, "c", 2);
            assertNull(queue.poll());
        }
    }

    private static Delivery<String> taken(WorkQueue<String> queue) {
        try {
            return queue.poll(SOON);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anAppendWakesAConsumerAndSoDoesTime() throws Exception {
        try (WorkQueue<String> queue = WorkQueue.open(path, String.class);
                WorkQueue<String> other = WorkQueue.open(path, String.class)) {
            CompletableFuture<Delivery<String>> first = CompletableFuture.supplyAsync(() -> taken(queue));
            other.append("a");
            first.get(SOON.toSeconds(), TimeUnit.SECONDS).ack();
            other.append("b", Duration.ofMillis(30));
            assertEquals("b", taken(queue).entry());
        }
    }

    @Test
    void closingAndInterruptsEndAWait() throws Exception {
        WorkQueue<String> queue = open();
        CompletableFuture<Object> ended =
                CompletableFuture.supplyAsync(() -> assertThrows(ClosedObjectException.class, () -> queue.poll(SOON)));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, queue::take);
        queue.append("a");
        CompletableFuture<Void> done = ended.thenAccept(each -> {});
        if (!done.isDone()) {
            queue.close();
        }
        try {
            done.get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            // It was faster and got the entry, which came back when the handle was closed.
        }
        queue.close();
        assertThrows(ClosedObjectException.class, queue::poll);
        try (WorkQueue<String> again = open()) {
            assertEquals("a", again.poll().entry());
        }
    }

    @Test
    void manyThreadsGetEachEntryOnce() throws Exception {
        int entries = 2_000;
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        AtomicLong acknowledged = new AtomicLong();
        List<Throwable> failures = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (WorkQueue<String> queue = WorkQueue.open(path, String.class);
                WorkQueue<String> other = WorkQueue.open(path, String.class)) {
            for (int i = 0; i < 4; i++) {
                WorkQueue<String> mine = i % 2 == 0 ? queue : other;
                threads.add(new Thread(() -> consume(mine, seen, acknowledged, entries)));
            }
            for (int i = 0; i < 2; i++) {
                String producer = "p" + i + "-";
                threads.add(new Thread(() -> {
                    for (int n = 0; n < entries / 2; n++) {
                        queue.append(producer + n);
                    }
                }));
            }
            for (Thread each : threads) {
                each.setUncaughtExceptionHandler((thread, e) -> failures.add(e));
                each.start();
            }
            for (Thread each : threads) {
                each.join(60_000);
                assertFalse(each.isAlive(), each + " hangs");
            }
            assertEquals(List.of(), failures);
            assertEquals(entries, seen.size());
            assertEquals(0, queue.counts().open());
        }
    }

    private static void consume(WorkQueue<String> queue, Set<String> seen, AtomicLong acknowledged, int entries) {
        while (acknowledged.get() < entries) {
            try {
                Delivery<String> delivery = queue.poll(Duration.ofMillis(50));
                if (delivery != null) {
                    assertTrue(seen.add(delivery.entry()), delivery + " came twice");
                    assertTrue(delivery.ack());
                    acknowledged.incrementAndGet();
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Test
    void closingWhileSomebodyTakesLosesNothing() throws Exception {
        int rounds = 40;
        try (WorkQueue<String> keeper = open()) {
            for (int round = 0; round < rounds; round++) {
                WorkQueue<String> queue = open();
                CompletableFuture<Void> taking = CompletableFuture.runAsync(() -> {
                    try {
                        while (true) {
                            queue.poll(SOON);
                        }
                    } catch (ClosedObjectException | InterruptedException e) {
                        // The end.
                    }
                });
                keeper.append("n" + round);
                queue.close();
                taking.get(SOON.toSeconds(), TimeUnit.SECONDS);
                assertEquals(new WorkQueue.Counts(round + 1, 0, 0, 0), keeper.counts());
            }
        }
    }

    @Test
    void filesOfFinishedWorkAreDeleted() throws Exception {
        try (WorkQueue<String> queue = builder().roll(Roll.MINUTE).open()) {
            for (int minute = 0; minute < 8; minute++) {
                queue.append("n" + minute);
                clock.addAndGet(60_000);
            }
            Delivery<String> first = expect(queue, "n0", 1);
            for (int i = 1; i < 6; i++) {
                expect(queue, "n" + i, 1).ack();
            }
            queue.trim();
            assertEquals(8, files(), "the first is still held");
            first.ack();
            assertTrue(queue.trim() > 0);
            assertEquals(3, files());
            expect(queue, "n6", 1).ack();
            expect(queue, "n7", 1).ack();
            assertNull(queue.poll());
            queue.append("n8");
            expect(queue, "n8", 1).ack();
            assertTrue(files() <= 2, files() + " files");
        }
        try (WorkQueue<String> queue = open()) {
            assertNull(queue.poll());
            queue.append("n9");
            expect(queue, "n9", 1).ack();
        }
    }

    private long files() throws Exception {
        try (var all = Files.list(path.resolve("entries"))) {
            return all.filter(file -> file.toString().endsWith(ChronicleLog.FILE_END))
                    .count();
        }
    }
}
