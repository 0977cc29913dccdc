package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.TestJvm;
import io.muster.ipc.wait.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt has no effect on an append, whenever it comes, but that it is kept. */
@Timeout(60)
class AppendInterruptTest {
    @TempDir
    Path temp;

    /** Chronicle itself throws an exception of its own then. */
    @Test
    void whileItWaitsForAWriterThatIsStopped() throws Exception {
        Path path = temp.resolve("news");
        try (TestJvm writer = TestJvm.start(temp, PlaceUserMain.class);
                Topic<String> topic = Topic.open(path, String.class);
                SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(path.resolve("entries"))
                        .rollCycle(RollCycles.FAST_HOURLY)
                        .build();
                LongValue lock =
                        queue.metaStore().doWithExclusiveLock(table -> table.acquireValueFor("chronicle.write.lock"));
                Subscriber<String> all = topic.subscribe(Start.beginning())) {
            writer.ask(path.resolve("place").toString());
            writer.stop();
            assertTrue(lock.compareAndSwapValue(AbstractTSQueueLock.UNLOCKED, writer.pid()));
            FutureTask<Boolean> append = new FutureTask<>(() -> {
                topic.append("a");
                return Thread.interrupted();
            });
            Thread appender = new Thread(append);
            appender.start();
            for (int i = 0; i < 3; i++) {
                Eventually.until("it sleeps", () -> appender.getState() == Thread.State.TIMED_WAITING);
                appender.interrupt();
                // What it makes of that shows within a turn of Chronicle's own patience.
                TimeUnit.MILLISECONDS.sleep(3 * ChronicleLog.TIMEOUT_MILLIS);
                assertFalse(append.isDone(), "it waits");
            }
            assertNull(all.poll());
            assertEquals(writer.pid(), lock.getVolatileValue());
            lock.setVolatileValue(AbstractTSQueueLock.UNLOCKED);
            assertTrue(append.get(), "the interrupt is kept");
            assertEquals("a", all.poll());
            assertNull(all.poll());
        }
    }

    /** Also while it begins a file, which Chronicle does through channels that an interrupt closes. */
    @Test
    void anywhere() throws Exception {
        int entries = 300;
        AtomicLong clock = new AtomicLong(Instant.parse("2026-03-01T10:00:00Z").toEpochMilli());
        try (Topic<String> topic = Topic.builder(temp.resolve("news"), String.class)
                        .roll(Roll.MINUTE)
                        .clock(clock::get)
                        .open();
                Subscriber<String> all = topic.subscribe(Start.beginning())) {
            FutureTask<Void> append = new FutureTask<>(() -> {
                for (int i = 0; i < entries; i++) {
                    topic.append("entry " + i);
                    clock.addAndGet(Duration.ofSeconds(10).toMillis());
                    Thread.interrupted();
                }
                return null;
            });
            Thread appender = new Thread(append);
            CompletableFuture<Void> interrupts = CompletableFuture.runAsync(() -> {
                while (!append.isDone()) {
                    appender.interrupt();
                }
            });
            appender.start();
            append.get();
            interrupts.join();
            for (int i = 0; i < entries; i++) {
                assertEquals("entry " + i, all.poll());
            }
            assertNull(all.poll());
        }
    }
}
