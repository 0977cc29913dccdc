package io.muster.shared.channel;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.channel.Delivery;
import io.muster.ipc.channel.JoinableQueue;
import io.muster.ipc.channel.SharedQueue;
import io.muster.remote.RemoteRunnable;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the living see of a queue whose producers and consumers are killed or stopped. */
@ExtendWith(HangDump.class)
class QueueDeathTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Lines lines = new Lines();
    private final SharedQueue<Object> queue = SharedQueue.create(50);
    private final JoinableQueue<Object> jobs = JoinableQueue.create(50);

    private ChildProcess child(String name, RemoteRunnable target) {
        return ChildProcess.named(name).heap("48m").daemon(true).onLine(lines).start(target);
    }

    private void kill(ChildProcess child) throws InterruptedException {
        Processes.signal(child.pid(), "KILL");
        child.join();
    }

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
        queue.close();
        jobs.close();
    }

    @Test
    void itemsGoToAndFro() throws Exception {
        SharedQueue<Object> there = queue;
        JoinableQueue<Object> back = jobs;
        child("echo", () -> {
            for (Object item = there.take(); !item.equals("end"); item = there.take()) {
                back.put(item);
            }
            System.out.println("ended 1");
        });
        for (Object item : new Object[] {1, "text", new int[] {1, 2}, "l".repeat(200_000)}) {
            queue.put(item);
            Object returned = jobs.poll(LIMIT);
            assertTrue(java.util.Objects.deepEquals(item, returned));
            jobs.taskDone();
        }
        queue.put("end");
        lines.await("ended");
        assertTrue(jobs.join(LIMIT));
    }

    /** Ten are killed somewhere in their puts: of each there is a prefix, whole, and nobody is held up. */
    @Test
    void killedProducersLeaveWholeItems() throws Exception {
        SharedQueue<Object> shared = queue;
        int[] next = new int[10];
        Random random = new Random();
        for (int i = 0; i < next.length; i++) {
            int self = i;
            ChildProcess producer = child("producer-" + i, () -> {
                Random sizes = new Random(self);
                for (int number = 0; ; number++) {
                    shared.put(Message.of(self, number, sizes));
                }
            });
            int wanted = random.nextInt(3_000);
            while (next[i] < wanted) {
                takeOne(next);
            }
            kill(producer);
            while (take(next, Duration.ZERO)) {
                // Until nothing is left of it.
            }
        }
        assertEquals(50, queue.remainingCapacity());
    }

    private void takeOne(int[] next) throws InterruptedException {
        assertTrue(take(next, LIMIT), () -> "no message: " + lines.all());
    }

    private boolean take(int[] next, Duration limit) throws InterruptedException {
        Message message = (Message) queue.poll(limit);
        if (message == null) {
            return false;
        }
        message.check();
        assertEquals(next[message.producer()]++, message.number(), "of producer " + message.producer());
        return true;
    }

    @Test
    void whatAKilledConsumerHadNotAcknowledgedComesBackMarked() throws Exception {
        SharedQueue<Object> shared = queue;
        queue.put("first");
        queue.put("second");
        ChildProcess consumer = child("consumer", () -> {
            Delivery<Object> held = shared.receive();
            Delivery<Object> done = shared.receive();
            done.ack();
            System.out.println("holds " + held.value());
            Processes.waitForEver();
        });
        assertEquals("first", lines.await("holds"));
        assertNull(queue.poll());
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(() -> takeAndDescribe(queue));
        kill(consumer);
        assertEquals("first, attempt 2, redelivered", waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, queue.size());
    }

    private static String takeAndDescribe(SharedQueue<Object> queue) {
        try (Delivery<Object> delivery = queue.receive()) {
            delivery.ack();
            return delivery.value() + ", attempt " + delivery.attempts()
                    + (delivery.isRedelivered() ? ", redelivered" : "");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void joinEndsForWhatIsReallyUnfinished() throws Exception {
        JoinableQueue<Object> shared = jobs;
        for (int i = 0; i < 5; i++) {
            jobs.put(i);
        }
        ChildProcess worker = child("worker", () -> {
            shared.take();
            shared.taskDone();
            shared.take();
            shared.take();
            System.out.println("took 3");
            Processes.waitForEver();
        });
        lines.await("took");
        assertEquals(4, jobs.unfinished());
        CompletableFuture<Void> joined = CompletableFuture.runAsync(this::join);
        assertFalse(jobs.join(Duration.ofMillis(10)));
        kill(worker);
        eventually(() -> jobs.size() == 4, jobs::toString);
        for (int i = 1; i < 5; i++) {
            assertEquals(i, jobs.take());
            assertFalse(joined.isDone());
            jobs.taskDone();
        }
        joined.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void join() {
        try {
            jobs.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** It may hold an item for as long as it is stopped; it goes on unharmed. */
    @Test
    void aStoppedConsumerIsNotRobbed() throws Exception {
        SharedQueue<Object> shared = queue;
        queue.put("held");
        ChildProcess consumer = child("consumer", () -> {
            Delivery<Object> held = shared.receive();
            System.out.println("holds " + held.value());
            shared.take();
            held.ack();
            System.out.println("goes on");
        });
        lines.await("holds");
        Processes.signal(consumer.pid(), "STOP");
        eventually(() -> Processes.isStopped(consumer.pid()), () -> "not stopped");
        ChildProcess other = child("other", () -> {
            shared.put("of the other");
            System.out.println("other " + shared.take());
            shared.poll(Duration.ofMillis(600));
        });
        assertEquals("of the other", lines.await("other"));
        other.join();
        assertNull(queue.poll(Duration.ofMillis(300)));
        Processes.signal(consumer.pid(), "CONT");
        queue.put("go on");
        lines.await("goes");
        consumer.join();
        assertEquals(0, queue.size());
    }

    @Test
    void whoWaitsForAFullQueueIsHelpedByADeathToo() throws Exception {
        SharedQueue<Object> shared = queue;
        ChildProcess producer = child("producer", () -> {
            for (int i = 0; ; i++) {
                shared.put("x".repeat(80_000 + i));
            }
        });
        eventually(() -> queue.size() > 8, queue::size);
        CompletableFuture<Boolean> putter = CompletableFuture.supplyAsync(() -> offer("y".repeat(70_000)));
        kill(producer);
        while (!putter.isDone()) {
            assertTrue(queue.poll(Duration.ofSeconds(1)) != null || putter.isDone());
        }
        assertTrue(putter.get());
        queue.clear();
        assertEquals(50, queue.remainingCapacity());
    }

    private boolean offer(Object item) {
        try {
            return queue.offer(item, LIMIT);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
