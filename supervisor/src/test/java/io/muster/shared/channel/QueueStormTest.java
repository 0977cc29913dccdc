package io.muster.shared.channel;

import static io.muster.testing.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ChildProcess;
import io.muster.ipc.channel.Delivery;
import io.muster.ipc.channel.JoinableQueue;
import io.muster.ipc.channel.SharedQueue;
import io.muster.ipc.data.SharedLongArray;
import io.muster.testing.HangDump;
import io.muster.testing.Lines;
import io.muster.testing.Processes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Producers and consumers are killed and replaced for more than a minute, while messages of random sizes pass from queue to queue:
 * what was put arrives, whole; what arrives twice is marked.
 */
@Tag("storm")
@ExtendWith(HangDump.class)
@HangDump.Limit(seconds = 300)
class QueueStormTest {
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(75);
    private static final int MOST_CHILDREN = 4_000;
    private static final int MOST_AT_ONCE = 50;
    private static final int MOST_BETWEEN_KILLS = 20_000;

    private final Lines lines = new Lines();
    private final JoinableQueue<Message> first = JoinableQueue.create(500);
    private final SharedQueue<Message> second = SharedQueue.create(500);
    /** By producer: how many puts have returned. */
    private final SharedLongArray put = SharedLongArray.create(MOST_CHILDREN);

    private final Map<Integer, BitSet> seen = new HashMap<>();
    private long received;
    private volatile long arrived;
    private long twice;
    private int producers;
    private int relays;

    @AfterEach
    void endAll() {
        ChildProcess.activeChildren().forEach(ChildProcess::kill);
        first.close();
        second.close();
        put.close();
    }

    private ChildProcess start(String name, io.muster.remote.RemoteRunnable target) {
        return ChildProcess.named(name).heap("48m").daemon(true).onLine(lines).start(target);
    }

    private ChildProcess producer() {
        int self = producers++;
        JoinableQueue<Message> queue = first;
        SharedLongArray returned = put;
        return start("producer-" + self, () -> {
            Random random = new Random(self);
            int number = 0;
            while (true) {
                List<Message> batch = new ArrayList<>();
                for (int size = 1 + random.nextInt(MOST_AT_ONCE); batch.size() < size; number++) {
                    batch.add(Message.of(self, number, random));
                }
                if (batch.size() == 1) {
                    queue.put(batch.get(0));
                } else {
                    queue.putAll(batch);
                }
                returned.set(self, number);
            }
        });
    }

    /** Takes from the first, puts into the second, and only then says that it is done. */
    private ChildProcess relay() {
        JoinableQueue<Message> from = first;
        SharedQueue<Message> to = second;
        return start("relay-" + relays++, () -> {
            while (true) {
                List<Message> batch = new ArrayList<>();
                batch.add(from.take());
                from.drainTo(batch, MOST_AT_ONCE - 1);
                batch.forEach(Message::check);
                to.putAll(batch);
                batch.forEach(message -> from.taskDone());
            }
        });
    }

    private boolean receive(Duration limit) throws InterruptedException {
        Optional<Delivery<Message>> found = second.receive(limit);
        if (found.isEmpty()) {
            return false;
        }
        try (Delivery<Message> delivery = found.get()) {
            note(delivery.value());
            delivery.ack();
        }
        List<Message> more = new ArrayList<>();
        second.drainTo(more, 4 * MOST_AT_ONCE);
        more.forEach(this::note);
        return true;
    }

    private void note(Message message) {
        message.check();
        BitSet numbers = seen.computeIfAbsent(message.producer(), producer -> new BitSet());
        if (numbers.get(message.number())) {
            twice++;
        }
        numbers.set(message.number());
        received++;
    }

    @Test
    void whatWasPutArrivesWhoeverIsKilled() throws Exception {
        Random random = new Random();
        ChildProcess[] running = {producer(), producer(), relay(), relay()};
        AtomicBoolean noMore = new AtomicBoolean();
        CompletableFuture<Void> receiver = CompletableFuture.runAsync(() -> receiveAll(noMore));
        long end = System.nanoTime() + STORM_NANOS;
        while (System.nanoTime() < end) {
            long soFar = arrived;
            long wanted = soFar + random.nextInt(MOST_BETWEEN_KILLS);
            eventually(() -> arrived >= wanted || receiver.isDone(), () -> "nothing arrives: " + lines.all());
            int killed = random.nextInt(running.length);
            Processes.signal(running[killed].pid(), "KILL");
            running[killed] = killed < 2 ? producer() : relay();
            assertTrue(ChildProcess.activeChildren().size() >= running.length, () -> "ended: " + lines.all());
        }
        for (int i = 0; i < 2; i++) {
            Processes.signal(running[i].pid(), "KILL");
            running[i].join();
        }
        assertTrue(first.join(Duration.ofSeconds(60)), () -> first.unfinished() + " are unfinished");
        noMore.set(true);
        receiver.get(60, TimeUnit.SECONDS);
        checkAll();
    }

    private void receiveAll(AtomicBoolean noMore) {
        try {
            while (receive(Duration.ofMillis(20)) || !noMore.get()) {
                arrived = received;
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A producer was killed after the last batch that it counted, and in at most one more; a relay with at most one in hands. */
    private void checkAll() {
        long all = 0;
        for (int producer = 0; producer < producers; producer++) {
            BitSet numbers = seen.getOrDefault(producer, new BitSet());
            long counted = put.get(producer);
            int whole = numbers.nextClearBit(0);
            assertEquals(numbers.length(), whole, "a gap in the messages of producer " + producer);
            assertTrue(
                    whole >= counted && whole <= counted + MOST_AT_ONCE,
                    "producer " + producer + ": " + counted + " puts returned, " + whole + " arrived");
            all += whole;
        }
        assertEquals(received, all + twice);
        assertTrue(twice <= relays * MOST_AT_ONCE, twice + " arrived twice with " + relays + " relays");
        assertEquals(500, first.remainingCapacity());
        assertEquals(500, second.remainingCapacity());
        System.out.println(received + " messages through " + producers + " producers and " + relays + " relays, "
                + twice + " of them twice");
    }
}
