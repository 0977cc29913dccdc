package io.muster.ipc.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.muster.ipc.memory.TestJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.table.AbstractTSQueueLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program is killed with something in its hands that the users of a work queue wait for, and nobody tells them: it is no child
 * of theirs that Muster knows of. Where it was stopped before, they have waited for long and look rarely.
 */
class StallTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int KILLS = 20;
    /** Then the slices of a wait that are not kept short have grown to 250 ms; and once more that long, to be killed anywhere in one. */
    private static final int LONG_MILLIS = 250;

    private static final int MOST_MILLIS_MORE = 500;
    private static final int MOST_MILLIS = 20;

    /** What the victim has. */
    private enum Held {
        STRIPE_FOR_ACK,
        STRIPE_FOR_TAKE,
        CLAIMS_LOCK,
        WRITE_LOCK,
        ENTRY
    }

    @TempDir
    Path temp;

    private final Random random = new Random();
    private WorkQueue<String> queue;
    private WorkQueue<String> other;
    private SingleChronicleQueue chronicle;
    private LongValue writeLock;

    @BeforeEach
    void open() {
        Path path = temp.resolve("journal");
        queue = WorkQueue.open(path, String.class);
        other = WorkQueue.open(path, String.class);
        chronicle = SingleChronicleQueueBuilder.binary(path.resolve("entries"))
                .rollCycle(RollCycles.FAST_HOURLY)
                .build();
        writeLock = chronicle.metaStore().doWithExclusiveLock(table -> table.acquireValueFor("chronicle.write.lock"));
    }

    @AfterEach
    void close() {
        writeLock.close();
        chronicle.close();
        other.close();
        queue.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void aConsumerKilledInAStripeOfTheClaimsHoldsNobodyUpForLong(boolean stoppedBefore) throws Exception {
        kill(Held.STRIPE_FOR_TAKE, stoppedBefore);
        assertEquals(0, queue.counts().open());
    }

    /** Says how long that took: figures are no business of a test's. */
    @ParameterizedTest
    @EnumSource
    @Tag("storm")
    void manyKilledHoldNobodyUpForLong(Held held) throws Exception {
        for (boolean stoppedBefore : new boolean[] {false, true}) {
            kill(held, stoppedBefore); // the first one loads classes
            double[] stalls = new double[KILLS];
            for (int i = 0; i < KILLS; i++) {
                stalls[i] = kill(held, stoppedBefore) / 1e6;
            }
            Arrays.sort(stalls);
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: median %.1f ms, longest %.1f ms of %d%n",
                    held,
                    stoppedBefore ? "stopped, then killed" : "killed",
                    stalls[KILLS / 2],
                    stalls[KILLS - 1],
                    KILLS);
        }
    }

    /** Returns the nanoseconds from the kill until all who waited have got on. */
    private long kill(Held held, boolean stoppedBefore) throws Exception {
        try (TestJvm victim = held == Held.ENTRY
                ? TestJvm.startWithModuleFlags(temp, ClaimHolderMain.class)
                : TestJvm.start(temp, ClaimHolderMain.class)) {
            List<Callable<Boolean>> blocked = hold(held, victim);
            if (stoppedBefore) {
                victim.stop();
            }
            List<FutureTask<Long>> waiting = new ArrayList<>();
            for (Callable<Boolean> each : blocked) {
                waiting.add(start(each));
            }
            TimeUnit.MILLISECONDS.sleep(
                    stoppedBefore ? LONG_MILLIS + random.nextInt(MOST_MILLIS_MORE) : random.nextInt(MOST_MILLIS));
            for (FutureTask<Long> each : waiting) {
                assertFalse(each.isDone(), "it should wait for what the victim has");
            }
            long killed = System.nanoTime();
            victim.killAlone();
            long last = killed;
            for (FutureTask<Long> each : waiting) {
                last = Math.max(last, each.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            }
            if (held == Held.WRITE_LOCK) {
                takeFrom(queue);
            }
            return last - killed;
        }
    }

    private static FutureTask<Long> start(Callable<Boolean> action) {
        FutureTask<Long> task = new FutureTask<>(() -> {
            assertTrue(action.call());
            return System.nanoTime();
        });
        Thread thread = new Thread(task, "blocked");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Has the victim hold it; returns what has to wait for that. */
    private List<Callable<Boolean>> hold(Held held, TestJvm victim) {
        String place = queue.path().resolve("place").toString();
        switch (held) {
            case STRIPE_FOR_ACK:
                queue.append("a");
                Delivery<String> delivery = queue.poll();
                assertEquals("held", victim.ask("stripe " + place + " " + delivery.index()));
                return List.of(delivery::ack);
            case STRIPE_FOR_TAKE:
                long index = queue.append("a");
                queue.append("b");
                assertEquals("held", victim.ask("stripe " + place + " " + index));
                return List.of(() -> takeFrom(queue), () -> takeFrom(other));
            case CLAIMS_LOCK:
                queue.append("a");
                assertEquals("held", victim.ask("lock " + place));
                return List.of(() -> takeFrom(queue));
            case WRITE_LOCK:
                assertEquals("held", victim.ask("nothing " + place));
                assertTrue(writeLock.compareAndSwapValue(AbstractTSQueueLock.UNLOCKED, victim.pid()));
                return List.of(() -> queue.append("a") > 0);
            default:
                queue.append("a");
                assertEquals("held", victim.ask("entry " + queue.path()));
                return List.of(() -> takeFrom(queue));
        }
    }

    private static boolean takeFrom(WorkQueue<String> from) throws InterruptedException {
        return from.take().ack();
    }
}
